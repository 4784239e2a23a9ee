import { expect, test } from 'vitest';
import { runSystemCommand } from '#backend/command.ts';
import { makeWaitingCodes, writeCodes } from '#backend/vouchers/make-codes.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from './voucher-shop.ts';

// proves VC7, S3-108

const DONE = { status: 'done' } as const;

async function start(shop: VoucherShop, campaignId: string, count: number, pattern?: string): Promise<string> {
  const input = pattern === undefined ? { campaignId, count } : { campaignId, count, pattern };
  return (await shop.caller('manager').codes.startBatch(shop.op(input))).batchId;
}

const keysOf = (shop: VoucherShop): string[] =>
  shop.env.db.read.all<{ k: string }>('SELECT code_key AS k FROM vouchers' as never).map(({ k }) => k);

test('VC7: a batch of codes is made in pages of 500, each found by its code, and one fact tells a page', async () => {
  const shop = await createVoucherShop();
  const { campaignId } = await shop.publish();
  const batchId = await start(shop, campaignId, 1_234, 'CAFE-####-####');
  await makeWaitingCodes(shop.env);
  const { batches } = await shop.caller('cashier').codes.batches({ campaignId });
  expect(batches).toMatchObject([{ batchId, kind: 'made', wanted: 1_234, made: 1_234, ...DONE }]);
  const rows = shop.env.db.read.all<{ code: string; code_key: string; status: string; usage_limit: number }>(
    'SELECT code, code_key, status, usage_limit FROM vouchers WHERE batch_id IS NOT NULL' as never,
  );
  expect(rows).toHaveLength(1_234);
  for (const row of rows) {
    expect(row).toMatchObject({ code_key: codeKeyOf(row.code), status: 'published', usage_limit: 1 });
    expect(row.code).toMatch(/^CAFE-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  }
  const ops = shop.env.db.read.all<{ body: string }>(
    "SELECT body FROM outbox WHERE type = 'codes.makePage' ORDER BY seq" as never,
  );
  const told = ops.flatMap(({ body }) => (JSON.parse(body) as { vouchers: { codes: string[] }[] }).vouchers);
  // On a busy machine the later pages are smaller.
  expect(told[0]?.codes).toHaveLength(500);
  expect(Math.max(...told.map(({ codes }) => codes.length))).toBe(500);
  expect(told.flatMap(({ codes }) => codes).toSorted()).toEqual(rows.map(({ code }) => code).toSorted());
  expect(Math.max(...ops.map(({ body }) => body.length))).toBeLessThan(16_384);
  const row = (await shop.caller('manager').vouchers.list({ tab: 'all', query: rows[7]?.code ?? '' })).rows[0];
  expect(row).toMatchObject({ campaignId, codeCount: 1_234 });
  shop.close();
});

test('VC7: a batch says how often its codes can be used, also after another number was published for new codes', async () => {
  const shop = await createVoucherShop();
  const { vouchers, codes } = shop.caller('manager');
  const { campaignId } = await shop.publish({ limits: { usesPerCode: 1 } });
  for (const usesPerCode of [1, 3, null]) {
    const { draft } = await vouchers.detail({ campaignId });
    const campaign = shop.campaign({ limits: { usesPerCode } });
    const { revision } = await vouchers.saveDraft(shop.op({ campaignId, campaign, revision: draft?.revision ?? 0 }));
    await vouchers.publish(shop.op({ campaignId, revision }));
    shop.clock.advance(1000);
    await start(shop, campaignId, 5);
    await makeWaitingCodes(shop.env);
  }
  const { batches } = await codes.batches({ campaignId });
  expect(batches.map(({ usesPerCode }) => usesPerCode)).toEqual([null, 3, 1]);
  shop.close();
});

test('VC7: making codes can be stopped, goes on after it was cut off, and keeps what is made', async () => {
  const shop = await createVoucherShop();
  const { campaignId } = await shop.publish();
  const batchId = await start(shop, campaignId, 3_000);
  const cut = new AbortController();
  setImmediate(() => setImmediate(() => cut.abort()));
  await makeWaitingCodes(shop.env, cut.signal);
  const madeAtCut = keysOf(shop).length;
  expect(madeAtCut).toBeGreaterThan(0);
  expect(madeAtCut).toBeLessThan(3_000);
  await makeWaitingCodes(shop.env);
  expect(new Set(keysOf(shop)).size).toBe(3_000);

  const second = await start(shop, campaignId, 2_000);
  const making = makeWaitingCodes(shop.env);
  const cancelled = await shop.caller('manager').codes.cancelBatch(shop.op({ batchId: second }));
  await making;
  expect(cancelled).toMatchObject({ status: 'cancelled' });
  expect(cancelled.made).toBeLessThan(2_000);
  expect(keysOf(shop)).toHaveLength(3_000 + cancelled.made);
  const { batches } = await shop.caller('manager').codes.batches({ campaignId });
  expect(batches.map(({ status, made }) => ({ status, made }))).toEqual([
    { status: 'cancelled', made: cancelled.made },
    { status: 'done', made: 3_000 },
  ]);
  // One that is done stays done.
  expect(await shop.caller('manager').codes.cancelBatch(shop.op({ batchId }))).toEqual({ made: 3_000, ...DONE });
  shop.close();
});

test('VC7: no code is made that something else has: another batch, a file, or a code for everybody', async () => {
  const shop = await createVoucherShop();
  const generic = await shop.publish({ name: 'All', genericCode: 'GIFT-10' });
  const { campaignId } = await shop.publish();
  await start(shop, campaignId, 600);
  await makeWaitingCodes(shop.env);
  // The source of random bytes repeats itself: the codes of the first batch come again.
  const known = keysOf(shop);
  const batchId = await start(shop, campaignId, 5);
  const made: string[][] = [];
  runSystemCommand(
    shop.env,
    {
      action: 'test.codes',
      handle: (scope, _input: object) => {
        const of = { campaignId, batchId, createdByStaffId: shop.staffId('manager'), type: 'percent', value: 10 };
        writeCodes(scope, { ...of, usageLimit: 1, status: 'published' }, 5, (missing) => {
          const fresh = made.length === 0 ? [...known.slice(0, 2), 'G1FT10', 'N3W1', 'N3W2'] : ['N3W3', 'N3W4', 'N3W5'];
          made.push(fresh);
          return fresh.slice(0, missing).map((code) => ({ code, codeKey: code }));
        });
        return { kind: 'done', value: {} };
      },
    },
    { operationId: shop.newId(), input: {} },
  );
  expect(made).toHaveLength(2);
  const keys = keysOf(shop);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toHaveLength(known.length + 5);
  expect(generic.campaignId).not.toBe(campaignId);
  const op = shop.env.db.read.get<{ body: string }>("SELECT body FROM outbox WHERE type = 'test.codes'" as never);
  const [fact] = (JSON.parse(op?.body ?? '{}') as { vouchers: { codes: string[] }[] }).vouchers;
  expect(fact?.codes.toSorted()).toEqual(['N3W1', 'N3W2', 'N3W3', 'N3W4', 'N3W5']);
  shop.close();
});

test('VC7: what cannot be begun is refused with its reason', async () => {
  const shop = await createVoucherShop();
  const { codes, vouchers } = shop.caller('manager');
  const everybody = await shop.publish({ name: 'All', genericCode: 'GIFT-10' });
  const promotion = await shop.publish({ name: 'Self', trigger: 'automatic' });
  const { campaignId } = await shop.publish();
  const refused = (input: { campaignId: string; count: number; pattern?: string }) =>
    refusalOf(codes.startBatch(shop.op(input)));
  expect(await refused({ campaignId: everybody.campaignId, count: 5 })).toMatchObject({
    reason: 'campaign-without-codes',
  });
  expect(await refused({ campaignId: promotion.campaignId, count: 5 })).toMatchObject({
    reason: 'campaign-without-codes',
  });
  expect(await refused({ campaignId: shop.newId(), count: 5 })).toMatchObject({ reason: 'not-found' });
  expect(await refused({ campaignId, count: 1_000_000, pattern: 'A-#######' })).toMatchObject({
    reason: 'voucher-codes-too-few',
    facts: { needed: 8 },
  });
  await start(shop, campaignId, 10);
  expect(await refused({ campaignId, count: 5 })).toMatchObject({ reason: 'batch-running' });
  await makeWaitingCodes(shop.env);
  // Codes of one pattern are guessed together, whatever batch they are of: 32^5 / 10,000 = 3,355.
  await start(shop, campaignId, 3_000, 'B-######');
  await makeWaitingCodes(shop.env);
  expect(await refused({ campaignId, count: 400, pattern: 'B-######' })).toMatchObject({
    reason: 'voucher-codes-too-few',
  });
  await vouchers.setStatus(shop.op({ campaignId, to: 'ended' }));
  expect(await refused({ campaignId, count: 5 })).toMatchObject({ reason: 'campaign-ended' });
  shop.close();
});

test('VC7: 30,000 codes are made while the till sells between the pages', async () => {
  const shop = await createVoucherShop();
  const { campaignId } = await shop.publish();
  await start(shop, campaignId, 30_000);
  const making = makeWaitingCodes(shop.env);
  let sales = 0;
  const isDone = { now: false };
  void making.then(() => Object.assign(isDone, { now: true }));
  while (!isDone.now && sales < 20) {
    await shop.sell(shop.draft([shop.line(5_000)]));
    sales += 1;
  }
  expect(isDone.now).toBe(false);
  await making;
  expect(sales).toBe(20);
  expect(new Set(keysOf(shop)).size).toBe(30_000);
  expect(shop.number("SELECT COUNT(*) AS n FROM transactions WHERE status = 'completed'")).toBe(20);
  shop.close();
});
