// What every check uses: counting, complaining, and waiting.

// A check that hangs is a check that failed; the others go on.
const LONGEST = 60_000;

export const counting = () => {
  const count = { passed: 0, failed: 0 };
  // One check. What goes wrong in it is its failure and nothing else's.
  const check = async (name, body) => {
    try {
      await inTime(body());
      count.passed += 1;
    } catch (error) {
      count.failed += 1;
      console.log(`FAILED ${name}\n    ${String(error.message ?? error).split("\n").slice(0, 20).join("\n    ")}`);
    }
  };
  return { count, check };
};

const inTime = (promise) => {
  let alarm;
  const late = new Promise((_, fail) => {
    alarm = setTimeout(() => fail(new Error(`not done after ${LONGEST / 1000} s`)), LONGEST);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(alarm));
};

export const none = (complaints) => {
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
};

export const same = (found, expected, what) => {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`);
};

export const holds = (truth, what) => {
  if (!truth) throw new Error(what);
};

// Waits until a question is answered with something true, and hands that back.
export const until = async (ask, what, patience = 10_000) => {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
};

// Does a piece of work for each thing, two at a time: as many as there are cores.
export const inPairs = async (things, work) => {
  const waiting = [...things];
  const worker = async () => {
    while (waiting.length > 0) await work(waiting.shift());
  };
  await Promise.all([worker(), worker()]);
};
