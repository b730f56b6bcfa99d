// How much time the threads of a page worked, from Chromium's own trace: the CPU time (`tdur`) of every task, on the page's
// main thread and in its workers, between two marks. Unpacking, collecting garbage and showing are in it. What the pool of
// background threads did meanwhile, mostly compiling wasm a second time and better, is counted apart.

const CATEGORIES = ["toplevel", "blink.user_timing", "disabled-by-default-devtools.timeline", "__metadata"];
const TASK = /RunTask$/;

export const traced = async (browser, page, doing) => {
  await browser.startTracing(page, { categories: CATEGORIES });
  await doing();
  return JSON.parse((await browser.stopTracing()).toString()).traceEvents;
};

// By the name of what was between `NAME>` and `NAME<`: milliseconds of work, `{ own, background }`.
export const work = (events) => {
  const marks = events.filter(({ cat, name }) => cat?.includes("blink.user_timing") && /[<>]$/.test(name));
  const process = marks[0]?.pid;
  const threads = new Map(events.filter(({ name, pid }) => name === "thread_name" && pid === process).map(({ tid, args }) => [tid, args.name]));
  const on = (kinds) => {
    const counts = (tid) => kinds.test(threads.get(tid) ?? "");
    return outermost(events.filter((event) => event.pid === process && event.ph === "X" && TASK.test(event.name) && counts(event.tid)));
  };
  const [own, background] = [on(/CrRendererMain|DedicatedWorker/), on(/ThreadPool/)];
  const times = new Map();
  for (const { name, ts } of marks.filter((mark) => mark.name.endsWith(">"))) {
    const key = name.slice(0, -1);
    const end = marks.find((mark) => mark.name === `${key}<` && mark.ts >= ts)?.ts;
    const within = (task) => task.ts + task.dur > ts && task.ts < end;
    const sum = (tasks) => tasks.filter(within).reduce((total, task) => total + (task.tdur ?? 0) / 1000, 0);
    times.set(key, { own: sum(own), background: sum(background) });
  }
  return times;
};

// Tasks may run inside of tasks; their time is then counted already.
const outermost = (tasks) => {
  const ends = new Map();
  return tasks
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    .filter((task) => {
      if (task.ts < (ends.get(task.tid) ?? 0)) return false;
      ends.set(task.tid, task.ts + task.dur);
      return true;
    });
};
