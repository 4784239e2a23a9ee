// Target 3: the tail of steady trade with checkpoints off the till's thread, against raw rows with default checkpoints;
// also memory after 1,000 sales. STEADY_SECONDS sets how long (5 minutes unless told).
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { test } from 'vitest';
import { loadedId, loadedShop, openBenchShop } from './support/bench-shop.ts';
import { percentile, report, round, seeded } from './support/measure.ts';
import { rawSaleWriter, templateOf } from './support/raw-sale.ts';
import { threeLineSale } from './support/sale-input.ts';

const SECONDS = Number(process.env.STEADY_SECONDS ?? 300);
/** Steady trade: sales come one after another with a breath between them, far faster than people can pay. */
const PAUSE_MS = 4;
const CUSTOMERS = 10_000;

test('the tail of steady trade', async () => {
  const { backend, caller, clientId } = await openBenchShop(await loadedShop(CUSTOMERS));
  const { env } = backend.createContext({ clientId });
  const random = seeded(3);
  const someone = () => 1 + Math.floor(random() * CUSTOMERS);
  const saleOf = await threeLineSale(caller);
  const first = saleOf(env.newId, loadedId('customer', someone()));
  const sold = await caller.till.completeSale(first);

  async function trade(seconds: number, sell: () => unknown): Promise<{ times: number[]; walBytes: number }> {
    const times: number[] = [];
    const endsAt = performance.now() + seconds * 1000;
    const seen = { walBytes: 0 };
    while (performance.now() < endsAt) {
      const start = performance.now();
      await sell();
      times.push(performance.now() - start);
      if (times.length % 50 === 0) seen.walBytes = Math.max(seen.walBytes, statSync(`${env.db.path}-wal`).size);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return { times, walBytes: seen.walBytes };
  }

  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  for (let count = 0; count < 1000; count += 1)
    await caller.till.completeSale(saleOf(env.newId, loadedId('customer', someone())));
  globalThis.gc?.();
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  report({
    measure: 'memory after 1,000 sales',
    value: round(process.memoryUsage().rss / 2 ** 20, 0),
    unit: 'MB',
    note: `grew by ${round(grown, 1)} MB`,
  });

  const ours = await trade(SECONDS, () => caller.till.completeSale(saleOf(env.newId, loadedId('customer', someone()))));
  const template = templateOf(new Database(env.db.path, { readonly: true }), sold.saleId, first.operationId);
  const path = env.db.path;
  const { newId } = env;
  await backend.close();

  const raw = new Database(path);
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  const writeRaw = rawSaleWriter(raw, template, newId);
  const rawTrade = await trade(Math.min(SECONDS, 60), () => {
    const number = someone();
    writeRaw({ customerId: loadedId('customer', number), accountId: loadedId('account', number) });
  });
  raw.close();

  const p99 = { ours: percentile(ours.times, 0.99), raw: percentile(rawTrade.times, 0.99) };
  const longest = Math.max(...ours.times);
  report({
    measure: `award p99 over ${SECONDS} s of steady trade`,
    value: round(p99.ours / p99.raw, 2),
    unit: 'x raw p99',
    target: '3: <= 0.5',
    isMet: p99.ours <= 0.5 * p99.raw,
    note: `${round(p99.ours)} ms against ${round(p99.raw)} ms, ${ours.times.length} sales`,
  });
  report({ measure: 'longest commit', value: round(longest, 1), unit: 'ms', target: '3: <= 50', isMet: longest <= 50 });
  report({
    measure: 'write-ahead log at its largest',
    value: round(ours.walBytes / 2 ** 20, 1),
    unit: 'MiB',
    target: '3: <= 64',
    isMet: ours.walBytes <= 64 * 2 ** 20,
  });
}, 3_600_000);
