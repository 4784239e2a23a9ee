import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CashRounding } from '#shop/money/cash-rounding.ts';
import { returnStoredValue } from '#shop/till/stored-value.ts';
import type { RefundDecision } from '#shop/till/decide-refund.ts';
import type { PricingPolicy } from '#shop/till/price-sale.ts';
import type { SaleLineDraft, TenderKind } from '#shop/till/sale.ts';
import { amountOff, basketLine, freeUnits, offer, percentOff } from './offer-sales.ts';
import { type RefundingTill, type Selling, sellAndRefund } from './refunding-till.ts';

const SEED = 20_260_314;
const PARAGUAY: CashRounding = { stepMinor: 50, mode: 'customer' };
const pointsOff = (points: number, amountMinor: number) => ({ programId: 'p', rewardId: 'r', points, amountMinor });
const sumOf = (refunds: readonly RefundDecision[], pick: (refund: RefundDecision) => number) =>
  refunds.reduce((total, refund) => total + pick(refund), 0);

test('C-8: a voucher’s share goes with the line: 17.14 back, 18 points taken, 42 stay', () => {
  const till = sellAndRefund({
    lines: [basketLine('a', 50_00), basketLine('b', 20_00)],
    offers: [amountOff('V', 10_00, { scope: 'order' })],
  });
  expect([till.priced.totalMinor, till.earned, till.priced.lines[1]?.offerShareMinor]).toEqual([60_00, 60, 2_86]);
  expect(till.refund([[1, 1000]])).toMatchObject({ amountMinor: 17_14, pointsReversed: 18, pointsReturned: 0 });
  expect(till.refund([[0, 1000]])).toMatchObject({ amountMinor: 42_86, pointsReversed: 42, isComplete: true });
});

const halves = () =>
  sellAndRefund({ lines: [basketLine('a', 50_00), basketLine('b', 50_00)], pointsOff: pointsOff(500, 10_00) });

test('C-9: a full refund hands back 90.00 and 500 points, and takes 90', () => {
  const till = halves();
  expect([till.priced.totalMinor, till.earned]).toEqual([90_00, 90]);
  expect(
    till.refund([
      [0, 1000],
      [1, 1000],
    ]),
  ).toMatchObject({
    amountMinor: 90_00,
    pointsReturned: 500,
    pointsReversed: 90,
    returns: [{ redemptionId: 'points', points: 500 }],
  });
});

test('C-9: half of the lines hands back 45.00 and 250 points, and takes 45; the other half the same', () => {
  const till = halves();
  for (const line of [0, 1]) {
    expect(till.refund([[line, 1000]])).toMatchObject({ amountMinor: 45_00, pointsReturned: 250, pointsReversed: 45 });
  }
});

test.each([
  [500, 10_00, 3, [167, 167, 166]],
  [500, 10_00, 7, [72, 71, 72, 71, 72, 71, 71]],
  [1, 10_00, 3, [0, 1, 0]],
  [3, 1, 2, [3, 0]],
])('C-9: %i points for %i on %i units come back as %j, one by one', (points, amountMinor, units, expected) => {
  const line = { ...basketLine('a', 10_00), quantityThousandths: units * 1000 };
  const till = sellAndRefund({ lines: [line], pointsOff: pointsOff(points, amountMinor) });
  const back = expected.map(() => till.refund([[0, 1000]]).pointsReturned);
  expect(back.reduce((sum, each) => sum + each, 0)).toBe(points);
  expect(back).toEqual(expected);
});

test('the points of a reward come back with the lines that it was for, and only with them', () => {
  const till = sellAndRefund({
    lines: [basketLine('a', 4_00), { ...basketLine('b', 6_00), quantityThousandths: 2000 }],
    offers: [freeUnits('GIFT', 1, { filter: { productIds: ['b'] } })],
    pricePoints: { GIFT: 120 },
  });
  expect(till.refund([[0, 1000]])).toMatchObject({ amountMinor: 4_00, returns: [] });
  expect(till.refund([[1, 1000]])).toMatchObject({
    amountMinor: 3_00,
    returns: [{ redemptionId: 'GIFT', points: 60 }],
  });
  expect(till.refund([[1, 1000]])).toMatchObject({ amountMinor: 3_00, pointsReturned: 60 });
});

test.each([
  [50_00, 1_00, 'cash', 1, 49_00, 1_00],
  [50_00, 60_00, 'cash', 1, 0, 50_00],
  [50_00, 0, 'cash', 1, 50_00, 0],
  [50_00, 1_00, 'card', 1, 49_00, 1_00],
  [50_000, 1_030, 'cash', 50, 49_000, 1_000],
  [50_000, 49, 'cash', 50, 50_000, 0],
  [50_000, 1_030, 'card', 50, 48_970, 1_030],
] as const)(
  'C-10: DEDUCT_CASH on %i keeps up to %i of the %s in steps of %i: %i is handed back, %i kept',
  (priceMinor, deductMinor, kind, stepMinor, handedMinor, keptMinor) => {
    const till = sellAndRefund({
      lines: [basketLine('a', priceMinor)],
      cardMinor: kind === 'card' ? priceMinor : 0,
      policy: { cashRounding: { stepMinor, mode: 'customer' } },
    });
    const refund = till.refund([[0, 1000]], kind, deductMinor);
    expect([refund.amountMinor, refund.deductedMinor]).toEqual([priceMinor, keptMinor]);
    expect(refund.tenders).toEqual(handedMinor === 0 ? [] : [{ kind, amountMinor: handedMinor }]);
    expect(refund.trace.filter((step) => step.what === 'refund-deducted').map((step) => step.result)).toEqual(
      keptMinor === 0 ? [] : [keptMinor],
    );
  },
);

test('C-10: what was kept is settled: the next refund neither hands it back nor keeps it again', () => {
  const till = sellAndRefund({ lines: [basketLine('a', 30_00), basketLine('b', 20_00)] });
  expect(till.refund([[0, 1000]], 'cash', 4_00).tenders).toEqual([{ kind: 'cash', amountMinor: 26_00 }]);
  expect(till.refund([[1, 1000]], 'cash')).toMatchObject({ amountMinor: 20_00, deductedMinor: 0 });
});

test('C-27: lines that share 10.00 of an offer come back as 6.66, 6.67, 6.67; so do three units', () => {
  const lines = ['a', 'b', 'c'].map((id) => basketLine(id, 10_00));
  const apart = sellAndRefund({ lines, offers: [amountOff('V', 10_00)] });
  expect([0, 1, 2].map((line) => apart.refund([[line, 1000]]).amountMinor)).toEqual([6_66, 6_67, 6_67]);
  const three = { ...basketLine('a', 10_00), quantityThousandths: 3000 };
  const together = sellAndRefund({ lines: [three], offers: [amountOff('V', 10_00)] });
  expect([0, 1, 2].map(() => together.refund([[0, 1000]]).amountMinor)).toEqual([6_66, 6_67, 6_67]);
});

test('C-28: of buy 2 take 1 every unit that comes back is worth its part of what was paid', () => {
  const line = { ...basketLine('a', 5_10), quantityThousandths: 3000 };
  const till = sellAndRefund({ lines: [line], offers: [offer('BT', { kind: 'buy-take', buyUnits: 2, takeUnits: 1 })] });
  expect([0, 1, 2].map(() => till.refund([[0, 1000]]).amountMinor)).toEqual([3_40, 3_40, 3_40]);
});

test('a line that is named with nothing of it does not keep the others from coming back', () => {
  const till = sellAndRefund({ lines: [basketLine('a', 3_00), basketLine('b', 4_00)] });
  const refund = till.refund([
    [0, 0],
    [1, 1000],
  ]);
  expect([refund.amountMinor, refund.lines.length, refund.isComplete]).toEqual([4_00, 1, false]);
  expect(() => till.refund([[0, 0]])).toThrow('nothing-to-refund');
});

test('C-52: 30.00 of credit go back first, then the card', () => {
  const till = sellAndRefund({
    lines: [basketLine('a', 50_00), basketLine('b', 50_00)],
    creditMinor: 30_00,
    cardMinor: 70_00,
  });
  expect(till.refund([[0, 1000]], 'card')).toMatchObject({
    amountMinor: 50_00,
    storedValue: [{ tenderId: 'credit', kind: 'credit', amountMinor: 30_00 }],
    tenders: [{ kind: 'card', amountMinor: 20_00 }],
  });
  expect(till.refund([[1, 1000]], 'card')).toMatchObject({
    storedValue: [],
    tenders: [{ kind: 'card', amountMinor: 50_00 }],
  });
});

test('C-52: several accounts get their money back in order, each up to what it paid', () => {
  const tender = (tenderId: string, amountMinor: number, returnedMinor = 0) =>
    ({ tenderId, kind: 'credit', amountMinor, returnedMinor }) as const;
  const of = (minor: number) =>
    returnStoredValue([tender('a', 10, 10), tender('b', 20, 5), tender('c', 30)], minor).map((each) => [
      each.tenderId,
      each.amountMinor,
    ]);
  expect([of(0), of(15), of(16), of(99)]).toEqual([
    [],
    [['b', 15]],
    [
      ['b', 15],
      ['c', 1],
    ],
    [
      ['b', 15],
      ['c', 30],
    ],
  ]);
});

test('C-53: with credit and cash in guaraníes, cash is rounded once and the slices sum to what was paid', () => {
  const till = sellAndRefund({
    lines: [basketLine('a', 45_463), basketLine('b', 45_450)],
    creditMinor: 20_000,
    policy: { currency: 'PYG', cashRounding: PARAGUAY },
  });
  expect(till.paidMinor).toBe(90_900);
  const refunds = [till.refund([[0, 1000]]), till.refund([[1, 1000]])];
  expect(sumOf(refunds, (refund) => refund.amountMinor)).toBe(90_900);
  expect(refunds.map((refund) => (refund.tenders[0]?.amountMinor ?? 0) % 50)).toEqual([0, 0]);
  expect(refunds[0]?.storedValue[0]?.amountMinor).toBe(20_000);
});

const anyLine: fc.Arbitrary<SaleLineDraft> = fc
  .record({
    productId: fc.constantFrom('a', 'b', 'c'),
    unitPriceMinor: fc.integer({ min: 0, max: 2_000 }),
    quantityThousandths: fc.oneof(
      fc.integer({ min: 1, max: 5 }).map((units) => units * 1000),
      fc.integer({ min: 1, max: 4_000 }),
    ),
    taxRateId: fc.constantFrom('none', 'ten', 'fifteen'),
  })
  .map((shape) => ({ ...basketLine('x', 0), ...shape }));
const anyOffers = fc.subarray([
  percentOff('ORDER', 1_333, { scope: 'order' }),
  amountOff('ITEM', 777, { filter: { productIds: ['a', 'b'] } }),
  freeUnits('GIFT', 1),
  offer('BT', { kind: 'buy-take', buyUnits: 2, takeUnits: 1 }, { filter: { productIds: ['c'] } }),
  offer('FIX', { kind: 'fixed-price', unitPriceMinor: 950 }),
]);
const anySelling: fc.Arbitrary<Selling> = fc.record({
  lines: fc
    .array(anyLine, { minLength: 1, maxLength: 4 })
    .map((lines) => lines.map((line, index) => ({ ...line, lineId: `l${index}` }))),
  offers: anyOffers,
  discount: fc.option(
    fc.nat(3_000).map((amountMinor) => ({ kind: 'amount' as const, amountMinor })),
    { nil: null },
  ),
  pointsOff: fc.option(
    fc.tuple(fc.integer({ min: 1, max: 900 }), fc.nat(2_000)).map(([points, minor]) => pointsOff(points, minor)),
    {
      nil: null,
    },
  ),
  policy: fc.record<Partial<PricingPolicy>>({
    taxMode: fc.constantFrom('inclusive' as const, 'exclusive' as const),
    taxRounding: fc.constantFrom('document' as const, 'line' as const),
    cashRounding: fc.constantFrom<CashRounding>({ stepMinor: 1, mode: 'nearest' }, PARAGUAY, {
      stepMinor: 5,
      mode: 'nearest',
    }),
  }),
  creditMinor: fc.option(fc.nat(5_000), { nil: 0 }),
  cardMinor: fc.option(fc.nat(5_000), { nil: 0 }),
  pricePoints: fc.constant({ GIFT: 100, ITEM: 77 }),
});
const anySlices = fc.array(
  fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 2_500 }), fc.constantFrom<TenderKind>('cash', 'card')),
  { maxLength: 7 },
);

function refundRest(till: RefundingTill, lines: number, kind: TenderKind): RefundDecision[] {
  const rest = Array.from({ length: lines }, (_, line) => [line, till.leftOf(line)] as const).filter(
    ([, left]) => left > 0,
  );
  return rest.length === 0 ? [] : [till.refund(rest, kind)];
}

test('C-7 C-9 C-27 C-52: in any slicing money, points and stored value sum to a refund at once, and nothing is negative', () => {
  fc.assert(
    fc.property(anySelling, anySlices, (selling, slices) => {
      const till = sellAndRefund(selling);
      const count = selling.lines.length;
      const restKind = (selling.cardMinor ?? 0) > 0 ? 'card' : 'cash';
      const refunds: RefundDecision[] = [];
      for (const [pick, wanted, kind] of slices) {
        const line = pick % count;
        const quantity = Math.min(wanted, till.leftOf(line));
        if (quantity > 0) refunds.push(till.refund([[line, quantity]], kind));
      }
      refunds.push(...refundRest(till, count, restKind));
      const [atOnce] = refundRest(sellAndRefund(selling), count, restKind);
      expect(refunds.at(-1)?.isComplete).toBe(true);
      expect(sumOf(refunds, (refund) => refund.amountMinor)).toBe(till.paidMinor);
      expect(atOnce?.amountMinor).toBe(till.paidMinor);
      for (const pick of [
        (refund: RefundDecision) => refund.taxMinor,
        (refund: RefundDecision) => refund.pointsReversed,
        (refund: RefundDecision) => refund.pointsReturned,
        (refund: RefundDecision) => refund.storedValue.reduce((sum, each) => sum + each.amountMinor, 0),
        (refund: RefundDecision) => refund.lines.reduce((sum, line) => sum + line.amountMinor, 0),
      ]) {
        expect(sumOf(refunds, pick)).toBe(atOnce === undefined ? 0 : pick(atOnce));
      }
      const spent = [till.priced.pointsOff, ...till.priced.offers].flatMap((each) => each ?? []);
      const spentPoints = spent
        .filter((each) => each.amountMinor > 0)
        .reduce((sum, each) => sum + ('points' in each ? each.points : (selling.pricePoints?.[each.offerId] ?? 0)), 0);
      expect(sumOf(refunds, (refund) => refund.pointsReturned)).toBe(spentPoints);
      for (const refund of refunds) {
        const handed = [...refund.tenders, ...refund.storedValue].reduce((sum, each) => sum + each.amountMinor, 0);
        expect(handed + refund.deductedMinor).toBe(refund.amountMinor);
        expect([refund.pointsReturned >= 0, refund.pointsReversed >= 0, refund.amountMinor >= 0]).toEqual([
          true,
          true,
          true,
        ]);
        expect(refund.lines.every((line) => line.amountMinor >= 0 && line.taxMinor >= 0)).toBe(true);
      }
    }),
    { numRuns: 1500, seed: SEED },
  );
});
