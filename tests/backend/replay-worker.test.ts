import { afterEach, expect, test } from 'vitest';
import { replaySales, type WhatIfTask } from '#backend/points/replay-sales.ts';
import { startReadWorker } from '#backend/db/workers.ts';
import { programmeSchema } from '#shop/points/programme.ts';
import { TEST_WORKERS } from '../support/test-backend.ts';
import { createTillShop, DOLLAR_SHOP } from '../till/till-shop.ts';

/** More than one portion. */
const SALES = 620;
const state: { close: (() => void | Promise<void>)[] } = { close: [] };

afterEach(async () => {
  for (const close of state.close.splice(0)) await close();
});

async function start() {
  const shop = await createTillShop({ inFile: true, shop: DOLLAR_SHOP });
  const worker = startReadWorker(TEST_WORKERS.read, { databasePath: shop.env.db.path, nativeBinding: null });
  state.close.push(worker.close, shop.close);
  const customers = [shop.addCustomer('Ana'), shop.addCustomer('Leo'), shop.addCustomer('Eva')];
  const manager = shop.caller('manager');
  for (let index = 0; index < SALES; index += 1) {
    const customerId = customers[index % customers.length] ?? '';
    // Several within the same millisecond: a portion may end between them.
    if (index % 7 === 0) shop.clock.advance(3_600_000);
    await manager.points.award(shop.op({ customerId, reason: 'purchase', amountMinor: 100 + index * 13 }));
  }
  const [main] = await manager.points.programmes();
  const detail = await manager.points.programmeDetail({ programId: main?.programId ?? '' });
  const levels = [
    { tierId: 'a', name: 'A', threshold: 0 },
    { tierId: 'b', name: 'B', threshold: 1_000_00, multiplierBasisPoints: 15_000 },
  ];
  const programme = programmeSchema.parse({ ...detail.live?.programme, tiers: { levels } });
  const task: WhatIfTask = {
    merchantId: shop.env.shop()?.merchantId ?? '',
    programId: detail.programId,
    programme,
    zone: 'America/New_York',
    fromDate: '2026-03-01',
    assumptions: { redeemedBasisPoints: 6_000, marginBasisPoints: 2_500 },
  };
  return { shop, worker, task };
}

test('a replay on a thread of its own tells its progress and gives what the same replay gives here', async () => {
  const { shop, worker, task } = await start();
  const heard: [number, number][] = [];
  const follow = { onProgress: (done: number, total: number) => void heard.push([done, total]) };
  const there = await worker.replaySales(task, { ...follow, signal: new AbortController().signal });
  const here = await replaySales(shop.env.db.read, task, { progress: () => undefined, isStopped: () => false });
  expect(there).toEqual(here);
  expect(there).toMatchObject({ sales: SALES, customers: 3, losers: 0 });
  expect(there?.customersByTier).toEqual({ a: 0, b: 3 });
  expect(heard).toEqual([
    [0, SALES],
    [500, SALES],
    [SALES, SALES],
  ]);
});

test('a replay that nobody waits for any more ends at the next portion, and the thread answers others', async () => {
  const { worker, task } = await start();
  const stop = new AbortController();
  const heard: number[] = [];
  const stopped = await worker.replaySales(task, {
    signal: stop.signal,
    onProgress: (done) => {
      heard.push(done);
      stop.abort();
    },
  });
  expect(stopped).toBeNull();
  expect(heard).not.toContain(SALES);
  expect((await worker.verifyAudit()).brokenAtSeq).toBeNull();
});
