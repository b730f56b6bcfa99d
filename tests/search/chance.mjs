// Chance that is the same in every run: a number generator with a seed, and what the generators of text draw with it.

// mulberry32: 32 bits of state are plenty for texts.
export const chance = (seed) => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit) => Math.floor(next() * limit);
  const between = (low, high) => low + below(high - low + 1);
  const one = (list) => list[below(list.length)];
  const some = (list, count) => {
    const left = [...list];
    return Array.from({ length: Math.min(count, list.length) }, () => left.splice(below(left.length), 1)[0]);
  };
  return { next, below, between, one, some };
};

// Draws a word as often as its frequency says.
export const byFrequency = (entries, dice) => {
  const sums = new Float64Array(entries.length);
  let total = 0;
  entries.forEach(([, frequency], at) => (sums[at] = total += frequency));
  return () => {
    const aim = dice.next() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > aim) high = middle;
      else low = middle + 1;
    }
    return entries[low][0];
  };
};
