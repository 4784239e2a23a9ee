// Target 3: the tail of steady trade with checkpoints off the till's thread, against raw rows with default checkpoints;
// and what the process keeps in memory as sales go by. STEADY_SECONDS sets how long ours trades (5 minutes unless told).
import Database from 'better-sqlite3';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'vitest';
import { type BenchCaller, copyOfShop, loadedShop, openBenchShop } from './support/bench-shop.ts';
import { loadedId } from './support/loaded-history.ts';
import { percentile, report, round, seeded } from './support/measure.ts';
import { rawSaleWriter, templateOf } from './support/raw-sale.ts';
import { threeLineSale } from './support/sale-input.ts';

const SECONDS = Number(process.env.STEADY_SECONDS ?? 300);
/** Ours and raw take turns, so that a noisy machine disturbs both alike. */
const TURNS = 5;
const CUSTOMERS = 10_000;
const MIB = 2 ** 20;

const PACES = [
  // About 20 sales a second: the busiest minute of some hundred tills, and still the pause in which a till folds its log back.
  { name: 'steady trade, 20 sales a second', pauseMs: 48, share: 1 },
  // As fast as it goes with hardly a breath: what no shop does.
  { name: 'trade without a pause (4 ms)', pauseMs: 4, share: 0.2 },
] as const;

interface Traded {
  readonly times: number[];
  walBytes: number;
}

async function trade(
  into: Traded,
  given: { databasePath: string; seconds: number; pauseMs: number; sell: () => unknown },
): Promise<void> {
  const endsAt = performance.now() + given.seconds * 1000;
  while (performance.now() < endsAt) {
    const start = performance.now();
    await given.sell();
    into.times.push(performance.now() - start);
    if (into.times.length % 20 === 0)
      into.walBytes = Math.max(into.walBytes, statSync(`${given.databasePath}-wal`).size);
    await new Promise((resolve) => setTimeout(resolve, given.pauseMs));
  }
}

const random = seeded(3);
const someone = () => 1 + Math.floor(random() * CUSTOMERS);

test('the tail of steady trade', async () => {
  const shop = await loadedShop(CUSTOMERS);
  const ourCopy = copyOfShop(shop);
  const rawCopy = copyOfShop(shop);
  const { backend, caller, clientId } = await openBenchShop(ourCopy);
  const { env } = backend.createContext({ clientId });
  const saleOf = await threeLineSale(caller);
  const sell = () => caller.till.completeSale(saleOf(env.newId, loadedId('customer', someone())));
  const first = saleOf(env.newId, loadedId('customer', someone()));
  const sold = await caller.till.completeSale(first);
  const reader = new Database(ourCopy.databasePath, { readonly: true });
  const template = templateOf(reader, sold.saleId, first.operationId);
  reader.close();

  const raw = new Database(rawCopy.databasePath);
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  const writeRaw = rawSaleWriter(raw, template, env.newId);
  const sellRaw = () => {
    const number = someone();
    writeRaw({ customerId: loadedId('customer', number), accountId: loadedId('account', number) });
  };
  for (let count = 0; count < 200; count += 1) {
    await sell();
    sellRaw();
  }
  for (const { name, pauseMs, share } of PACES) {
    const ours: Traded = { times: [], walBytes: 0 };
    const base: Traded = { times: [], walBytes: 0 };
    const seconds = (SECONDS * share) / TURNS;
    for (let turn = 0; turn < TURNS; turn += 1) {
      await trade(ours, { databasePath: ourCopy.databasePath, seconds, pauseMs, sell });
      await trade(base, { databasePath: rawCopy.databasePath, seconds: seconds / 2, pauseMs, sell: sellRaw });
    }
    reportTail(name, ours, base);
  }
  raw.close();
  await backend.close();
  ourCopy.remove();
  rawCopy.remove();
}, 3_600_000);

function reportTail(name: string, ours: Traded, raw: Traded): void {
  const at = (share: number) => ({ ours: percentile(ours.times, share), raw: percentile(raw.times, share) });
  const [p50, p99] = [at(0.5), at(0.99)];
  report({
    measure: `award p99, ${name}`,
    value: round(p99.ours / p99.raw, 2),
    unit: 'x raw p99',
    target: '3: <= 0.5',
    isMet: p99.ours <= 0.5 * p99.raw,
    note: `${round(p99.ours, 2)} ms against ${round(p99.raw, 2)} ms (p50 ${round(p50.ours, 2)} and ${round(p50.raw, 2)}), ${ours.times.length} sales`,
  });
  const longest = Math.max(...ours.times);
  report({
    measure: `longest commit, ${name}`,
    value: round(longest, 1),
    unit: 'ms',
    target: '3: <= 50',
    isMet: longest <= 50,
    note: `raw ${round(Math.max(...raw.times), 1)} ms`,
  });
  report({
    measure: `write-ahead log at its largest, ${name}`,
    value: round(ours.walBytes / MIB, 1),
    unit: 'MiB',
    target: '3: <= 64',
    isMet: ours.walBytes <= 64 * MIB,
  });
}

interface Memory {
  readonly heapMib: number;
  readonly externalMib: number;
  readonly ownMib: number | null;
  readonly mappedMib: number | null;
}

/** What lives in JavaScript's heap, outside it, and (Linux) the process's own pages against those of mapped files. */
function memoryNow(): Memory {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const line = (key: string) => {
    const found = new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
    return found === undefined ? null : Number(found) / 1024;
  };
  return {
    heapMib: heapUsed / MIB,
    externalMib: external / MIB,
    ownMib: line('RssAnon'),
    mappedMib: line('RssFile'),
  };
}

async function sellMany(caller: BenchCaller, newId: () => string, count: number): Promise<void> {
  const saleOf = await threeLineSale(caller);
  for (let done = 0; done < count; done += 1) {
    await caller.till.completeSale(saleOf(newId, loadedId('customer', someone())));
    if (done % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

test('memory as sales go by', async () => {
  const copy = copyOfShop(await loadedShop(CUSTOMERS));
  const { backend, caller, clientId } = await openBenchShop(copy);
  const { newId } = backend.createContext({ clientId }).env;
  await sellMany(caller, newId, 1_000);
  const early = memoryNow();
  await sellMany(caller, newId, 4_000);
  const late = memoryNow();
  await backend.close();
  copy.remove();
  const parts = (memory: Memory) =>
    `heap ${round(memory.heapMib, 0)}, external ${round(memory.externalMib, 0)}, own pages ${round(memory.ownMib ?? 0, 0)}, mapped files ${round(memory.mappedMib ?? 0, 0)}`;
  const grownMib = late.heapMib + late.externalMib - early.heapMib - early.externalMib;
  report({
    measure: 'heap and external memory kept by 4,000 sales after the first 1,000',
    value: round(grownMib, 1),
    unit: 'MiB',
    note: `MiB after 1,000 sales: ${parts(early)}; after 5,000: ${parts(late)}`,
  });
}, 600_000);
