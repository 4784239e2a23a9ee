import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, RATE } from '../loyalty/loyalty-shop.ts';

// What a sale was paid under is kept with it: its refunds go by that and not by what the shop says today.

const FIVES = { stepMinor: 5, mode: 'nearest' } as const;
let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

async function roundTo(cashRounding: { stepMinor: number; mode: 'customer' | 'nearest' }): Promise<void> {
  await shop.caller('manager').settings.update(shop.op({ changes: { cashRounding } }));
}

test('C-53: a refund rounds cash by the rule of its sale, whatever the rule is today', async () => {
  await roundTo(FIVES);
  const customerId = shop.addCustomer();
  const sold = await shop.sellTo(customerId, [1_002, 1_001]);
  expect(sold).toMatchObject({ totalMinor: 2_003, cashRoundingMinor: 2 });
  await roundTo({ stepMinor: 100, mode: 'customer' });
  const first = await shop.refund(sold, [{ index: 0 }]);
  expect(first.amountMinor % 5).toBe(0);
  expect(first.amountMinor).toBe(1_005);
  const second = await shop.refund(sold, [{ index: 1 }]);
  expect(first.amountMinor + second.amountMinor).toBe(2_005);
});

test('C-53: a sale whose payment has begun is paid by the rule of that moment', async () => {
  await roundTo(FIVES);
  const draft = shop.draft([shop.line(1_043)]);
  const { till } = shop.caller('manager');
  const { saleId, tenderId } = await till.beginPayment(
    shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 1_043 } }),
  );
  await till.failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
  await roundTo({ stepMinor: 100, mode: 'nearest' });
  expect(await till.preview({ draft })).toMatchObject({ cashDueMinor: 1_045, cashRounding: FIVES });
  const done = await till.completeSale(
    shop.op({ draft, tenders: [shop.cash(1_043, 1_045)], expectedTotalMinor: 1_043 }),
  );
  expect(done.cashRoundingMinor).toBe(2);
});

test('L5: the terms of a sale do not change', async () => {
  const { saleId } = await shop.sell(shop.draft([shop.line(100)]));
  const change = (set: string) => () =>
    shop.env.db.write((tx) => tx.run(`UPDATE transactions SET ${set} WHERE id = :saleId` as never, { saleId }));
  for (const set of ['cash_rounding_step_minor = 7', "cash_rounding_mode = 'customer'", "exchange = '{}'"])
    expect(change(set)).toThrow('the terms of a sale do not change');
});

test('C-53 C-10: money kept of a card refund is not taken for cash when the next part goes back in cash', async () => {
  await roundTo({ stepMinor: 50, mode: 'nearest' });
  await shop.publish({ rewards: [RATE], negativeBalance: 'DEDUCT_CASH' });
  const customerId = shop.addCustomer();
  const lines = [1_010, 1_010, 1_010].map((price) => shop.line(price));
  const draft = shop.draft(lines, { customerId, customerIdentifiedBy: 'search' });
  const sold = await shop.sell(draft, [shop.card(2_020), shop.cash(1_010, 1_000)]);
  expect(sold).toMatchObject({ cashRoundingMinor: -10, pointsEarned: 30 });
  await shop
    .caller('manager')
    .points.award(shop.op({ customerId, reason: 'correction' as const, points: -25, note: 'gone' }));
  const { till } = shop.caller('manager');
  const back = (index: number, tenderKind: 'cash' | 'card') => {
    shop.clock.advance(1000);
    const line = { lineId: lines[index]?.lineId ?? '', quantityThousandths: 1000 };
    return till.refund(shop.op({ saleId: sold.saleId, lines: [line], tenderKind, reason: '' }));
  };
  const byCard = await back(0, 'card');
  expect(byCard.deductedMinor).toBeGreaterThan(0);
  expect(shop.number("SELECT COUNT(*) FROM refunds WHERE deducted_kind = 'card'")).toBe(1);
  const inCash = await back(1, 'cash');
  const cashMinor = shop.number("SELECT SUM(amount_minor) FROM refund_tenders WHERE kind = 'cash'");
  expect(cashMinor % 50).toBe(0);
  const rest = await back(2, 'card');
  expect(byCard.amountMinor + inCash.amountMinor + rest.amountMinor).toBe(3_020);
});

test.each([
  ['ALLOW_NEGATIVE', -45, 0, ['reverse_earn -50']],
  ['FLOOR_AT_ZERO', 0, 0, ['reverse_earn -50', 'adjust 45']],
  ['DEDUCT_CASH', 0, 90, ['reverse_earn -50', 'adjust 45']],
] as const)(
  'C-10: an undone purchase of which the points are spent, under %s',
  async (policy, balance, keptMinor, last) => {
    await shop.publish({ rewards: [RATE], negativeBalance: policy });
    const customerId = shop.addCustomer();
    const { points } = shop.caller('manager');
    const award = { customerId, reason: 'purchase' as const, amountMinor: 5_000 };
    const { entryId, saleId } = await points.award(shop.op(award));
    await shop.sellTo(customerId, [600], [{ rewardId: 'rate', points: 50 }]);
    expect((await shop.position(customerId)).balance).toBe(5);
    expect(await points.undo(shop.op({ entryId }))).toMatchObject({ newBalance: balance, deductedMinor: keptMinor });
    expect((await shop.position(customerId)).balance).toBe(balance);
    const entries = shop.entries(customerId).map(({ kind, points: moved }) => `${kind} ${moved}`);
    expect(entries.slice(-last.length)).toEqual(last);
    // Money that is kept makes it a refund, so that the books know of it; otherwise the purchase of today is cancelled.
    const refunds = shop.number(
      'SELECT COUNT(*) FROM refunds WHERE transaction_id = :saleId AND deducted_minor = :keptMinor',
      {
        saleId: saleId ?? '',
        keptMinor,
      },
    );
    expect(refunds).toBe(keptMinor === 0 ? 0 : 1);
  },
);
