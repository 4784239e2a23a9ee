// Targets 1, 2 and 3 of the performance page: a sale with its points against the raw rows, at 10k and 1M customers.
import Database from 'better-sqlite3';
import { test } from 'vitest';
import { copyOfShop, loadedShop, openBenchShop } from './support/bench-shop.ts';
import { loadedId } from './support/loaded-history.ts';
import { pairs, report, round, sample, seeded } from './support/measure.ts';
import { rawSaleWriter, templateOf } from './support/raw-sale.ts';
import { threeLineSale } from './support/sale-input.ts';

const PAIRS = 9;
const SALES_PER_SAMPLE = 300;

async function awardAt(customers: number) {
  const copy = copyOfShop(await loadedShop(customers));
  const { backend, caller, clientId } = await openBenchShop(copy);
  const { env } = backend.createContext({ clientId });
  const random = seeded(customers);
  const someone = () => 1 + Math.floor(random() * customers);
  const saleOf = await threeLineSale(caller);
  const first = saleOf(env.newId, loadedId('customer', someone()));
  const sold = await caller.till.completeSale(first);
  const raw = new Database(env.db.path);
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('cache_size = -65536');
  raw.pragma('mmap_size = 268435456');
  raw.pragma('wal_autocheckpoint = 16384');
  const writeRaw = rawSaleWriter(raw, templateOf(raw, sold.saleId, first.operationId), env.newId);
  const rawSample = () =>
    sample(SALES_PER_SAMPLE, () => {
      const number = someone();
      writeRaw({ customerId: loadedId('customer', number), accountId: loadedId('account', number) });
    });
  const oursSample = () =>
    sample(SALES_PER_SAMPLE, () => caller.till.completeSale(saleOf(env.newId, loadedId('customer', someone()))));
  await rawSample();
  await oursSample();
  const paired = await pairs(PAIRS, rawSample, oursSample);
  raw.close();
  await backend.close();
  copy.remove();
  return paired;
}

test('a sale with its points against the raw rows', async () => {
  const small = await awardAt(10_000);
  const large = await awardAt(1_000_000);
  for (const [name, paired] of [
    ['10k', small],
    ['1M', large],
  ] as const) {
    report({
      measure: `award, cpu, ${name} customers`,
      value: round(paired.ratio.cpu, 2),
      unit: 'x raw',
      target: '1: <= 2.0',
      isMet: paired.ratio.cpu <= 2,
      note: `${round(paired.ours.cpuMs)} ms against ${round(paired.raw.cpuMs)} ms`,
    });
    report({
      measure: `award, p50, ${name} customers`,
      value: round(paired.ratio.p50, 2),
      unit: 'x raw',
      target: '1: <= 2.0',
      isMet: paired.ratio.p50 <= 2,
      note: `${round(paired.ours.p50Ms)} ms against ${round(paired.raw.p50Ms)} ms`,
    });
  }
  const growth = large.ours.p50Ms / small.ours.p50Ms;
  report({
    measure: 'award at 1M customers against 10k, p50',
    value: round(growth, 2),
    unit: 'x',
    target: '2: <= 1.7',
    isMet: growth <= 1.7,
    note: `raw grows ${round(large.raw.p50Ms / small.raw.p50Ms, 2)} x`,
  });
  const growthCpu = large.ours.cpuMs / small.ours.cpuMs;
  report({
    measure: 'award at 1M customers against 10k, cpu',
    value: round(growthCpu, 2),
    unit: 'x',
    target: '2: <= 1.7',
    isMet: growthCpu <= 1.7,
  });
}, 3_600_000);
