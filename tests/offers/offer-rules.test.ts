import { expect, test } from 'vitest';
import { type BasketLine, basketOf, lineOrder, startOf, unitPricesOf } from '#shop/offers/basket.ts';
import { coversEverything, EVERY_ITEM, matchesFilter } from '#shop/offers/item-filter.ts';
import { byApplication, byPreference } from '#shop/offers/offer-order.ts';
import type { Offer } from '#shop/offers/offer.ts';
import { amountOff, basketLine, freeUnits, offer, percentOff, priceOf, skipsOf, taxed } from './offer-sales.ts';

const buyTake = (code: string, buyUnits: number, takeUnits: number) =>
  offer(code, { kind: 'buy-take', buyUnits, takeUnits });
const fixedPrice = (code: string, unitPriceMinor: number) => offer(code, { kind: 'fixed-price', unitPriceMinor });
const cheapest = (code: string, rateBasisPoints: number) => offer(code, { kind: 'cheapest-percent', rateBasisPoints });
const codesOf = (offers: readonly Offer[]) => offers.map((one) => one.code);

test.each([
  [{}, true],
  [{ productIds: ['p'] }, true],
  [{ productIds: ['q'] }, false],
  [{ categoryIds: ['c'] }, true],
  [{ categoryIds: ['d'] }, false],
  [{ tags: ['hot'] }, true],
  [{ tags: ['cold'] }, false],
  [{ productIds: ['q'], tags: ['hot'] }, true],
  [{ productIds: ['q'], categoryIds: ['d'], tags: ['cold'] }, false],
  [{ excludeProductIds: ['p'] }, false],
  [{ excludeProductIds: ['q'] }, true],
  [{ productIds: ['p'], excludeCategoryIds: ['c'] }, false],
  [{ categoryIds: ['c'], excludeTags: ['hot'] }, false],
  [{ categoryIds: ['c'], excludeTags: ['cold'] }, true],
])('a filter %j covers the item: %s', (filter, isCovered) => {
  const item = { productId: 'p', categoryId: 'c', tags: ['new', 'hot'] };
  expect(matchesFilter(item, { ...EVERY_ITEM, ...filter })).toBe(isCovered);
  expect(coversEverything({ ...EVERY_ITEM, ...filter })).toBe(Object.keys(filter).length === 0);
});

test('an item without product, category and tags is covered by what names nothing', () => {
  expect(matchesFilter({ productId: null, categoryId: null }, EVERY_ITEM)).toBe(true);
  expect(matchesFilter({}, { ...EVERY_ITEM, productIds: ['p'], categoryIds: ['c'], tags: ['t'] })).toBe(false);
});

test('C-23: the order of application is by level, kind, group order, code', () => {
  const inOrder = [
    freeUnits('z9', 1, { scope: 'order' }),
    { ...buyTake('z8', 1, 1), scope: 'order' as const },
    fixedPrice('z7', 1),
    percentOff('z5', 1, { order: 1 }),
    cheapest('z6', 1),
    amountOff('z3', 1, { order: -1 }),
    amountOff('z1', 1),
    amountOff('z2', 1),
    percentOff('a2', 1, { scope: 'order' }),
    amountOff('a1', 1, { scope: 'order' }),
  ];
  const expected = ['z9', 'z8', 'z7', 'z6', 'z5', 'z3', 'z1', 'z2', 'a2', 'a1'];
  expect(codesOf([...inOrder].sort(byApplication))).toEqual(expected);
  expect(codesOf([...inOrder].reverse().sort(byApplication))).toEqual(expected);
});

test.each<readonly [string, Offer, Offer, number]>([
  ['9.00 before 10 %', amountOff('F', 9_00), percentOff('P', 1000), 100],
  ['10 % before 11.00', percentOff('P', 1000), amountOff('F', 11_00), 100],
  ['9 guaraníes before 10 %', amountOff('F', 9), percentOff('P', 1000), 1],
  ['10 % before 1.000 guaraníes', percentOff('P', 1000), amountOff('F', 1000), 1],
  ['two units before 3 %', freeUnits('U', 2), percentOff('P', 300), 100],
  ['2 % before three units', percentOff('P', 200), freeUnits('U', 3), 100],
  ['take 1 before take 2', buyTake('B', 9, 1), buyTake('A', 1, 2), 100],
  ['a price of 1.50 before take 2', fixedPrice('F', 1_50), buyTake('A', 9, 2), 100],
  ['take 2 before 2.50', buyTake('B', 9, 2), fixedPrice('A', 2_50), 100],
  ['a price of 1.50 before 2 % off the cheapest', fixedPrice('F', 1_50), cheapest('C', 200), 100],
  ['the earlier end', amountOff('B', 1, { endsAtMs: 5 }), amountOff('A', 1, { endsAtMs: 6 }), 100],
  ['an end before none', amountOff('B', 1, { endsAtMs: 5 }), amountOff('A', 1), 100],
  ['the code', amountOff('A', 1, { offerId: 'y' }), amountOff('B', 1, { offerId: 'x' }), 100],
  ['the id', amountOff('A', 1, { offerId: 'x' }), amountOff('A', 1, { offerId: 'y' }), 100],
])('C-22: where the money is the same, %s wins', (_what, first, second, minorPerMajor) => {
  const prefer = byPreference(minorPerMajor);
  expect([Math.sign(prefer(first, second)), Math.sign(prefer(second, first)), prefer(first, first)]).toEqual([
    -1, 1, 0,
  ]);
});

const line = (change: Partial<BasketLine> = {}): BasketLine => ({
  lineId: 'l',
  productId: 'p',
  categoryId: null,
  tags: [],
  quantityThousandths: 1000,
  grossMinor: 100,
  lineDiscountMinor: 0,
  taxRateId: 'b',
  rateBasisPoints: 1000,
  mark: 1,
  ...change,
});

test.each<readonly [string, Partial<BasketLine>, Partial<BasketLine>]>([
  ['the higher tax', { rateBasisPoints: 2000 }, {}],
  ['the tax’s id', { taxRateId: 'a' }, {}],
  ['the smaller mark', { mark: 0 }, {}],
  ['fewer offers', { productId: 'other' }, {}],
  ['the dearer', { grossMinor: 101 }, {}],
  ['the smaller quantity', {}, { quantityThousandths: 2000 }],
  ['the smaller gross', {}, { grossMinor: 110, lineDiscountMinor: 10 }],
])('C-23: a tie between lines goes to %s', (_what, first, second) => {
  const onP = percentOff('P', 1, { filter: { productIds: ['p'] } });
  const basket = basketOf([line(first), line(second), line(first)], [onP], 'inclusive');
  const order = lineOrder(basket, startOf(basket));
  expect([Math.sign(order(0, 1)), Math.sign(order(1, 0)), order(0, 2)]).toEqual([-1, 1, 0]);
});

test.each([
  [9_00, 0, 3, 3_00, 0],
  [9_00, 1, 3, 3_00, 1],
  [9_00, 5, 3, 2_99, 2],
  [3, 3, 3, 0, 0],
  [3, 1, 3, 1, 1],
])(
  'units of a line of %i with %i off: each of %i costs %i, the first %i one less',
  (grossMinor, lineDiscountMinor, units, unitMinor, cheaperUnits) => {
    expect(unitPricesOf(line({ grossMinor, lineDiscountMinor }), units)).toEqual({ unitMinor, cheaperUnits });
  },
);

const withOff = (id: string, unitPriceMinor: number, units: number, amountMinor: number) => ({
  ...basketLine(id, unitPriceMinor),
  quantityThousandths: units * 1000,
  discount: { kind: 'amount' as const, amountMinor },
});

test('free units of a line with a discount by hand cost what they cost after it, the first ones least', () => {
  const gift = (units: number) => freeUnits('G', units);
  const sharesOf = (units: number) => priceOf([withOff('a', 3_00, 3, 4)], [gift(units)]).lines[0]?.offerShareMinor;
  expect([sharesOf(1), sharesOf(2), sharesOf(3), sharesOf(9)]).toEqual([2_98, 5_97, 8_96, 8_96]);
  // The first unit costs nothing by hand already: the gift is the second, and a second gift the third.
  const two = priceOf([withOff('a', 1, 3, 1)], [gift(1), { ...gift(1), offerId: 'H', code: 'H', group: 'H' }]);
  expect(two.offers.map((one) => one.amountMinor)).toEqual([1, 1]);
  const nothing = priceOf([withOff('a', 1, 3, 3)], [gift(1)]);
  expect(skipsOf(nothing)).toEqual([['G', 'no-eligible-item']]);
});

test('two gifts take the two cheapest units, wherever they lie', () => {
  const lines = [withOff('a', 3_00, 2, 0), basketLine('b', 2_00), basketLine('c', 9_00)];
  const sale = priceOf(lines, [freeUnits('G', 1), freeUnits('H', 1)]);
  expect(sale.lines.map((one) => one.freeThousandths)).toEqual([1000, 1000, 0]);
  expect(sale.offers.map((one) => one.amountMinor)).toEqual([2_00, 3_00]);
});

test('paid units of one buy-and-take do not pay for another one', () => {
  const six = { ...basketLine('a', 1_00), quantityThousandths: 6000 };
  const five = { ...six, quantityThousandths: 5000 };
  const offers = [buyTake('A', 2, 1), buyTake('B', 2, 1)];
  // Six: the first offer counts all of them. Five: it counts three, and two are too few for the second.
  expect(priceOf([six], offers).offers.map((one) => one.amountMinor)).toEqual([2_00]);
  expect(priceOf([five], offers).offers.map((one) => one.amountMinor)).toEqual([1_00]);
  const ten = { ...six, quantityThousandths: 10_000 };
  const all = [buyTake('A', 4, 1), { ...buyTake('B', 1, 1), order: 1, budgetMinor: 1_00 }];
  expect(priceOf([ten], all).offers.map((one) => [one.offerId, one.amountMinor])).toEqual([['A', 2_00]]);
  const pair = [buyTake('A', 1, 1), { ...buyTake('B', 2, 1), order: 1 }];
  expect(priceOf([{ ...six, quantityThousandths: 7000 }], pair).lines[0]?.freeThousandths).toBe(3000);
});

test('the cheapest item is the cheapest that still costs something; of equal ones the higher taxed, then the earlier', () => {
  const half = cheapest('C', 5000);
  const of = (lines: Parameters<typeof priceOf>[0]) => priceOf(lines, [half]).lines.map((one) => one.offerShareMinor);
  expect(of([basketLine('a', 0), basketLine('b', 6_00), basketLine('c', 4_00)])).toEqual([0, 0, 2_00]);
  expect(of([basketLine('a', 4_00), taxed(basketLine('b', 4_00))])).toEqual([0, 2_00]);
  expect(of([basketLine('a', 4_00), basketLine('b', 4_00)])).toEqual([2_00, 0]);
  expect(of([{ ...basketLine('a', 1_00), quantityThousandths: 1500 }, basketLine('b', 4_00)])).toEqual([0, 2_00]);
});

test.each([
  [percentOff('P', 5000, { capMinor: 3_00 }), 3_00],
  [percentOff('P', 5000, { budgetMinor: 2_00, capMinor: 3_00 }), 2_00],
  [percentOff('P', 333), 33],
  [percentOff('P', 335), 34],
  [amountOff('A', 4_00, { budgetMinor: 1_00 }), 1_00],
  [cheapest('C', 5000), 5_00],
  [{ ...cheapest('C', 5000), budgetMinor: 1_23 }, 1_23],
  [{ ...fixedPrice('F', 7_00), budgetMinor: 5_00 }, 3_00],
])('cap and budget cut what was computed (case %#)', (one, savedMinor) => {
  expect(priceOf([basketLine('a', 10_00)], [one]).discountMinor).toBe(savedMinor);
});

test('a rate on the initial amount forgets what other offers took, but not what is free', () => {
  const lines = [basketLine('a', 10_00), basketLine('b', 90_00)];
  const first = percentOff('A', 5000, { order: 0 });
  const second = (basis: 'initial' | 'remaining') => percentOff('B', 1000, { order: 1, basis });
  expect(priceOf(lines, [first, second('initial')]).totalMinor).toBe(40_00);
  expect(priceOf(lines, [first, second('remaining')]).totalMinor).toBe(45_00);
  expect(priceOf(lines, [freeUnits('G', 1), second('initial')]).totalMinor).toBe(81_00);
  const nothingForA = amountOff('A', 10_00, { filter: { productIds: ['a'] } });
  expect(priceOf(lines, [nothingForA, { ...second('initial'), scope: 'order' }]).totalMinor).toBe(80_00);
});

test('two gifts that are small alone are found where together they beat a large one that stands alone', () => {
  const lines = [basketLine('a', 8_00), basketLine('b', 1_00), basketLine('c', 9_00)];
  const large = freeUnits('A', 1, { isExclusive: true, filter: { productIds: ['a'] } });
  const small = (code: string) => freeUnits(code, 1, { filter: { productIds: ['b', 'c'] } });
  const sale = priceOf(lines, [large, small('B'), small('C')]);
  expect([sale.discountMinor, sale.offers.map((one) => one.offerId)]).toEqual([10_00, ['B', 'C']]);
});

test('an offer by the piece says whether pieces are missing or there are none', () => {
  const weighed = { ...basketLine('w', 4_00), quantityThousandths: 1500 };
  expect(skipsOf(priceOf([weighed], [buyTake('A', 2, 1)]))).toEqual([['A', 'no-eligible-item']]);
  const both = priceOf([weighed, basketLine('b', 1_00)], [buyTake('A', 2, 1)]);
  expect(both.skippedOffers).toEqual([
    { offerId: 'A', reason: 'minimum-not-met', facts: { neededUnits: 3, haveUnits: 1 } },
  ]);
});

test('every rounded step of a derivation says how', () => {
  const sale = priceOf(
    [
      {
        ...taxed(basketLine('a', 3_33)),
        quantityThousandths: 1255,
        discount: { kind: 'percent', rateBasisPoints: 333 },
      },
    ],
    [percentOff('P', 333), { ...fixedPrice('F', 3_00), group: 'f' }],
    {},
    { discount: { kind: 'percent', rateBasisPoints: 333 } },
  );
  expect(sale.trace.map((step) => [step.what, step.rounding])).toEqual([
    ['line-gross', 'half-away-from-zero'],
    ['line-discount', 'half-away-from-zero'],
    ['offer-fixed-price', 'half-away-from-zero'],
    ['offer-percent', 'half-away-from-zero'],
    ['sale-discount', 'largest-remainder'],
    ['tax', 'half-away-from-zero'],
    ['total', 'none'],
  ]);
});
