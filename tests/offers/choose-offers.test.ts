import { describe, expect, test } from 'vitest';
import { choose, pieceOf, piecesOf } from './basket-lines.ts';
import { amountOff, freeUnits, offer, percentOff } from './offer-sales.ts';

const only = (...productIds: string[]) => ({ productIds });

describe('the derivation says what every offer counted', () => {
  test('free units name their line and price, those of one price together', () => {
    // 0.01 off by hand: the first of the two pieces costs 2.99.
    const two = piecesOf('a', 3_00, 2, { lineDiscountMinor: 1 });
    expect(choose([two, pieceOf('b', 9_00)], [freeUnits('G', 2, { sourceId: 'gift' })]).trace).toEqual([
      {
        what: 'free-units',
        inputs: { offerId: 'G', lineId: 'a', units: 1, unitMinor: 2_99 },
        operation: 'units-times-price',
        rounding: 'none',
        result: 2_99,
      },
      {
        what: 'free-units',
        inputs: { offerId: 'G', lineId: 'a', units: 1, unitMinor: 3_00 },
        operation: 'units-times-price',
        rounding: 'none',
        result: 3_00,
      },
      {
        what: 'offer-free-units',
        inputs: { offerId: 'G', sourceId: 'gift', units: 2 },
        operation: 'sum-of-free-units',
        rounding: 'none',
        result: 5_99,
      },
    ]);
  });

  test.each([
    [
      percentOff('P', 1000),
      10_05,
      { rateBasisPoints: 1000, baseMinor: 10_05, upToMinor: 10_05 },
      'rate-of-base',
      'half-away-from-zero',
      1_01,
    ],
    [
      percentOff('P', 1000, { capMinor: 90 }),
      10_05,
      { rateBasisPoints: 1000, baseMinor: 10_05, upToMinor: 90 },
      'rate-of-base',
      'half-away-from-zero',
      90,
    ],
    [amountOff('A', 4_00), 10_00, { wantedMinor: 4_00, upToMinor: 10_00 }, 'amount-up-to', 'none', 4_00],
    [
      amountOff('A', 4_00, { budgetMinor: 1_00 }),
      10_00,
      { wantedMinor: 4_00, upToMinor: 1_00 },
      'amount-up-to',
      'none',
      1_00,
    ],
    [
      offer('F', { kind: 'fixed-price', unitPriceMinor: 7_00 }, { budgetMinor: 2_50 }),
      10_00,
      { wantedMinor: 3_00, upToMinor: 2_50 },
      'amount-up-to',
      'half-away-from-zero',
      2_50,
    ],
    [
      offer('C', { kind: 'cheapest-percent', rateBasisPoints: 5000 }),
      4_01,
      { rateBasisPoints: 5000, baseMinor: 4_01, upToMinor: 4_01 },
      'rate-of-base',
      'half-away-from-zero',
      2_01,
    ],
  ])('one step for %j', (one, grossMinor, inputs, operation, rounding, result) => {
    expect(choose([pieceOf('a', grossMinor)], [one]).trace).toEqual([
      {
        what: `offer-${one.effect.kind}`,
        inputs: { ...inputs, offerId: one.offerId, sourceId: one.sourceId },
        operation,
        rounding,
        result,
      },
    ]);
  });
});

test('an applied offer says who gave it and names the lines that it took something from, and no other', () => {
  const lines = [pieceOf('a', 5_00), pieceOf('b', 0), pieceOf('c', 3_00), pieceOf('d', 9_00)];
  const gift = amountOff('V', 8_00, { source: 'promotion', sourceId: 'p1', filter: only('a', 'b', 'c') });
  const chosen = choose(lines, [gift]);
  expect(chosen.applied).toEqual([
    {
      offerId: 'V',
      source: 'promotion',
      sourceId: 'p1',
      code: 'V',
      scope: 'item',
      amountMinor: 8_00,
      shares: [
        { lineId: 'a', amountMinor: 5_00 },
        { lineId: 'c', amountMinor: 3_00 },
      ],
    },
  ]);
  const free = choose([piecesOf('a', 2_00, 2), pieceOf('b', 3_00)], [freeUnits('G', 3)]).applied;
  expect(free).toMatchObject([{ offerId: 'G', amountMinor: 7_00, freeUnits: 3 }]);
  expect([chosen.remainingMinor, chosen.offerShareMinor]).toEqual([
    [0, 0, 0, 9_00],
    [5_00, 0, 3_00, 0],
  ]);
});

test('C-6: only what was taken off the whole order is a share of the order; a free unit is of its line', () => {
  const lines = [pieceOf('a', 2_00), pieceOf('b', 10_00)];
  const order = percentOff('O', 1000, { scope: 'order' });
  const item = amountOff('I', 1_00, { filter: only('b') });
  expect(choose(lines, [order, item]).orderShareMinor).toEqual([20, 90]);
  expect(choose(lines, [item]).orderShareMinor).toEqual([0, 0]);
  const gift = freeUnits('G', 1, { scope: 'order' });
  const chosen = choose(lines, [gift, order]);
  expect([chosen.offerShareMinor, chosen.orderShareMinor]).toEqual([
    [2_00, 1_00],
    [0, 1_00],
  ]);
});

describe('why an offer was left out, with the numbers', () => {
  const fifty = [pieceOf('a', 50_00)];

  test('exclusive: which offer stands alone, or which it gave way to', () => {
    const others = [amountOff('A', 3_00), amountOff('B', 4_00)];
    const alone = (minor: number) => amountOff('X', minor, { isExclusive: true });
    expect(choose(fifty, [alone(8_00), ...others]).skipped).toEqual([
      { offerId: 'A', reason: 'exclusive', facts: { byOfferId: 'X' } },
      { offerId: 'B', reason: 'exclusive', facts: { byOfferId: 'X' } },
    ]);
    expect(choose(fifty, [alone(6_00), ...others]).skipped).toEqual([
      { offerId: 'X', reason: 'exclusive', facts: { byOfferId: 'A' } },
    ]);
  });

  test('group-taken: only when the group has as many as it may', () => {
    const three = [1_00, 2_00, 3_00].map((minor, index) => amountOff(`V${index}`, minor, { group: 'g' }));
    expect(choose(fifty, three, { limits: { maxOffers: 5, maxPerGroup: 2 } }).skipped).toEqual([
      { offerId: 'V0', reason: 'group-taken', facts: { byOfferId: 'V1' } },
    ]);
    expect(choose(fifty, three, { limits: { maxOffers: 5, maxPerGroup: 3 } }).skipped).toEqual([]);
    expect(choose(fifty, three, { limits: { maxOffers: 2, maxPerGroup: 3 } }).skipped).toEqual([
      { offerId: 'V0', reason: 'too-many', facts: { limit: 2 } },
    ]);
    const other = amountOff('W', 50, { group: 'h' });
    expect(choose(fifty, [...three, other], { limits: { maxOffers: 2, maxPerGroup: 2 } }).skipped).toEqual([
      { offerId: 'V0', reason: 'group-taken', facts: { byOfferId: 'V1' } },
      { offerId: 'W', reason: 'too-many', facts: { limit: 2 } },
    ]);
  });

  test('smaller: what it would take beside the others, which then would not be had', () => {
    const lines = [pieceOf('a', 1_00), pieceOf('b', 35_00)];
    const tenth = percentOff('TEN', 1000, { minimum: { amountMinor: 36_00, of: 'sale', withTax: true } });
    const chosen = choose(lines, [tenth, freeUnits('GIFT', 1)]);
    expect(chosen.applied.map(({ offerId, amountMinor }) => [offerId, amountMinor])).toEqual([['TEN', 3_60]]);
    expect(chosen.skipped).toEqual([{ offerId: 'GIFT', reason: 'smaller', facts: { amountMinor: 1_00 } }]);
  });

  test('minimum-not-met: beside others too, where they made free what it counts', () => {
    const lines = [pieceOf('a', 10_00), pieceOf('b', 30_00)];
    const tenth = percentOff('TEN', 1000, { minimum: { amountMinor: 30_01, of: 'sale', withTax: true } });
    expect(choose(lines, [tenth, freeUnits('GIFT', 1)]).skipped).toEqual([
      { offerId: 'TEN', reason: 'minimum-not-met', facts: { neededMinor: 30_01, haveMinor: 30_00 } },
    ]);
    const met = { ...tenth, minimum: { amountMinor: 30_00, of: 'sale' as const, withTax: true } };
    expect(choose(lines, [met, freeUnits('GIFT', 1)]).skipped).toEqual([]);
    const alone = { ...tenth, minimum: { amountMinor: 40_01, of: 'sale' as const, withTax: true } };
    expect(choose(lines, [alone]).skipped).toEqual([
      { offerId: 'TEN', reason: 'minimum-not-met', facts: { neededMinor: 40_01, haveMinor: 40_00 } },
    ]);
  });

  test('no-eligible-item, nothing-left and missing pieces', () => {
    const weighed = pieceOf('w', 4_00, { quantityThousandths: 1500 });
    const byPiece = [
      freeUnits('G', 1),
      offer('C', { kind: 'cheapest-percent', rateBasisPoints: 5000 }),
      offer('B', { kind: 'buy-take', buyUnits: 2, takeUnits: 1 }),
    ];
    for (const one of byPiece)
      expect(choose([weighed], [one]).skipped).toEqual([
        { offerId: one.offerId, reason: 'no-eligible-item', facts: {} },
      ]);
    expect(choose(fifty, [percentOff('P', 1000, { filter: only('b') })]).skipped).toEqual([
      { offerId: 'P', reason: 'no-eligible-item', facts: {} },
    ]);
    expect(choose(fifty, [amountOff('V', 50_00), percentOff('P', 1000)]).skipped).toEqual([
      { offerId: 'P', reason: 'nothing-left', facts: {} },
    ]);
    expect(choose(fifty, [freeUnits('G', 1, { budgetMinor: 49_99 })]).skipped).toEqual([
      { offerId: 'G', reason: 'nothing-left', facts: {} },
    ]);
    expect(choose(fifty, [amountOff('P', 1_00, { budgetMinor: 0 })]).skipped).toEqual([
      { offerId: 'P', reason: 'nothing-left', facts: {} },
    ]);
    expect(choose([...fifty, weighed], [offer('B', { kind: 'buy-take', buyUnits: 1, takeUnits: 1 })]).skipped).toEqual([
      { offerId: 'B', reason: 'minimum-not-met', facts: { neededUnits: 2, haveUnits: 1 } },
    ]);
  });

  test('too-many: what stands beyond the thirtieth in the order of application is not looked at', () => {
    const codes = Array.from({ length: 32 }, (_, index) => `V${String(index).padStart(2, '0')}`);
    const { skipped, applied } = choose(fifty, codes.map((code) => amountOff(code, 1_00)).reverse());
    expect(applied.map(({ offerId }) => offerId)).toEqual(codes.slice(0, 5));
    expect(skipped.slice(-2)).toEqual([
      { offerId: 'V30', reason: 'too-many', facts: { limit: 30 } },
      { offerId: 'V31', reason: 'too-many', facts: { limit: 30 } },
    ]);
    expect(skipped.at(-3)).toEqual({ offerId: 'V29', reason: 'too-many', facts: { limit: 5 } });
  });
});
