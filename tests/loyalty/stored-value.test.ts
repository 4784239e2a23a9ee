import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SaleLineDraft } from '#shop/till/sale.ts';
import { percent } from '../till/till-shop.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, SPEND_RULE } from './loyalty-shop.ts';
import { replayedSnapshotOf, snapshotOf } from './replay-ops.ts';

// Products that sell credit or a gift card, from the catalogue to the ledger (C-38), and money before tax (C-3).

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

/** A product of the catalogue, and a line that sells one of it. */
async function product(priceMinor: number, isStoredValue: boolean, taxRateId = shop.taxRateId): Promise<SaleLineDraft> {
  const { productId } = await shop.caller('manager').catalogue.saveProduct(
    shop.op({
      ...{ name: `Thing ${shop.newId()}`, sku: null, barcodes: [], categoryId: null, icon: 'gift' },
      ...{ priceMinor, taxRateId, soldByWeight: false, isStoredValue },
    }),
  );
  return shop.line(priceMinor, { productId, taxRateId });
}
const again = (line: SaleLineDraft): SaleLineDraft => ({ ...line, lineId: shop.newId() });

const LADDER = {
  mode: 'EARNED_IN_PERIOD' as const,
  period: { kind: 'lifetime' as const },
  graceDays: 0,
  levels: [
    { tierId: 'basic', name: 'Basic', threshold: 0 },
    { tierId: 'silver', name: 'Silver', threshold: 10_000 },
  ],
};

test('C-38 PT28: a gift card that is sold earns nothing, goods beside it earn theirs', async () => {
  const customerId = shop.addCustomer();
  const card = await product(5_000, true);
  const coffee = await product(1_000, false);
  expect(await shop.sellTo(customerId, [card])).toMatchObject({ totalMinor: 5_000, pointsEarned: 0 });
  const both = await shop.sellTo(customerId, [again(card), coffee]);
  expect(both).toMatchObject({ totalMinor: 6_000, pointsEarned: 10 });
  const stored = shop.env.db.read.all<{ is_stored_value: number }>(
    'SELECT is_stored_value FROM transaction_items ORDER BY payable_minor' as never,
  );
  expect(stored.map((row) => row.is_stored_value)).toEqual([0, 1, 1]);
  expect(await shop.refund(both, [{ index: 0 }])).toMatchObject({ amountMinor: 5_000, pointsReversed: 0 });
  expect(await shop.refund(both, [{ index: 1 }])).toMatchObject({ amountMinor: 1_000, pointsReversed: 10 });
  expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
});

test('C-38: what a till says of a line is not asked: the catalogue says whether it is stored value', async () => {
  const customerId = shop.addCustomer();
  const card = await product(5_000, true);
  const { caller, op } = shop;
  const [row] = (await caller('manager').catalogue.list()).products;
  expect(row).toMatchObject({ isStoredValue: true });
  await caller('manager').catalogue.saveProduct(
    op({
      ...{ productId: row?.productId ?? '', version: row?.version ?? 0, name: 'Coffee', sku: null, barcodes: [] },
      ...{ categoryId: null, icon: 'gift', priceMinor: 5_000, taxRateId: shop.taxRateId, soldByWeight: false },
    }),
  );
  expect((await caller('manager').catalogue.list()).products[0]).toMatchObject({ isStoredValue: false });
  expect(await shop.sellTo(customerId, [again(card)])).toMatchObject({ pointsEarned: 50 });
});

test('C-38: nothing is taken off a gift card: no discount on the sale, on its line, no points, no reward', async () => {
  await shop.publish({ rewards: [RATE, { rewardId: 'free', kind: 'free-product', pricePoints: 10 }] });
  const customerId = shop.addCustomer();
  await shop.give(customerId, 5_000);
  const card = await product(5_000, true);
  const coffee = await product(1_000, false);
  const lines = [{ ...card, discount: percent(2_000) }, coffee];
  const draft = shop.draft(lines, { customerId, discount: percent(1_000) });
  const { priced } = await shop.caller('manager').till.preview({ draft });
  expect(priced.lines.map((line) => line.payableMinor)).toEqual([5_000, 900]);
  const redemptions = [{ programId: shop.programId, rewardId: 'rate', points: null, choice: null }];
  const withPoints = await shop
    .caller('manager')
    .till.preview({ draft: shop.draft([again(card), again(coffee)], { customerId, redemptions }) });
  expect(withPoints.priced.lines.map((line) => line.payableMinor)).toEqual([5_000, 0]);
  expect(withPoints.takenRewards).toMatchObject([{ points: 500 }]);
  const free = [{ programId: shop.programId, rewardId: 'free', points: null, choice: null }];
  const onlyCard = await shop
    .caller('manager')
    .till.preview({ draft: shop.draft([again(card)], { customerId, redemptions: free }) });
  expect([onlyCard.priced.totalMinor, onlyCard.takenRewards, onlyCard.refusedRewards.length]).toEqual([5_000, [], 1]);
});

test.each([
  ['spend', 10_000],
  ['visits', 2],
] as const)(
  'C-38 PT19: a gift card is no step on a ladder by %s, and giving it back takes none away',
  async (measure, threshold) => {
    const levels = [LADDER.levels[0], { tierId: 'silver', name: 'Silver', threshold }];
    await shop.publish({ tiers: { ...LADDER, measure, levels } });
    const customerId = shop.addCustomer();
    const card = await product(50_000, true);
    const coffee = await product(6_000, false);
    const tierOf = async () => {
      const { tier } = await shop.position(customerId);
      return [tier?.tierId, tier?.progress];
    };
    const steps = (coffees: number) => (measure === 'spend' ? coffees * 6_000 : coffees);
    const sold = await shop.sellTo(customerId, [card]);
    expect(await tierOf()).toEqual(['basic', 0]);
    const both = await shop.sellTo(customerId, [again(card), coffee]);
    expect(await tierOf()).toEqual(['basic', steps(1)]);
    await shop.refund(sold);
    expect(await tierOf()).toEqual(['basic', steps(1)]);
    await shop.refund(both, [{ index: 0 }]);
    expect(await tierOf()).toEqual(['basic', steps(1)]);
    await shop.sellTo(customerId, [again(coffee)]);
    expect(await tierOf()).toEqual(['silver', steps(2)]);
    const voided = await shop.sellTo(customerId, [again(card)]);
    await shop.caller('manager').till.cancelSale(shop.op({ saleId: voided.saleId, reason: '' }));
    expect(await tierOf()).toEqual(['silver', steps(2)]);
    expect(shop.tierEvents(customerId)).toEqual(['upgraded silver']);
  },
);

test('C-38: a sale whose payment has begun earns by what its lines were then', async () => {
  const customerId = shop.addCustomer();
  const card = await product(5_000, true);
  const coffee = await product(1_000, false);
  const draft = shop.draft([card, coffee], { customerId });
  const manager = shop.caller('manager');
  const begun = await manager.till.beginPayment(
    shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 6_000 } }),
  );
  const tenders = [{ tenderId: begun.tenderId, kind: 'card' as const, amountMinor: 6_000, reference: 'A-1' }];
  expect(await manager.till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: 6_000 }))).toMatchObject({
    pointsEarned: 10,
  });
});

test.each([
  ['with', 'inclusive', 'as-priced', 2_150, 2],
  ['with', 'inclusive', 'with-tax', 2_150, 2],
  ['before', 'inclusive', 'before-tax', 2_150, 1],
  ['before', 'exclusive', 'as-priced', 1_990, 1],
  ['with', 'exclusive', 'with-tax', 1_990, 2],
  ['before', 'exclusive', 'before-tax', 1_990, 1],
] as const)(
  'C-3 PT6: 21.50, of which 19.90 before tax, counts %s tax: prices %s, base %s',
  async (_, taxMode, base, priceMinor, points) => {
    shop.close();
    shop = await createLoyaltyShop({ shop: { taxMode } });
    await shop.publish({ rules: [{ ...SPEND_RULE, perMinor: 1_000 }], base });
    const rate = { name: 'Odd', rateBasisPoints: 804, isDefault: false };
    const { taxRateId } = await shop.caller('manager').catalogue.saveTaxRate(shop.op(rate));
    const customerId = shop.addCustomer();
    const line = await product(priceMinor, false, taxRateId);
    const sold = await shop.sellTo(customerId, [line]);
    expect(sold).toMatchObject({ totalMinor: 2_150, pointsEarned: points });
    expect(shop.number('SELECT total_minor - tax_minor FROM transactions')).toBe(1_990);
    expect(await shop.refund(sold)).toMatchObject({ amountMinor: 2_150, pointsReversed: points });
    expect(shop.balanceOf(customerId)).toBe(0);
  },
);
