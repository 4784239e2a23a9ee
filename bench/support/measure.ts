/** Numbers of one measured operation: milliseconds per operation. */
export interface Sample {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly cpuMs: number;
}

/** The value below which `share` of the sorted values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Times `count` calls one by one; cpu is the process's, so it moves less than the wall clock on a busy machine. */
export async function sample(count: number, operation: (index: number) => unknown): Promise<Sample> {
  const times: number[] = [];
  const cpuBefore = process.cpuUsage();
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    const result = operation(index);
    if (result instanceof Promise) await result;
    times.push(performance.now() - start);
  }
  const cpu = process.cpuUsage(cpuBefore);
  return sampleOf(times, (cpu.user + cpu.system) / 1000 / count);
}

/** How long one piece of work took, on the clock and on the processor. */
export async function timed(work: () => Promise<void>): Promise<{ ms: number; cpuMs: number }> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  await work();
  const cpu = process.cpuUsage(cpuBefore);
  return { ms: performance.now() - start, cpuMs: (cpu.user + cpu.system) / 1000 };
}

export function sampleOf(times: readonly number[], cpuMs: number): Sample {
  return {
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    p99Ms: percentile(times, 0.99),
    maxMs: Math.max(...times),
    cpuMs,
  };
}

export interface Paired {
  readonly raw: Sample;
  readonly ours: Sample;
  /** Medians over the pairs of ours / raw. */
  readonly ratio: { readonly p50: number; readonly p95: number; readonly p99: number; readonly cpu: number };
}

/** Alternates raw and ours in one run, so that a noisy machine disturbs both alike; medians over `pairs` pairs. */
export async function pairs(count: number, raw: () => Promise<Sample>, ours: () => Promise<Sample>): Promise<Paired> {
  const taken: { raw: Sample; ours: Sample }[] = [];
  for (let pair = 0; pair < count; pair += 1) {
    const rawFirst = pair % 2 === 0;
    const first = await (rawFirst ? raw() : ours());
    const second = await (rawFirst ? ours() : raw());
    taken.push(rawFirst ? { raw: first, ours: second } : { raw: second, ours: first });
  }
  const over = (pick: (sample: Sample) => number) => ({
    raw: median(taken.map((pair) => pick(pair.raw))),
    ours: median(taken.map((pair) => pick(pair.ours))),
    ratio: median(taken.map((pair) => pick(pair.ours) / pick(pair.raw))),
  });
  const p50 = over((s) => s.p50Ms);
  const p95 = over((s) => s.p95Ms);
  const p99 = over((s) => s.p99Ms);
  const max = over((s) => s.maxMs);
  const cpu = over((s) => s.cpuMs);
  return {
    raw: { p50Ms: p50.raw, p95Ms: p95.raw, p99Ms: p99.raw, maxMs: max.raw, cpuMs: cpu.raw },
    ours: { p50Ms: p50.ours, p95Ms: p95.ours, p99Ms: p99.ours, maxMs: max.ours, cpuMs: cpu.ours },
    ratio: { p50: p50.ratio, p95: p95.ratio, p99: p99.ratio, cpu: cpu.ratio },
  };
}

/** Prints one result line that the runner gathers into its table. `isMet` says whether the target held. */
export function report(result: {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly target?: string;
  readonly isMet?: boolean;
  readonly note?: string;
}): void {
  process.stdout.write(`BENCH ${JSON.stringify(result)}\n`);
}

/** A repeatable stream of numbers in [0, 1): the same seed gives the same customers on every machine. */
export function seeded(seed: number): () => number {
  const state = { value: seed >>> 0 };
  return () => {
    state.value = (state.value + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state.value ^ (state.value >>> 15), 1 | state.value);
    const again = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((again ^ (again >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits));
