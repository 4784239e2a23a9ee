import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { amountOff, createTillShop, DOLLAR_SHOP, type TillShop } from './till-shop.ts';

let shop: TillShop;
const whole = (lineId: string, quantityThousandths = 1000) => ({ lineId, quantityThousandths });
const idsOf = (draft: { lines: readonly { lineId: string }[] }) => draft.lines.map((line) => line.lineId);

/** Refunds at the till after asking for a preview, which must say the same. */
async function refund(
  saleId: string,
  lines: { lineId: string; quantityThousandths: number }[],
  tenderKind: 'cash' | 'card' = 'cash',
) {
  const manager = shop.caller('manager');
  const preview = await manager.till.previewRefund({ saleId, lines, tenderKind });
  const done = await manager.till.refund(shop.op({ saleId, lines, tenderKind, reason: 'wrong size' }));
  expect({ amountMinor: done.amountMinor, pointsReversed: done.pointsReversed }).toEqual({
    amountMinor: preview.amountMinor,
    pointsReversed: preview.pointsReversed,
  });
  return done;
}

describe('in a shop that counts in cents', () => {
  beforeEach(async () => {
    shop = await createTillShop({ shop: DOLLAR_SHOP });
  });
  afterEach(() => shop.close());

  test('C-1 C-2: 49.95 earns 49, on one line or on three of 16.65', async () => {
    const customerId = shop.addCustomer();
    expect(await shop.sell(shop.draft([shop.line(4995)], { customerId }))).toMatchObject({
      pointsEarned: 49,
      newBalance: 49,
    });
    const three = shop.draft([shop.line(1665), shop.line(1665), shop.line(1665)], { customerId });
    expect(await shop.sell(three)).toMatchObject({ pointsEarned: 49, newBalance: 98 });
  });

  test.each([
    [[4], 0],
    [[2], 1],
    [[1, 2], 1],
    [[0, 1, 2, 4], 2],
  ])('C-7: of 21.90 at 1 per 10.00, refunding the lines %j takes back %i', async (positions, points) => {
    const customerId = await tenPerPointCustomer();
    const draft = shop.draft(
      [900, 500, 500, 190, 100].map((price) => shop.line(price)),
      { customerId },
    );
    expect(await shop.sell(draft)).toMatchObject({ pointsEarned: 2 });
    const ids = idsOf(draft);
    const done = await refund(
      draft.saleId,
      positions.map((position) => whole(ids[position] ?? '')),
    );
    expect(done.pointsReversed).toBe(points);
    expect(shop.balanceOf(customerId)).toBe(2 - points);
  });

  test('C-7: two refunds of 5.00 in a row take back 1 in all', async () => {
    const customerId = await tenPerPointCustomer();
    const draft = shop.draft(
      [900, 500, 500, 190, 100].map((price) => shop.line(price)),
      { customerId },
    );
    await shop.sell(draft);
    const ids = idsOf(draft);
    const first = await refund(draft.saleId, [whole(ids[1] ?? '')]);
    const second = await refund(draft.saleId, [whole(ids[2] ?? '')]);
    expect(first.pointsReversed + second.pointsReversed).toBe(1);
    expect(second.newBalance).toBe(1);
  });

  test('C-8: with 10.00 off 50.00 and 20.00, returning the 20.00 hands back 17.14 and takes 18 points', async () => {
    const customerId = shop.addCustomer();
    const draft = shop.draft([shop.line(5000), shop.line(2000)], { customerId, discount: amountOff(1000) });
    expect(await shop.sell(draft)).toMatchObject({ totalMinor: 6000, pointsEarned: 60 });
    const done = await refund(draft.saleId, [whole(idsOf(draft)[1] ?? '')]);
    expect(done).toMatchObject({ amountMinor: 1714, pointsReversed: 18, newBalance: 42 });
    const sale = await shop.caller('manager').till.sale({ saleId: draft.saleId });
    expect(sale).toMatchObject({ status: 'completed', refundedMinor: 1714, points: { earned: 60, reversed: 18 } });
  });

  test('C-11: a programme changed since has no say in a refund', async () => {
    const customerId = shop.addCustomer();
    const draft = shop.draft([shop.line(5000)], { customerId });
    await shop.sell(draft);
    const doubled = { name: 'Regulars', points: 2, perMinor: 100, minimumSpendMinor: 0, expiryMonths: null };
    await shop.caller('manager').points.publishProgramme(shop.op(doubled));
    expect(await refund(draft.saleId, [whole(idsOf(draft)[0] ?? '')])).toMatchObject({
      pointsReversed: 50,
      newBalance: 0,
    });
  });

  test('C-27: 10.00 off three lines of 10.00 comes back as 6.66, 6.67 and 6.67', async () => {
    const draft = shop.draft([shop.line(1000), shop.line(1000), shop.line(1000)], { discount: amountOff(1000) });
    await shop.sell(draft);
    const amounts: number[] = [];
    for (const id of idsOf(draft)) amounts.push((await refund(draft.saleId, [whole(id)])).amountMinor);
    expect(amounts).toEqual([666, 667, 667]);
    expect(shop.number('SELECT total_sales_minor AS n FROM merchant_daily_analytics')).toBe(0);
  });

  test('refuses more than is left of a line, nothing at all, and a sale that is not completed', async () => {
    const draft = shop.draft([shop.line(1000, { quantityThousandths: 2000 })]);
    await shop.sell(draft);
    const [lineId = ''] = idsOf(draft);
    await refund(draft.saleId, [whole(lineId)]);
    const input = { saleId: draft.saleId, tenderKind: 'cash' as const, reason: '' };
    const till = shop.caller('manager').till;
    const beyond = await refusalOf(till.refund(shop.op({ ...input, lines: [whole(lineId, 2000)] })));
    expect(beyond).toEqual({ reason: 'refund-exceeds-sale', facts: { lineId, leftThousandths: 1000 } });
    expect(await refusalOf(till.refund(shop.op({ ...input, lines: [] })))).toMatchObject({
      reason: 'nothing-to-refund',
    });
    expect(await refusalOf(till.refund(shop.op({ ...input, saleId: shop.newId(), lines: [] })))).toMatchObject({
      reason: 'not-found',
    });
    const asCashier = await refusalOf(
      shop.caller('cashier').till.refund(shop.op({ ...input, lines: [whole(lineId)] })),
    );
    expect(asCashier).toMatchObject({
      reason: 'not-permitted',
      facts: { permission: 'sale.refund', overridable: true },
    });
  });

  async function tenPerPointCustomer(): Promise<string> {
    const terms = { name: 'Regulars', points: 1, perMinor: 1000, minimumSpendMinor: 0, expiryMonths: null };
    await shop.caller('manager').points.publishProgramme(shop.op(terms));
    return shop.addCustomer();
  }
});

test('C-53: 45.463 + 45.450 guaraníes in cash pay 90.900, and refunds line by line sum to 90.900', async () => {
  shop = await createTillShop();
  const draft = shop.draft([shop.line(45_463), shop.line(45_450)]);
  const sold = await shop.sell(draft, [shop.cash(90_913, 90_900)]);
  expect(sold).toMatchObject({ totalMinor: 90_913, cashRoundingMinor: -13, changeMinor: 0 });
  const amounts: number[] = [];
  for (const id of idsOf(draft)) amounts.push((await refund(draft.saleId, [whole(id)])).amountMinor);
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(90_900);
  shop.close();
});
