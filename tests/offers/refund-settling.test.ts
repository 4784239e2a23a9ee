import { describe, expect, test } from 'vitest';
import { decideRefund, type SoldLine, type SoldSale } from '#shop/till/decide-refund.ts';
import { basketLine } from './offer-sales.ts';
import { sellAndRefund } from './refunding-till.ts';

const FIVES = { cashRounding: { stepMinor: 5, mode: 'nearest' } } as const;
const PARAGUAY = { stepMinor: 50, mode: 'customer' } as const;
const EXACT = { stepMinor: 1, mode: 'nearest' } as const;

const line = (lineId: string, netMinor: number): SoldLine => ({
  lineId,
  quantityThousandths: 1000,
  refundedThousandths: 0,
  grossMinor: netMinor,
  netMinor,
  taxMinor: 0,
  payableMinor: netMinor,
});

describe('C-53: the shop’s rule for cash has changed since the sale', () => {
  const sold = (nets: readonly number[], change: Partial<SoldSale>): SoldSale => ({
    lines: nets.map((net, index) => line(`l${index}`, net)),
    taxMode: 'inclusive',
    totalMinor: nets.reduce((sum, net) => sum + net, 0),
    cashRoundingMinor: 0,
    nonCashMinor: 0,
    cashRounding: EXACT,
    earnings: [],
    ...change,
  });

  /** What each line hands back, one after the other. */
  function oneByOne(sale: SoldSale, tenderKind: 'cash' | 'card'): number[] {
    let earlierMinor = 0;
    return sale.lines.map(({ lineId }, place) => {
      const lines = sale.lines.map((each, index) => ({ ...each, refundedThousandths: index < place ? 1000 : 0 }));
      const earlier = { amountMinor: earlierMinor, cashMinor: tenderKind === 'cash' ? earlierMinor : 0 };
      const asked = { tenderKind, lines: [{ lineId, quantityThousandths: 1000 }] };
      const decided = decideRefund({ ...sale, lines }, earlier, asked);
      if (decided.kind === 'refused') throw new Error(decided.reason);
      earlierMinor += decided.amountMinor;
      return decided.amountMinor;
    });
  }

  test('what cost nothing hands back nothing of what a new rule would have rounded', () => {
    const sale = sold([0, 90_913], { cashRounding: PARAGUAY });
    expect(oneByOne(sale, 'card')).toEqual([0, 90_913]);
    expect(oneByOne(sale, 'cash')).toEqual([0, 90_913]);
  });

  test.each(['cash', 'card'] as const)(
    'paid 90.900 for 90.913 and refunded exactly by %s: no more than was paid',
    (kind) => {
      const sale = (...nets: number[]) => sold(nets, { cashRoundingMinor: -13 });
      expect(oneByOne(sale(45_463, 45_450), kind)).toEqual([45_450, 45_450]);
      expect(oneByOne(sale(8, 90_905), kind)).toEqual([0, 90_900]);
    },
  );
});

test('F35: lines that are worth more than their sale end the operation', () => {
  const sale: SoldSale = {
    lines: [line('a', 5_00), line('b', 5_00)],
    taxMode: 'inclusive',
    totalMinor: 9_99,
    cashRoundingMinor: 0,
    nonCashMinor: 0,
    cashRounding: EXACT,
    earnings: [],
  };
  const asked = ['a', 'b'].map((lineId) => ({ lineId, quantityThousandths: 1000 }));
  const nothing = { amountMinor: 0, cashMinor: 0 };
  expect(() => decideRefund(sale, nothing, { tenderKind: 'cash', lines: asked })).toThrow(
    'a refund leaves nothing negative',
  );
  expect(decideRefund(sale, nothing, { tenderKind: 'cash', lines: asked.slice(1) })).toMatchObject({
    amountMinor: 5_00,
  });
});

test('C-53: a whole sale paid by card comes back in cash to the unit, not to the nearest coin', () => {
  const shop = sellAndRefund({ lines: [basketLine('a', 33_32)], policy: FIVES, cardMinor: 33_32 });
  expect(shop.refund([[0, 1000]], 'cash')).toMatchObject({ amountMinor: 33_32, cashRoundingMinor: 0 });
});

test('C-52: three refunds of a sale paid by credit put back a third each', () => {
  const lines = ['a', 'b', 'c'].map((id) => basketLine(id, 10_00));
  const shop = sellAndRefund({ lines, creditMinor: 30_00 });
  const back = [0, 1, 2].map((at) => shop.refund([[at, 1000]], 'cash'));
  expect(back.map(({ storedValue }) => storedValue.map(({ amountMinor }) => amountMinor))).toEqual([
    [10_00],
    [10_00],
    [10_00],
  ]);
  expect(back.map(({ tenders }) => tenders)).toEqual([[], [], []]);
});

test('C-52 C-53: what credit paid is not counted as paid by card when what stays is rounded in cash', () => {
  const shop = sellAndRefund({
    lines: [basketLine('a', 45_450), basketLine('b', 45_463)],
    creditMinor: 20_010,
    policy: { currency: 'PYG', cashRounding: PARAGUAY },
  });
  // Credit 20.010 and 70.903 in cash, rounded to 70.900; what stays, 45.463, would be 45.450 in cash.
  const parts = [0, 1].map((at) => shop.refund([[at, 1000]], 'cash'));
  expect(parts.map(({ tenders }) => tenders[0]?.amountMinor)).toEqual([25_450, 45_450]);
  expect(parts.map(({ storedValue }) => storedValue[0]?.amountMinor)).toEqual([20_010, undefined]);
});

test('C-10 C-52: nothing is kept of what goes back to credit', () => {
  const shop = sellAndRefund({ lines: [basketLine('a', 10_00)], creditMinor: 4_00, cardMinor: 6_00 });
  const { amountMinor, deductedMinor, tenders, storedValue } = shop.refund([[0, 1000]], 'card', 7_00);
  expect([amountMinor, deductedMinor, tenders]).toEqual([10_00, 6_00, []]);
  expect(storedValue).toMatchObject([{ amountMinor: 4_00 }]);
});

test('C-9 C-10 C-52: every amount of a refund says from what it came, and how it was rounded', () => {
  const shop = sellAndRefund({
    lines: [basketLine('a', 12_00)],
    pointsOff: { programId: 'p', rewardId: 'r', points: 100, amountMinor: 2_00 },
    creditMinor: 4_00,
    cardMinor: 6_00,
  });
  const { trace, tenders, kind } = shop.refund([[0, 1000]], 'card', 1_00);
  expect([kind, tenders]).toEqual(['refund', [{ kind: 'card', amountMinor: 5_00 }]]);
  expect(trace).toEqual([
    step(
      'refund-line',
      { lineId: 'a', quantityThousandths: 1000, netMinor: 10_00 },
      'share-of-units',
      'largest-remainder',
      10_00,
    ),
    step('refund', { linesMinor: 10_00, cashRoundingMinor: 0 }, 'paid-minus-kept', 'none', 10_00),
    step(
      'refund-stored-value',
      { tenderId: 'credit', kind: 'credit', wantedMinor: 10_00, upToMinor: 4_00 },
      'amount-up-to',
      'none',
      4_00,
    ),
    step('refund-deducted', { wantedMinor: 1_00, upToMinor: 1_00 }, 'amount-up-to', 'none', 1_00),
    step(
      'points-reversed',
      { earnedPoints: 10, remainingPoints: 0, alreadyReversedPoints: 0, programmeVersion: 1 },
      'earned-minus-remaining',
      'none',
      10,
    ),
    step(
      'points-returned',
      { redemptionId: 'points', usedPoints: 100, goneMinor: 2_00, beforeMinor: 0, wholeMinor: 2_00 },
      'share-of-reward',
      'half-away-from-zero',
      100,
    ),
  ]);
});

function step(what: string, inputs: object, operation: string, rounding: string, result: number) {
  return { what, inputs, operation, rounding, result };
}
