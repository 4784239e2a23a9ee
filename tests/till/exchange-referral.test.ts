import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, RATE, SPEND_RULE } from '../loyalty/loyalty-shop.ts';

// A purchase that brought points for a referral is exchanged: what it had brought goes with the goods, before the new sale
// is decided, and the new sale may bring it anew.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

test.each(['ALLOW_NEGATIVE', 'FLOOR_AT_ZERO', 'DEDUCT_CASH'] as const)(
  'T9 PT4: points for a referral cannot be spent on the exchange that takes them back, under %s',
  async (negativeBalance) => {
    const referral = { ruleId: 'friend', kind: 'event' as const, event: 'referral', points: 100, friendPoints: 100 };
    await shop.publish({ rules: [SPEND_RULE, referral], rewards: [RATE], negativeBalance } as never);
    const enrol = (name: string, more: object = {}) =>
      shop.caller('cashier').customers.enrol(shop.op({ name, consentMarketing: false, ...more }));
    const ana = await enrol('Ana Ruiz');
    const { customerId } = await enrol('Bo Diaz', { broughtBy: ana.customerId });
    const sold = await shop.sellTo(customerId, [5_000]);
    expect((await shop.position(customerId)).balance).toBe(150);
    shop.clock.advance(1000);
    const lines = [{ lineId: sold.lineIds[0] ?? '', quantityThousandths: 1000 }];
    const draft = shop.draft([shop.line(6_000)], {
      customerId,
      exchange: { saleId: sold.saleId, lines, reason: '' },
      redemptions: [{ programId: shop.programId, rewardId: 'rate', points: 50, choice: null }],
    });
    const { till } = shop.caller('manager');
    expect((await till.preview({ draft })).refusedRewards).toMatchObject([{ facts: { have: 0 } }]);
    const plain = { ...draft, redemptions: [] };
    const preview = await till.preview({ draft: plain });
    expect(preview.points).toMatchObject({ balanceBefore: 0, points: 60, balanceAfter: 60 });
    const tenders = [shop.cash(1_000)];
    const done = await till.completeSale(shop.op({ draft: plain, tenders, expectedTotalMinor: 6_000 }));
    expect(done).toMatchObject({ pointsEarned: 60, newBalance: 60 });
    // The exchange is the first purchase that stands: it brings the referral anew.
    expect((await shop.position(customerId)).balance).toBe(160);
    expect((await shop.position(ana.customerId)).balance).toBe(100);
  },
);
