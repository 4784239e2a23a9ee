import fc from 'fast-check';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import type { SaleFact, SettledCondition } from '#shop/offers/judge-conditions.ts';
import type { Offer, OfferEffect } from '#shop/offers/offer.ts';
import type { PricingPolicy } from '#shop/till/price-sale.ts';
import type { ManualDiscount, PointsOff, SaleLineDraft } from '#shop/till/sale.ts';
import { basketLine, offer } from './offer-sales.ts';

/** The same sales on every machine; a failure prints its path. */
export const SEED = 20_260_314;
const PRODUCTS = ['a', 'b', 'c', 'd'];

const anyDiscount: fc.Arbitrary<ManualDiscount | null> = fc.option(
  fc.oneof(
    fc.integer({ min: 0, max: 10_000 }).map((rateBasisPoints) => ({ kind: 'percent' as const, rateBasisPoints })),
    fc.integer({ min: 0, max: 900 }).map((amountMinor) => ({ kind: 'amount' as const, amountMinor })),
  ),
  { nil: null, freq: 3 },
);

export const anyLines: fc.Arbitrary<SaleLineDraft[]> = fc
  .array(
    fc.record({
      productId: fc.constantFrom(...PRODUCTS),
      unitPriceMinor: fc.integer({ min: 0, max: 1_200 }),
      quantityThousandths: fc.oneof(
        fc.integer({ min: 1, max: 5 }).map((units) => units * 1000),
        fc.integer({ min: 1, max: 3_000 }),
      ),
      taxRateId: fc.constantFrom('none', 'ten', 'fifteen'),
      categoryId: fc.constantFrom('food', 'drink', null),
      discount: anyDiscount,
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((shapes) => shapes.map((shape, index) => ({ ...basketLine(`l${index}`, 0), ...shape })));

const rate = fc.integer({ min: 1, max: 10_000 });
const anyEffect: fc.Arbitrary<OfferEffect> = fc.oneof(
  fc.record({
    kind: fc.constant('percent' as const),
    rateBasisPoints: rate,
    capMinor: fc.option(fc.nat(500), { nil: null }),
  }),
  fc.record({ kind: fc.constant('amount' as const), amountMinor: fc.integer({ min: 1, max: 2_000 }) }),
  fc.record({ kind: fc.constant('free-units' as const), units: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant('buy-take' as const),
    buyUnits: fc.integer({ min: 1, max: 3 }),
    takeUnits: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ kind: fc.constant('fixed-price' as const), unitPriceMinor: fc.nat(900) }),
  fc.record({ kind: fc.constant('cheapest-percent' as const), rateBasisPoints: rate }),
);

const items = (categoryIds: string[]) => ({ ...EVERY_ITEM, categoryIds });
const anyFact: fc.Arbitrary<SaleFact> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('quantity' as const, 'variety' as const),
    filter: fc.constantFrom(items([]), items(['food'])),
    atLeast: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    kind: fc.constant('spend' as const),
    filter: fc.constantFrom(items([]), items(['food'])),
    amountMinor: fc.integer({ min: 1, max: 2_500 }),
    withTax: fc.boolean(),
  }),
);
const groupOf = (part: fc.Arbitrary<SettledCondition>): fc.Arbitrary<SettledCondition> =>
  fc.record({
    kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
  });
const anyConditions: fc.Arbitrary<SettledCondition> = groupOf(fc.oneof(anyFact, groupOf(anyFact)));

const anyOffer = fc.record({
  effect: anyEffect,
  scope: fc.constantFrom('item' as const, 'order' as const),
  productIds: fc.subarray(PRODUCTS),
  excludeCategoryIds: fc.constantFrom<string[]>([], ['food']),
  group: fc.constantFrom('g', 'h', 'i', 'j', 'k', 'l'),
  order: fc.nat(2),
  isExclusive: fc.constantFrom(false, false, false, true),
  basis: fc.constantFrom('remaining' as const, 'initial' as const),
  budgetMinor: fc.option(fc.nat(800), { nil: null, freq: 3 }),
  endsAtMs: fc.option(fc.nat(3), { nil: null }),
  minimum: fc.option(
    fc.record({
      amountMinor: fc.nat(2_000),
      of: fc.constantFrom('eligible' as const, 'sale' as const),
      withTax: fc.boolean(),
    }),
    { nil: null, freq: 2 },
  ),
  conditions: fc.option(anyConditions, { nil: null, freq: 2 }),
});
export function anyOffersOf(length: {
  readonly minLength?: number;
  readonly maxLength: number;
}): fc.Arbitrary<Offer[]> {
  return fc.array(anyOffer, length).map((shapes) =>
    shapes.map(({ effect, productIds, excludeCategoryIds, conditions, ...change }, index) =>
      offer(`o${index}`, effect, {
        ...change,
        ...(conditions === null ? {} : { conditions }),
        filter: { productIds, excludeCategoryIds },
      }),
    ),
  );
}
export const anyOffers = anyOffersOf({ maxLength: 7 });

const anyPoints: fc.Arbitrary<PointsOff | null> = fc.option(
  fc.record({ amountMinor: fc.nat(1_500), filtered: fc.boolean() }).map(({ amountMinor, filtered }) => ({
    programId: 'p',
    rewardId: 'r',
    points: amountMinor,
    amountMinor,
    ...(filtered
      ? { filter: offer('x', { kind: 'amount', amountMinor: 1 }, { filter: { productIds: ['a', 'b'] } }).filter }
      : {}),
  })),
  { nil: null, freq: 2 },
);
export const anyPolicy: fc.Arbitrary<Partial<PricingPolicy>> = fc.record({
  taxMode: fc.constantFrom('inclusive' as const, 'exclusive' as const),
  taxRounding: fc.constantFrom('document' as const, 'line' as const),
  offerLimits: fc.constantFrom({ maxOffers: 5, maxPerGroup: 1 }, { maxOffers: 3, maxPerGroup: 2 }),
});
export const anyMore = fc.record({ discount: anyDiscount, pointsOff: anyPoints });
