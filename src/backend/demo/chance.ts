/** Chance that repeats: the same seed tells the same story on every machine (mulberry32). */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `from` to `to`, both in it. */
  whole(from: number, to: number): number;
  /** One of the values, each as likely as its weight. */
  pick<T>(values: readonly T[], weightOf?: (value: T) => number): T;
  isTrue(probability: number): boolean;
}

/** Returns a stream of chance made from `seed`. */
export function createChance(seed: number): Chance {
  const state = { value: seed >>> 0 };
  const next = (): number => {
    state.value = (state.value + 0x6d2b79f5) >>> 0;
    const first = Math.imul(state.value ^ (state.value >>> 15), 1 | state.value);
    const second = (first + Math.imul(first ^ (first >>> 7), 61 | first)) ^ first;
    return ((second ^ (second >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (values, weightOf) => pickFrom(values, weightOf, next),
    isTrue: (probability) => next() < probability,
  };
}

function pickFrom<T>(values: readonly T[], weightOf: ((value: T) => number) | undefined, next: () => number): T {
  const total = weightOf === undefined ? values.length : values.reduce((sum, value) => sum + weightOf(value), 0);
  let left = next() * total;
  for (const value of values) {
    left -= weightOf === undefined ? 1 : weightOf(value);
    if (left < 0) return value;
  }
  const last = values.at(-1);
  if (last === undefined) throw new Error('nothing to pick from');
  return last;
}
