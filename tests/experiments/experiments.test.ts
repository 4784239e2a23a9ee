import { afterEach, beforeEach, expect, test } from 'vitest';
import { bucketOf, variantOf } from '#shop/experiments/assign-variant.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from '../vouchers/voucher-shop.ts';

const DAY_MS = 86_400_000;
const HALVES = [50, 50] as const;
const state: { shop: VoucherShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createVoucherShop();
});
afterEach(() => state.shop?.close());

function given() {
  const { shop } = state;
  if (shop === null) throw new Error('no shop');
  const { experiments, vouchers, till, scanning } = shop.caller('manager');
  const arm = (variantId: string, weight: number, campaignId: string | null) => ({
    variantId,
    name: variantId,
    weight,
    campaignId,
  });
  const save = (given: Parameters<typeof experiments.saveDraft>[0]['input']) => experiments.saveDraft(shop.op(given));
  /** Runs A, a campaign with a code, against B, which is shown nothing. */
  const run = async (more: { conversion?: 'sale' | 'redemption'; other?: string; windowDays?: number } = {}) => {
    const { other = null, ...terms } = more;
    const campaign = { genericCode: 'ARMA', limits: { usesPerCode: null } };
    const { campaignId } = await shop.publish({ name: 'Arm A', ...campaign });
    const variants = [arm('A', HALVES[0], campaignId), arm('B', HALVES[1], other)];
    const draft = { experimentId: null, experiment: { name: 'Breakfast', variants, ...terms }, revision: 0 };
    const { experimentId, revision } = await save(draft);
    await experiments.start(shop.op({ experimentId, revision }));
    const voucherId = (await vouchers.detail({ campaignId })).voucher?.voucherId ?? '';
    return { experimentId, campaignId, voucherId };
  };
  /** A customer whom the hash puts into an arm. */
  const customerOf = (experimentId: string, variantId: string): string => {
    for (let tries = 0; tries < 200; tries += 1) {
      const customerId = shop.addCustomer();
      if (variantOf([arm('A', 50, null), arm('B', 50, null)], bucketOf(experimentId, customerId)) === variantId) {
        return customerId;
      }
    }
    throw new Error('no customer falls into the arm');
  };
  const sell = (customerId: string | null, voucherId: string | null = null) => {
    const more = voucherId === null ? {} : { vouchers: [{ voucherId, choice: null }] };
    return shop.sell(shop.draft([shop.line(10_000)], { customerId, ...more }), undefined, shop.caller('cashier'));
  };
  const counted = async (experimentId: string) =>
    Object.fromEntries(
      (await experiments.detail({ experimentId })).arms.map(({ variantId, exposures, conversions }) => [
        variantId,
        [exposures, conversions],
      ]),
    );
  return { shop, experiments, vouchers, till, scanning, arm, save, run, customerOf, sell, counted };
}

test('S2-28 VC24: a draft changes nothing, runs, ends, and what it tries does not change any more', async () => {
  const { shop, experiments, arm, save, counted } = given();
  const { campaignId } = await shop.publish({ genericCode: 'ARMA' });
  const idea = await shop
    .caller('manager')
    .vouchers.saveDraft(shop.op({ campaignId: null, campaign: shop.campaign({ name: 'Idea' }), revision: 0 }));
  const draft = (of: string | null) => ({
    name: 'Breakfast',
    variants: [arm('A', 60, campaignId), arm('B', 30, of)],
    windowDays: 7,
  });
  const { experimentId } = await save({ experimentId: null, experiment: draft(idea.campaignId), revision: 0 });
  expect(await refusalOf(save({ experimentId, experiment: draft(null), revision: 0 }))).toMatchObject({
    reason: 'changed-elsewhere',
  });
  expect(await refusalOf(experiments.start(shop.op({ experimentId, revision: 1 })))).toEqual({
    reason: 'experiment-campaign-missing',
    facts: { campaignId: idea.campaignId },
  });
  expect(await refusalOf(experiments.end(shop.op({ experimentId })))).toMatchObject({ reason: 'not-found' });
  await save({ experimentId, experiment: draft(null), revision: 1 });
  expect(await refusalOf(experiments.start(shop.op({ experimentId, revision: 1 })))).toMatchObject({
    reason: 'changed-elsewhere',
  });
  expect(await counted(experimentId)).toEqual({ A: [0, 0], B: [0, 0] });
  await experiments.start(shop.op({ experimentId, revision: 2 }));
  expect(await experiments.detail({ experimentId })).toMatchObject({
    status: 'running',
    experiment: { name: 'Breakfast', windowDays: 7, conversion: 'sale' },
    againstVariantId: 'B',
    arms: [
      { campaignName: 'Breakfast', comparison: { kind: 'not-enough', needed: 100, have: 0 } },
      { campaignName: null, comparison: null },
    ],
  });
  expect(await refusalOf(save({ experimentId, experiment: draft(null), revision: 2 }))).toMatchObject({
    reason: 'experiment-running',
  });
  expect(await refusalOf(experiments.discardDraft(shop.op({ experimentId })))).toMatchObject({
    reason: 'experiment-running',
  });
  const ended = await experiments.end(shop.op({ experimentId }));
  expect(await experiments.end(shop.op({ experimentId }))).toEqual(ended);
  expect(await refusalOf(experiments.start(shop.op({ experimentId, revision: 2 })))).toMatchObject({
    reason: 'experiment-ended',
  });
  const { experimentId: other } = await save({ experimentId: null, experiment: draft(null), revision: 0 });
  await experiments.discardDraft(shop.op({ experimentId: other }));
  expect((await experiments.list()).map(({ status }) => status)).toEqual(['ended']);
});

test('S2-29 C-47: a scan and a sale put customers into the arm of their hash, once, and it stays', async () => {
  const { shop, run, sell, customerOf, counted, scanning } = given();
  const { experimentId } = await run();
  const enrol = { name: 'Ana Ruiz', consentMarketing: false };
  const { customerId: ana, code: text } = await shop.caller('cashier').customers.enrol(shop.op(enrol));
  const scan = { text, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() };
  expect((await scanning.submit(shop.op(scan))).outcome).toMatchObject({ kind: 'customer', customerId: ana });
  const own = bucketOf(experimentId, ana) < 50 ? 'A' : 'B';
  const luis = customerOf(experimentId, own === 'A' ? 'B' : 'A');
  expect(await counted(experimentId)).toEqual({ A: [0, 0], B: [0, 0], [own]: [1, 0] });
  await sell(luis);
  await sell(luis);
  await sell(ana);
  await sell(null);
  expect(await counted(experimentId)).toEqual({ A: [1, 0], B: [1, 0] });
  const rows = shop.env.db.read.all<{ customerId: string; bucket: number; variantId: string }>(
    'SELECT customer_id AS customerId, bucket, variant_id AS variantId FROM experiment_exposures' as never,
  );
  expect(rows).toHaveLength(2);
  for (const { customerId, bucket, variantId } of rows) {
    expect(bucket).toBe(bucketOf(experimentId, customerId));
    expect(variantId).toBe(bucket < 50 ? 'A' : 'B');
  }
});

test('S2-31: a sale of a later day within the window converts, once; taken back whole, the next one that stands does', async () => {
  const { shop, run, sell, customerOf, counted } = given();
  const { experimentId } = await run({ windowDays: 10 });
  const ana = customerOf(experimentId, 'A');
  const luis = customerOf(experimentId, 'B');
  await sell(ana);
  await sell(luis);
  expect(await counted(experimentId)).toEqual({ A: [1, 0], B: [1, 0] });
  shop.clock.advance(DAY_MS);
  const first = await sell(ana);
  await sell(ana);
  expect(await counted(experimentId)).toEqual({ A: [1, 1], B: [1, 0] });
  const second = shop.env.db.read.get<{ id: string }>(
    'SELECT transaction_id AS id FROM experiment_conversions' as never,
  );
  expect(second?.id).toBe(first.saleId);
  const till = shop.caller('manager').till;
  await till.cancelSale(shop.op({ saleId: first.saleId, reason: '' }));
  expect(await counted(experimentId)).toEqual({ A: [1, 1], B: [1, 0] });
  const now = shop.env.db.read.get<{ id: string }>('SELECT transaction_id AS id FROM experiment_conversions' as never);
  expect(now?.id).not.toBe(first.saleId);
  const saleId = now?.id ?? '';
  const { lines } = await till.sale({ saleId });
  const half = lines.map(({ lineId, quantityThousandths }) => ({
    lineId,
    quantityThousandths: quantityThousandths / 2,
  }));
  const refund = { saleId, lines: half, tenderKind: 'cash' as const, reason: '' };
  await till.refund(shop.op(refund));
  expect(await counted(experimentId)).toEqual({ A: [1, 1], B: [1, 0] });
  await till.refund(shop.op(refund));
  expect(await counted(experimentId)).toEqual({ A: [1, 0], B: [1, 0] });
  // Ten days after the first day is the last that counts.
  shop.clock.advance(10 * DAY_MS);
  await sell(luis);
  expect(await counted(experimentId)).toEqual({ A: [1, 0], B: [1, 0] });
});

test('S2-31: where uses count, the sale in which the arm was used converts, also the one that first showed it', async () => {
  const { shop, run, sell, customerOf, counted } = given();
  const other = await shop.publish({ name: 'Arm B', genericCode: 'ARMB', limits: { usesPerCode: null } });
  const { experimentId, voucherId } = await run({ conversion: 'redemption', other: other.campaignId });
  const ana = customerOf(experimentId, 'A');
  await sell(ana);
  shop.clock.advance(DAY_MS);
  await sell(ana);
  expect(await counted(experimentId)).toEqual({ A: [1, 0], B: [0, 0] });
  await sell(ana, voucherId);
  expect(await counted(experimentId)).toEqual({ A: [1, 1], B: [0, 0] });
  const luis = customerOf(experimentId, 'A');
  await sell(luis, voucherId);
  expect(await counted(experimentId)).toEqual({ A: [2, 2], B: [0, 0] });
});

test('S2-31: where uses count, what is given outside of sales cannot be tried: no sale would ever count it', async () => {
  const { shop, experiments, arm, save } = given();
  const { campaignId } = await shop.publish({ name: 'Coins', benefit: { kind: 'credit', amountMinor: 500 } });
  const { campaignId: other } = await shop.publish({ name: 'Ten', genericCode: 'TEN' });
  const variants = [arm('A', 50, other), arm('B', 50, campaignId)];
  const draft = (conversion: 'sale' | 'redemption') => ({ name: 'Coins or ten', variants, conversion });
  const first = await save({ experimentId: null, experiment: draft('redemption'), revision: 0 });
  const { experimentId } = first;
  expect(await refusalOf(experiments.start(shop.op({ experimentId, revision: first.revision })))).toEqual({
    reason: 'experiment-use-not-counted',
    facts: { campaignId },
  });
  const { revision } = await save({ experimentId, experiment: draft('sale'), revision: first.revision });
  await experiments.start(shop.op({ experimentId, revision }));
});

test("an arm's voucher is for the customers of its arm while the experiment runs, and for everybody again after it", async () => {
  const { shop, experiments, vouchers, run, customerOf } = given();
  const { experimentId, voucherId } = await run();
  const [ana, luis] = [customerOf(experimentId, 'A'), customerOf(experimentId, 'B')];
  const cashier = shop.caller('cashier').vouchers;
  const check = (customerId: string | null) => cashier.check(shop.op({ code: 'ARMA', customerId, saleId: null }));
  const claim = (customerId: string) => cashier.claim(shop.op({ voucherId, customerId, saleId: null }));
  expect(await check(ana)).toMatchObject({ voucherId });
  expect(await refusalOf(check(luis))).toMatchObject({ reason: 'voucher-other-arm' });
  expect(await refusalOf(check(null))).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(await refusalOf(claim(luis))).toMatchObject({ reason: 'voucher-other-arm' });
  await claim(ana);
  await experiments.end(shop.op({ experimentId }));
  expect(await check(luis)).toMatchObject({ voucherId });
  expect(await check(null)).toMatchObject({ voucherId });
  expect((await vouchers.figures({ campaignId: (await check(ana)).campaignId })).counts.claims).toBe(1);
});

test('AN4 VC28: the uplift of a campaign against its hold-out, and not before there is enough', async () => {
  const { shop, run, experiments, vouchers } = given();
  const { experimentId, campaignId } = await run();
  const sale = await shop.sell(shop.draft([shop.line(100)]), undefined, shop.caller('cashier'));
  const { merchantId = '' } = shop.env.shop() ?? {};
  const meet = (variantId: string, bucket: number, isConverted: boolean, exposedAtMs = 0) => {
    const customerId = shop.addCustomer();
    const ids = { experimentId, customerId, merchantId };
    shop.env.db.write((tx) => {
      tx.run(
        `INSERT INTO experiment_exposures (experiment_id, customer_id, merchant_id, variant_id, bucket, exposed_at_ms)
         VALUES (:experimentId, :customerId, :merchantId, :variantId, :bucket, :exposedAtMs)` as never,
        { ...ids, variantId, bucket, exposedAtMs },
      );
      if (!isConverted) return;
      tx.run(
        `INSERT INTO experiment_conversions (experiment_id, customer_id, merchant_id, transaction_id, converted_at_ms)
         VALUES (:experimentId, :customerId, :merchantId, :saleId, 1)` as never,
        { ...ids, saleId: sale.saleId },
      );
    });
    return customerId;
  };
  for (let n = 0; n < 100; n += 1) meet('A', 1, n < 80);
  for (let n = 0; n < 99; n += 1) meet('B', 99, n < 59);
  const uplift = async () => (await vouchers.figures({ campaignId })).uplift;
  expect(await uplift()).toEqual({
    experimentId,
    name: 'Breakfast',
    comparison: { kind: 'not-enough', needed: 100, have: 99 },
  });
  // Three records of one person are one exposure, in the arm that was met first, whichever of them bought.
  const into = shop.addCustomer();
  for (const of of [meet('B', 99, false), meet('B', 99, false, 1), meet('A', 1, true, 2)]) {
    shop.env.db.write((tx) => {
      tx.run('UPDATE customers SET duplicate_of = :into WHERE id = :of' as never, { of, into });
    });
  }
  expect((await experiments.detail({ experimentId })).arms).toMatchObject([
    { exposures: 100, conversions: 80 },
    { exposures: 100, conversions: 60 },
  ]);
  const found = await uplift();
  expect(found?.comparison).toMatchObject({ kind: 'enough', isClear: true });
  if (found?.comparison.kind !== 'enough') throw new Error('not enough');
  // 80 % against 60 % of a hundred each: Newcombe's method 10, worked by hand from Wilson's bounds.
  expect(found.comparison.difference).toBeCloseTo(0.2, 12);
  expect(found.comparison.low).toBeCloseTo(0.0734, 3);
  expect(found.comparison.high).toBeCloseTo(0.318, 2);
  expect((await experiments.detail({ experimentId })).arms[0]?.comparison).toEqual(found.comparison);
});

test('cashiers see no experiments, auditors change none', async () => {
  const { shop } = given();
  expect(await refusalOf(shop.caller('cashier').experiments.list())).toMatchObject({ reason: 'not-permitted' });
  expect(await shop.caller('auditor').experiments.list()).toEqual([]);
  const { experiments } = shop.caller('auditor');
  const experimentId = shop.newId();
  expect(await refusalOf(experiments.end(shop.op({ experimentId })))).toMatchObject({ reason: 'not-permitted' });
});

test('VC24: arms that all show the same are no trial, and a campaign is in one trial at a time', async () => {
  const { shop, experiments, arm, save, run } = given();
  const start = async (...campaignIds: readonly [string | null, string | null]) => {
    const variants = campaignIds.map((campaignId, at) => arm(`arm ${at}`, 50, campaignId));
    const draft = { experimentId: null, experiment: { name: 'Lunch', variants }, revision: 0 };
    const { experimentId, revision } = await save(draft);
    return await refusalOf(experiments.start(shop.op({ experimentId, revision })));
  };
  const { experimentId, campaignId } = await run();
  const { campaignId: other } = await shop.publish({ name: 'Lunch' });
  expect(await start(null, null)).toMatchObject({ reason: 'experiment-arms-alike' });
  expect(await start(other, other)).toMatchObject({ reason: 'experiment-arms-alike' });
  expect(await start(campaignId, other)).toEqual({ reason: 'experiment-campaign-tried', facts: { campaignId } });
  await experiments.end(shop.op({ experimentId }));
  expect(await start(campaignId, other)).toBeNull();
});
