// Somebody who just uses the site while others do harm: reads a thread and posts, all the time. In: where. Out: how long each
// answer took, and what was lost.
import { ask, quantile, sleep } from "./asking.mjs";
import * as people from "./members.mjs";

export function begin(to, members, from) {
    const times = [];
    const lost = [];
    const posted = [];
    const next = people.turns(members);
    let going = true;
    const work = async () => {
        for (let number = 0; going; number += 1) {
            try {
                const one = next();
                const key = people.once();
                const said = number % 4 === 3
                    ? await people.post(to, one, { page: "vragen/drie", key, from, patience: 5000 })
                    : await ask(to, { path: "/reacties/draad.json?pagina=vragen%2Fvier", headers: people.headers(one), from, patience: 5000 });
                if (said.status !== (number % 4 === 3 ? 201 : 200)) throw new Error(`${said.status} ${said.body.slice(0, 200)}`);
                if (number % 4 === 3) posted.push(JSON.parse(said.body).id);
                times.push(said.ms);
            } catch (error) {
                lost.push(error.message);
            }
            // Below what nginx allows one address.
            await sleep(60);
        }
    };
    const ended = work();
    return {
        posted,
        async stop(report, what) {
            going = false;
            await ended;
            const [half, most] = [quantile(times, 0.5), quantile(times, 0.99)].map((ms) => `${ms?.toFixed(0)} ms`);
            report(`${what}: ${times.length} honest answers, median ${half}, 99 % below ${most}, ${lost.length} lost`);
            if (lost.length) throw new Error(`lost while ${what}: ${lost.slice(0, 5).join("; ")}`);
            if (times.length < 10) throw new Error(`too few answers while ${what}`);
            if (quantile(times, 0.5) >= 100) throw new Error(`half of the answers took ${half} or longer while ${what}`);
        },
    };
}
