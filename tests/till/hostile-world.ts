import fc from 'fast-check';
import type { z } from 'zod';
import type { Condition, ConditionFact, ConditionGroup } from '#shop/offers/conditions.ts';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { scheduleSchema } from '#shop/time/schedule.ts';
import type { SaleDraft, TenderDraft } from '#shop/till/sale.ts';
import type { campaignSchema } from '#shop/vouchers/campaign.ts';
import type { TestBackendOptions } from '../support/test-backend.ts';

// What a hostile clerk may think of: campaigns with the oddest terms, and anything in any order while a payment waits.

export type OddCampaign = Omit<Partial<z.input<typeof campaignSchema>>, 'name'>;

const HUGE = 999_999_999;
const money = fc.constantFrom(1, 2, 99, 333, 1_000, 5_001, HUGE);

/** Shops of every kind: without cents and with three places, tax in the price and on top, rounding of cash. */
export const ODD_SHOPS: readonly NonNullable<TestBackendOptions['shop']>[] = [
  {},
  { country: 'US', currency: 'USD', timeZone: 'America/New_York', region: 'en-US', taxMode: 'exclusive' },
  { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin', region: 'de-DE' },
  { country: 'CH', currency: 'CHF', timeZone: 'Europe/Zurich', region: 'de-CH', taxMode: 'exclusive' },
  { country: 'KW', currency: 'KWD', timeZone: 'Asia/Kuwait', region: 'ar-KW', taxMode: 'exclusive' },
  { country: 'JP', currency: 'JPY', timeZone: 'Asia/Tokyo', region: 'ja-JP', taxMode: 'exclusive' },
];

const offerBenefit = fc.oneof(
  fc.record({
    kind: fc.constant('percent' as const),
    rateBasisPoints: fc.constantFrom(1, 1_000, 3_333, 9_999, 10_000),
    capMinor: fc.option(money),
    scope: fc.constantFrom('item' as const, 'order' as const),
  }),
  fc.record({
    kind: fc.constant('amount' as const),
    amountMinor: money,
    scope: fc.constantFrom('item' as const, 'order' as const),
  }),
  fc.record({ kind: fc.constant('product' as const), units: fc.constantFrom(1, 2, 1_000) }),
  fc.record({
    kind: fc.constant('buy-take' as const),
    buyUnits: fc.constantFrom(1, 2, 100),
    takeUnits: fc.constantFrom(1, 3),
  }),
  fc.record({ kind: fc.constant('fixed-price' as const), unitPriceMinor: fc.constantFrom(0, 1, 500, HUGE) }),
);
const grantBenefit = fc.oneof(
  fc.record({
    kind: fc.constant('credit' as const),
    amountMinor: fc.constantFrom(1, 700),
    days: fc.option(fc.constantFrom(1, 3)),
  }),
  fc.record({
    kind: fc.constant('units' as const),
    name: fc.constant('Teas'),
    units: fc.constantFrom(1, 5),
    days: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('package' as const),
    name: fc.constant('Pack'),
    uses: fc.constantFrom(1, 3),
    days: fc.constantFrom(1, 9),
  }),
);
const of = <Kind extends string>(kind: Kind) => ({ kind: fc.constant(kind) });
const count = fc.constantFrom(null, null, null, 1, 2, 3, HUGE);

/** None, or odd ones of the sale, the hour and the customer, groups within groups, of which some can never hold. */
const oddConditions = (productId: string): fc.Arbitrary<ConditionGroup | null> => {
  const filter = fc.constantFrom(EVERY_ITEM, { ...EVERY_ITEM, productIds: [productId] });
  const fact: fc.Arbitrary<ConditionFact> = fc.oneof(
    fc.record({ ...of('quantity'), filter, atLeast: fc.constantFrom(1, 2, 10_000) }),
    fc.record({ ...of('variety'), filter, atLeast: fc.constantFrom(1, 2) }),
    fc.record({ ...of('spend'), filter, amountMinor: money, withTax: fc.boolean() }),
    fc.record({ ...of('purchases'), atLeast: fc.constantFrom(1, 2) }),
    fc.record({ ...of('time'), window: fc.constantFrom(scheduleSchema.parse({ weekdays: [0, 1, 2] })) }),
    fc.record({ ...of('tier'), tierId: fc.constant('gone') }),
  );
  const groupOf = (part: fc.Arbitrary<Condition>): fc.Arbitrary<ConditionGroup> =>
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
      parts: fc.array(part, { minLength: 1, maxLength: 2 }),
    });
  return fc.option(groupOf(fc.oneof(fact, groupOf(fact))), { freq: 2 });
};

/** Any campaign, of which some cannot be published. A is the one product that filters name. */
export const oddCampaigns = (productId: string): fc.Arbitrary<OddCampaign> =>
  fc.record({
    benefit: fc.oneof({ weight: 4, arbitrary: offerBenefit }, { weight: 1, arbitrary: grantBenefit }),
    trigger: fc.constantFrom('code' as const, 'code' as const, 'code' as const, 'automatic' as const),
    use: fc.constantFrom(...Array<'this-sale'>(4).fill('this-sale'), 'next-sale' as const),
    limits: fc.record({
      ...{ total: count, perDay: count, perCustomer: count, perCustomerPerDay: count },
      budgetMinor: fc.constantFrom(null, 99, 400, 1_000, 1_700, HUGE),
      usesPerCode: fc.constantFrom(null, null, 1, 3),
      usesPerSale: fc.constantFrom(null, 1, 2),
    }),
    minimum: fc.option(
      fc.record({
        amountMinor: money,
        of: fc.constantFrom('eligible' as const, 'sale' as const),
        withTax: fc.boolean(),
      }),
      { freq: 2 },
    ),
    conditions: oddConditions(productId),
    filter: fc.constantFrom({}, {}, { productIds: [productId] }, { excludeProductIds: [productId] }),
    stacking: fc.record({
      group: fc.constantFrom('', '', 'g'),
      order: fc.constantFrom(0, 100),
      isExclusive: fc.constantFrom(false, false, false, true),
      basis: fc.constantFrom('remaining' as const, 'initial' as const),
    }),
    audience: fc.record({ isFirstPurchase: fc.constantFrom(...Array<false>(9).fill(false), true) }),
    validity: fc.record({
      claimDays: fc.constantFrom(null, null, 1, 3),
      endsOn: fc.constantFrom(null, null, null, null, null, '2026-03-02', '2026-03-05'),
      windows: fc.constantFrom([], [], [], [], [{ fromMinute: 1_320, toMinute: 120 }], [{ weekdays: [0, 1, 2] }]),
    }),
    distribution: fc.constantFrom(
      { kind: 'by-hand' as const },
      { kind: 'by-hand' as const },
      { kind: 'after-sale' as const, minimumMinor: 0, per: 'unit' as const },
    ),
  });

const line = fc.record({
  what: fc.constantFrom(
    'A',
    'A',
    'A',
    'B',
    'B',
    'open',
    'open',
    'weighed',
    'weighed',
    'credit',
    'gift-card',
    'package',
  ),
  priceMinor: fc.constantFrom(0, 1, 3, 99, 1_000, 6_667),
  pieces: fc.constantFrom(1, 1, 2, 5),
  discount: fc.constantFrom(null, null, null, 500),
});
type OddLine = typeof line extends fc.Arbitrary<infer Each> ? Each : never;

const sale = {
  customer: fc.constantFrom(0, 0, 1, 1, 2, 2, 3),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  vouchers: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
  units: fc.nat(3),
  creditPercent: fc.constantFrom(0, 40, 100),
  cardPercent: fc.constantFrom(0, 0, 70),
};
export type OddSale = {
  readonly customer: number;
  readonly lines: readonly OddLine[];
  readonly vouchers: readonly number[];
  readonly units: number;
  readonly creditPercent: number;
  readonly cardPercent: number;
};

const pick = fc.nat(1_000);
const oddStep = fc.oneof(
  { weight: 8, arbitrary: fc.record({ ...of('sell'), ...sale }) },
  { weight: 10, arbitrary: fc.record({ ...of('begin'), ...sale }) },
  { weight: 6, arbitrary: fc.record({ ...of('complete'), pick }) },
  { weight: 3, arbitrary: fc.record({ ...of('fail'), pick, isLeft: fc.boolean() }) },
  fc.record({ ...of('give-up'), pick }),
  { weight: 2, arbitrary: fc.record({ ...of('retry'), pick }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{
        ...of('refund'),
        pick,
        line: pick,
        thousandths: fc.constantFrom(1, 333, 1_000, 5_000),
        isWhole: fc.boolean(),
      },
      how: fc.constantFrom('cash' as const, 'credit' as const, 'gift-card' as const),
    }),
  },
  fc.record({ ...of('cancel'), pick }),
  { weight: 3, arbitrary: fc.record({ ...of('claim'), customer: fc.nat(2), pick }) },
  { weight: 2, arbitrary: fc.record({ ...of('redeem'), customer: fc.nat(2), pick }) },
  { weight: 2, arbitrary: fc.record({ ...of('rollback'), pick }) },
  { weight: 2, arbitrary: fc.record({ ...of('give'), customer: fc.nat(2), pick }) },
  fc.record({ ...of('revoke'), pick }),
  fc.record({ ...of('reissue'), pick }),
  fc.record({ ...of('status'), pick, to: fc.constantFrom('paused' as const, 'live' as const, 'ended' as const) }),
  fc.record({ ...of('freeze'), pick }),
  fc.record({ ...of('replace-card'), pick }),
  fc.record({ ...of('adjust'), pick, amountMinor: fc.constantFrom(-500, -1, 1, 900), days: fc.constantFrom(null, 1) }),
  fc.record({ ...of('revoke-pass'), pick }),
  fc.record({ ...of('merge'), from: fc.nat(2), into: fc.nat(2) }),
  fc.record({ ...of('part'), pick }),
  fc.record({ ...of('block'), pick }),
  fc.record({ ...of('unblock'), pick }),
  { weight: 3, arbitrary: fc.record({ ...of('wait'), hours: fc.constantFrom(1, 7, 24, 70) }) },
  fc.record({ ...of('set-clock'), hours: fc.constantFrom(-90, -20, 5) }),
);
type OddSeller = 0 | 1 | 2;
export type OddStep = typeof oddStep extends fc.Arbitrary<infer Step> ? Step : never;

const everything = Array.from({ length: 12 }, (_, at) => at);

/**
 * Two sales that ask for all that there is at once, one piece of A and something dear in each, and that both stand or of
 * which one is declined and tried again after the other: where the last use, the rest of a budget or a card is had once.
 */
const races: fc.Arbitrary<readonly OddStep[]> = fc
  .record({
    customers: fc.tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(0, 1, 2)),
    priceMinor: fc.constantFrom(99, 6_667),
    how: fc.constantFrom('both' as const, 'both' as const, 'declined' as const, 'card' as const),
    isRefunded: fc.boolean(),
    pick,
  })
  .map(({ customers: [first, second], priceMinor, how, isRefunded, pick: at }) => {
    const plain = { pieces: 1, discount: null } as const;
    const bought = [{ what: how === 'card' ? ('gift-card' as const) : ('open' as const), priceMinor, ...plain }];
    const lines = [{ what: 'A' as const, priceMinor, ...plain }, ...bought];
    const sale = { lines, vouchers: everything, units: 0, creditPercent: 0, cardPercent: 0 } as const;
    const begin = (customer: OddSeller): OddStep => ({ kind: 'begin', customer, ...sale });
    const complete: OddStep = { kind: 'complete', pick: -1 };
    const refund = { kind: 'refund', pick: -1, line: 0, thousandths: 1, isWhole: true, how: 'cash' } as const;
    const back: readonly OddStep[] = isRefunded ? [refund] : [];
    if (how === 'card') return [begin(first), { kind: 'replace-card', pick: at }, complete, ...back];
    if (how === 'both') return [begin(first), begin(second), complete, complete, ...back];
    const declined: OddStep = { kind: 'fail', pick: -1, isLeft: true };
    return [begin(first), declined, { kind: 'sell', customer: second, ...sale }, { kind: 'retry', pick: -1 }, ...back];
  });

/** So many moves, of which some are several steps that belong together. */
export const oddSteps = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: oddStep.map((step) => [step] as readonly OddStep[]) },
      { weight: 1, arbitrary: races },
    ),
    { minLength: 10, maxLength: 26 },
  )
  .map((moves) => moves.flat());

/** A sale whose card is out for its answer. */
export interface Waiting {
  readonly draft: SaleDraft;
  readonly tenderId: string;
  readonly amountMinor: number;
  readonly totalMinor: number;
  readonly dueMinor: number;
  readonly taken: readonly TenderDraft[];
}
