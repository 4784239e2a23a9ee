import { describe, expect, test } from 'vitest';
import { takeOffer } from '#shop/offers/apply-offer.ts';
import { type BasketState, basketOf, lineOrder, startOf } from '#shop/offers/basket.ts';
import { choose, pieceOf, piecesOf } from './basket-lines.ts';
import { amountOff, freeUnits, offer, percentOff } from './offer-sales.ts';

const only = (...productIds: string[]) => ({ productIds });
const cheapest = (rateBasisPoints: number, change: Parameters<typeof offer>[2] = {}) =>
  offer('C', { kind: 'cheapest-percent', rateBasisPoints }, change);
const fixedPrice = (unitPriceMinor: number, change: Parameters<typeof offer>[2] = {}) =>
  offer('F', { kind: 'fixed-price', unitPriceMinor }, change);
const buyTake = (buyUnits: number, takeUnits: number, change: Parameters<typeof offer>[2] = {}) =>
  offer('B', { kind: 'buy-take', buyUnits, takeUnits }, change);

describe('C-23: a tie between lines that were the same before the offers', () => {
  const state: BasketState = {
    remainingMinor: [100, 100, 100],
    freeMinor: [0, 0, 0],
    freeUnits: [0, 0, 0],
    countedUnits: [0, 0, 0],
  };
  const basket = basketOf(
    ['a', 'b', 'c'].map((id) => pieceOf(id, 100)),
    [],
    'inclusive',
  );

  test.each<readonly [string, Partial<BasketState>]>([
    ['has more left', { remainingMinor: [51, 50, 51] }],
    ['has fewer units that count already', { countedUnits: [0, 1, 0] }],
    ['has fewer free units', { freeUnits: [1, 2, 1] }],
    ['has less that is free', { freeMinor: [40, 50, 40] }],
  ])('goes to the one that %s', (_what, change) => {
    const order = lineOrder(basket, { ...state, ...change });
    expect([Math.sign(order(0, 1)), Math.sign(order(1, 0)), order(0, 2)]).toEqual([-1, 1, 0]);
  });

  test('and the earlier one of the rules decides', () => {
    const change = { remainingMinor: [50, 51, 0], countedUnits: [0, 1, 0], freeUnits: [0, 1, 0], freeMinor: [0, 9, 0] };
    expect(Math.sign(lineOrder(basket, { ...state, ...change })(0, 1))).toBe(1);
  });
});

test('the first pieces of a line cost less where a discount by hand does not divide; those of no worth are no gift', () => {
  const worth = (grossMinor: number, lineDiscountMinor: number) =>
    startOf(basketOf([pieceOf('a', grossMinor, { quantityThousandths: 3000, lineDiscountMinor })], [], 'inclusive'))
      .countedUnits;
  expect(worth(3, 0)).toEqual([0]);
  expect(worth(3, 1)).toEqual([1]);
  expect(worth(3, 2)).toEqual([2]);
  expect(worth(6, 1)).toEqual([0]);
  const weighed = pieceOf('w', 3, { quantityThousandths: 1500, lineDiscountMinor: 1 });
  expect(startOf(basketOf([weighed], [], 'inclusive')).countedUnits).toEqual([0]);
});

describe('a price of 3.00 for each piece', () => {
  test('asks nothing for a free one', () => {
    const three = piecesOf('a', 4_00, 3);
    const chosen = choose([three], [freeUnits('G', 1), fixedPrice(3_00)]);
    expect(chosen.applied.map(({ offerId, amountMinor }) => [offerId, amountMinor])).toEqual([
      ['G', 4_00],
      ['F', 2_00],
    ]);
    expect(chosen.remainingMinor).toEqual([6_00]);
  });

  test('is rounded once for a weighed quantity, and never makes anything dearer', () => {
    const weighed = (grossMinor: number, quantityThousandths: number) =>
      pieceOf('w', grossMinor, { quantityThousandths });
    expect(choose([weighed(5_00, 1001)], [fixedPrice(3_00)]).remainingMinor).toEqual([3_00]);
    expect(choose([weighed(5_00, 1002)], [fixedPrice(3_00)]).remainingMinor).toEqual([3_01]);
    expect(choose([weighed(3_00, 1000)], [fixedPrice(3_00)]).applied).toEqual([]);
    expect(choose([weighed(3_01, 1000)], [fixedPrice(3_00)]).offerShareMinor).toEqual([1]);
  });

  test('a budget that does not pay all of it is split by what each line is above', () => {
    const lines = [pieceOf('a', 4_00), pieceOf('b', 5_00), pieceOf('c', 2_00)];
    expect(choose(lines, [fixedPrice(3_00, { budgetMinor: 1_00 })]).offerShareMinor).toEqual([33, 67, 0]);
    expect(choose(lines, [fixedPrice(3_00, { budgetMinor: 3_00 })]).offerShareMinor).toEqual([1_00, 2_00, 0]);
  });
});

describe('half off the cheapest piece', () => {
  test('is half of one piece, rounded half away from zero', () => {
    expect(choose([piecesOf('a', 4_00, 2)], [cheapest(5000)]).offerShareMinor).toEqual([2_00]);
    expect(choose([pieceOf('a', 1)], [cheapest(5000)]).offerShareMinor).toEqual([1]);
    expect(choose([pieceOf('a', 1)], [cheapest(4999)]).applied).toEqual([]);
  });

  test('is of what is left of it, and of one that is not free', () => {
    const lines = [piecesOf('a', 2_00, 2), pieceOf('b', 3_00)];
    const free = freeUnits('G', 2);
    expect(choose(lines, [free, cheapest(5000)]).offerShareMinor).toEqual([4_00, 1_50]);
    expect(choose(lines, [freeUnits('G', 1), cheapest(5000)]).offerShareMinor).toEqual([3_00, 0]);
    const before = percentOff('A', 2500, { filter: only('a'), order: -1 });
    expect(choose(lines, [before, cheapest(5000)]).offerShareMinor).toEqual([1_75, 0]);
  });

  test('passes over what costs nothing by the piece', () => {
    const crumbs = pieceOf('a', 3, { quantityThousandths: 3000, lineDiscountMinor: 2 });
    expect(choose([crumbs, pieceOf('b', 4_00)], [cheapest(5000)]).offerShareMinor).toEqual([0, 2_00]);
  });

  test('wherever it stands', () => {
    const lines = [pieceOf('a', 3_00), pieceOf('b', 2_00), pieceOf('c', 4_00)];
    expect(choose(lines, [cheapest(5000)]).offerShareMinor).toEqual([0, 1_00, 0]);
    expect(choose([...lines].reverse(), [cheapest(5000)]).offerShareMinor).toEqual([0, 1_00, 0]);
  });
});

describe('C-28: free pieces', () => {
  test('buy and take are at least one', () => {
    for (const [buyUnits, takeUnits] of [
      [0, 1],
      [1, 0],
    ] as const)
      expect(() => choose([piecesOf('a', 1_00, 3)], [buyTake(buyUnits, takeUnits)])).toThrow('at least one');
  });

  test.each([
    [5, 4, 0, 0],
    [3, 1, 1_00, 1],
    [3, 9, 1_99, 1],
    [3, 9, 2_00, 2],
    [6, 9, 9_00, 6],
  ])('of %i pieces of 1.00, %i free within a budget of %i: %i', (units, gift, budgetMinor, free) => {
    const chosen = choose([piecesOf('a', 1_00, units)], [freeUnits('G', gift, { budgetMinor })]);
    expect([chosen.freeUnits, chosen.offerShareMinor]).toEqual([[free], [free * 1_00]]);
  });

  test('what a budget does not pay for, it pays for no dearer piece either', () => {
    const lines = [pieceOf('a', 2_00), pieceOf('b', 3_00), pieceOf('c', 1_00)];
    expect(choose(lines, [freeUnits('G', 3, { budgetMinor: 4_00 })]).freeUnits).toEqual([1, 0, 1]);
  });

  test('the pieces that pay for a free one are the cheapest ones after it', () => {
    // Buy 1 take 1 of five: two free, two paid; the fifth is left, and one is too few for another such offer.
    const five = piecesOf('a', 1_00, 5);
    const second = { ...buyTake(1, 1), offerId: 'D', code: 'D', group: 'D' };
    expect(choose([five], [buyTake(1, 1), second]).freeUnits).toEqual([2]);
    // Each with a budget for one: one free and one paid piece count for the first, the others for the second.
    const poor = [buyTake(1, 1), second].map((one) => ({ ...one, budgetMinor: 1_00 }));
    expect(choose([five], poor).freeUnits).toEqual([2]);
    expect(choose([piecesOf('a', 1_00, 4)], poor).freeUnits).toEqual([2]);
    expect(choose([piecesOf('a', 1_00, 3)], poor).freeUnits).toEqual([1]);
  });

  test('a gift beside a weighed line and a line that is used up takes the next piece', () => {
    const lines = [
      pieceOf('w', 50, { quantityThousandths: 500 }),
      pieceOf('a', 1_00),
      pieceOf('b', 2_00),
      pieceOf('c', 3_00),
    ];
    const offers = [freeUnits('G', 1), freeUnits('H', 1), percentOff('P', 1000, { filter: only('w') })];
    const chosen = choose(lines, offers);
    expect([chosen.freeUnits, chosen.offerShareMinor]).toEqual([
      [0, 1, 1, 0],
      [5, 1_00, 2_00, 0],
    ]);
  });
});

test('every line has its share, also those that got nothing', () => {
  const lines = [pieceOf('w', 50, { quantityThousandths: 500 }), pieceOf('a', 2_00), pieceOf('b', 3_00)];
  const onA = only('a');
  const offers = [
    freeUnits('G', 1, { filter: onA }),
    fixedPrice(1_00, { filter: onA }),
    cheapest(5000, { filter: onA }),
    percentOff('P', 1000, { filter: onA }),
    amountOff('A', 50, { filter: onA }),
  ];
  const basket = basketOf(lines, offers, 'inclusive');
  const taken = offers.map((_, index) => takeOffer(basket, startOf(basket), index));
  expect(taken.map(({ shares }) => shares)).toEqual([
    [0, 2_00, 0],
    [0, 1_00, 0],
    [0, 1_00, 0],
    [0, 20, 0],
    [0, 50, 0],
  ]);
  expect(taken.map(({ units }) => units)).toEqual([{ free: [0, 1, 0], counted: [0, 1, 0] }, null, null, null, null]);
});

test('C-23: of equal lines the higher taxed one gets the odd minor unit', () => {
  const lines = [pieceOf('a', 1_00), pieceOf('b', 1_00, { rateBasisPoints: 1500, taxRateId: 't' }), pieceOf('c', 1_00)];
  expect(choose(lines, [amountOff('A', 1)]).offerShareMinor).toEqual([0, 1, 0]);
  expect(choose(lines.slice(1), [amountOff('A', 1, { filter: only('b', 'c') })]).offerShareMinor).toEqual([1, 0]);
  expect(choose(lines, [amountOff('A', 1, { filter: only('a', 'b') })]).offerShareMinor).toEqual([0, 1, 0]);
  expect(choose([...lines].reverse(), [amountOff('A', 1, { filter: only('a', 'b') })]).offerShareMinor).toEqual([
    0, 1, 0,
  ]);
});

test('a rate on the amount before any offer leaves out the free pieces of a line', () => {
  const initial = percentOff('P', 1000, { basis: 'initial' });
  expect(choose([piecesOf('a', 10_00, 2)], [freeUnits('G', 1), initial]).remainingMinor).toEqual([9_00]);
});

test('C-19: a minimum may be asked of the whole sale by an offer on one item', () => {
  const lines = [pieceOf('a', 10_00), pieceOf('b', 30_00)];
  const of = (whose: 'sale' | 'eligible') =>
    percentOff('P', 1000, { filter: only('a'), minimum: { amountMinor: 40_00, of: whose, withTax: true } });
  expect(choose(lines, [of('sale')]).offerShareMinor).toEqual([1_00, 0]);
  expect(choose(lines, [of('eligible')]).skipped).toEqual([
    { offerId: 'P', reason: 'minimum-not-met', facts: { neededMinor: 40_00, haveMinor: 10_00 } },
  ]);
});

test('an offer that has its minimum and takes nothing says that nothing is left, also of a weighed item', () => {
  const weighed = pieceOf('w', 10_00, { quantityThousandths: 1500 });
  const minimum = { amountMinor: 10_00, of: 'eligible' as const, withTax: true };
  expect(choose([weighed], [amountOff('A', 1_00, { budgetMinor: 0, minimum })]).skipped).toEqual([
    { offerId: 'A', reason: 'nothing-left', facts: {} },
  ]);
});

test('C-28: the pieces that were paid for several free ones count once for each group', () => {
  // Nine pieces, buy 2 take 2 with a budget for two: two free, two paid. Of the other five, two more are free.
  const rich = buyTake(2, 2, { budgetMinor: 2_00 });
  const second = { ...buyTake(1, 1, { budgetMinor: 2_00 }), offerId: 'D', code: 'D', group: 'D' };
  expect(choose([piecesOf('a', 1_00, 9)], [rich, second]).freeUnits).toEqual([4]);
});
