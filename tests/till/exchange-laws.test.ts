import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProgrammeInput } from '#shop/points/programme.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, SPEND_RULE } from '../loyalty/loyalty-shop.ts';

// An exchange is a refund and then a sale on one ticket: in points, lots and tiers both leave a customer the same, only the
// money meets. What the till shows before is what is booked. Fast-check prints the seed.

const LEVELS = [
  { tierId: 'basic', name: 'Basic', threshold: 0 },
  { tierId: 'silver', name: 'Silver', threshold: 60, multiplierBasisPoints: 15_000 },
  { tierId: 'gold', name: 'Gold', threshold: 150, multiplierBasisPoints: 20_000 },
];

const programmeArbitrary: fc.Arbitrary<ProgrammeInput> = fc
  .record({
    perMinor: fc.constantFrom(100, 333),
    expiryMonths: fc.constantFrom(null, 1),
    pendingDays: fc.constantFrom(0, 0, 2),
    negativeBalance: fc.constantFrom('ALLOW_NEGATIVE' as const, 'FLOOR_AT_ZERO' as const, 'DEDUCT_CASH' as const),
    refundGraceDays: fc.constantFrom(0, 30),
    tiers: fc.constantFrom(null, 'BALANCE' as const, 'EARNED_IN_PERIOD' as const),
    measure: fc.constantFrom('spend' as const, 'points' as const, 'visits' as const),
    includesThisSale: fc.boolean(),
  })
  .map(({ tiers: mode, measure, includesThisSale, perMinor, ...terms }) => ({
    name: 'P',
    rules: [{ ...SPEND_RULE, perMinor }],
    ...terms,
    tiers:
      mode === null
        ? null
        : {
            ...{ mode, measure, includesThisSale, graceDays: 0, period: { kind: 'lifetime' as const } },
            levels: LEVELS.map((level) => ({
              ...level,
              threshold: level.threshold * (mode === 'EARNED_IN_PERIOD' && measure === 'spend' ? 100 : 1),
            })),
          },
    rewards: [RATE, { rewardId: 'fixed', kind: 'fixed' as const, pricePoints: 40, amountMinor: 300 }],
  }));

const price = fc.integer({ min: 0, max: 12_000 });
const rewards = fc.subarray(['rate', 'fixed']);
const storyArbitrary = fc.record({
  programme: programmeArbitrary,
  given: fc.integer({ min: 0, max: 300 }),
  sold: fc.array(price, { minLength: 1, maxLength: 3 }),
  soldRewards: rewards,
  /** Points that go elsewhere before the exchange, so that what was earned is no longer there. */
  spent: fc.integer({ min: 0, max: 200 }),
  back: fc.nat(2),
  waitDays: fc.constantFrom(0, 0, 1, 40),
  bought: fc.array(price, { minLength: 1, maxLength: 2 }),
  boughtRewards: rewards,
});
type Story = typeof storyArbitrary extends fc.Arbitrary<infer T> ? T : never;

const DAY_MS = 86_400_000;

interface Begun {
  readonly shop: LoyaltyShop;
  readonly customerId: string;
  readonly back: { readonly saleId: string; readonly lines: { lineId: string; quantityThousandths: number }[] };
}

/** Everything up to the exchange. */
async function begin(story: Story): Promise<Begun> {
  const shop = await createLoyaltyShop();
  await shop.publish(story.programme);
  const customerId = shop.addCustomer();
  if (story.given > 0) await shop.give(customerId, story.given);
  const { points } = shop.caller('manager');
  const redemptions = await available(shop, customerId, story.sold, story.soldRewards);
  const sold = await shop.sellTo(customerId, story.sold, redemptions);
  const balance = (await shop.position(customerId)).balance;
  const spent = Math.min(story.spent, Math.max(0, balance));
  if (spent > 0)
    await points.award(shop.op({ customerId, reason: 'correction' as const, points: -spent, note: 'gone' }));
  shop.clock.advance(story.waitDays * DAY_MS + 1000);
  const lineId = sold.lineIds[story.back % sold.lineIds.length] ?? '';
  return { shop, customerId, back: { saleId: sold.saleId, lines: [{ lineId, quantityThousandths: 1000 }] } };
}

async function available(shop: LoyaltyShop, customerId: string, prices: readonly number[], wanted: readonly string[]) {
  const redemptions = wanted.map((rewardId) => ({ programId: shop.programId, rewardId, points: null, choice: null }));
  const draft = shop.draft(
    prices.map((each) => shop.line(each)),
    { customerId, redemptions },
  );
  const { refusedRewards } = await shop.caller('manager').till.preview({ draft });
  return redemptions.filter((_, place) => refusedRewards.every((refused) => refused.place !== place));
}

/** Where the customer stands, without ids. */
async function standingOf({ shop, customerId }: Begun): Promise<object> {
  const { balance, spendablePoints, pendingPoints, owedPoints, lots, tier } = await shop.position(customerId);
  return {
    ...{ balance, spendablePoints, pendingPoints, owedPoints, tierId: tier?.tierId, progress: tier?.progress },
    lots: lots.map(({ points, remaining, expiresAtMs }) => ({ points, remaining, expiresAtMs })),
  };
}

test('T9 C-7 C-9: an exchange leaves the customer as a refund and then a sale; what is shown before is what is booked', async () => {
  await fc.assert(
    fc.asyncProperty(storyArbitrary, async (story) => {
      const [once, apart] = [await begin(story), await begin(story)];
      try {
        const { till: after } = apart.shop.caller('manager');
        await after.refund(apart.shop.op({ ...apart.back, tenderKind: 'other' as const, reason: '' }));
        const redemptions = await available(apart.shop, apart.customerId, story.bought, story.boughtRewards);
        const lines = story.bought.map((each) => apart.shop.line(each));
        const plain = apart.shop.draft(lines, { customerId: apart.customerId, redemptions });
        const shown = await after.preview({ draft: plain });
        const sold = await apart.shop.sell(plain, [apart.shop.cash(shown.priced.totalMinor)]);

        const { shop, customerId, back } = once;
        shop.clock.advance(1000);
        const { till } = shop.caller('manager');
        const draft = shop.draft(
          story.bought.map((each) => shop.line(each)),
          {
            customerId,
            redemptions: redemptions.map((each) => ({ ...each, programId: shop.programId })),
            exchange: { ...back, reason: '' },
          },
        );
        const preview = await till.preview({ draft });
        expect(preview.refusedRewards).toEqual([]);
        expect(preview.exchange?.refusal).toBeNull();
        const { exchange } = preview;
        const done = await till.completeSale(
          shop.op({
            draft,
            tenders: preview.dueMinor === 0 ? [] : [shop.cash(preview.dueMinor)],
            expectedTotalMinor: preview.priced.totalMinor,
            exchange: { expectedReturnedMinor: exchange?.returnedMinor ?? 0, tenderKind: 'cash' as const },
          }),
        );
        const [main] = preview.programmes;
        expect([done.pointsEarned, done.pointsRedeemed, done.newBalance]).toEqual([
          ...[main?.points, main?.redeemedPoints, main?.balanceAfter],
        ]);
        expect(done.exchange).toMatchObject({
          ...{ exchangedMinor: exchange?.exchangedMinor, handedMinor: exchange?.handedMinor },
          ...{ pointsReversed: exchange?.pointsReversed, pointsReturned: exchange?.pointsReturned },
        });
        expect([done.totalMinor, done.pointsEarned, done.pointsRedeemed, done.newBalance]).toEqual([
          ...[sold.totalMinor, sold.pointsEarned, sold.pointsRedeemed, sold.newBalance],
        ]);
        expect(await standingOf(once)).toEqual(await standingOf(apart));
        expect(once.shop.number('SELECT SUM(total_sales_minor) FROM merchant_daily_analytics')).toBe(
          apart.shop.number('SELECT SUM(total_sales_minor) FROM merchant_daily_analytics'),
        );
      } finally {
        once.shop.close();
        apart.shop.close();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);
