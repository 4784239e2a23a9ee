import { describe, expect, test } from 'vitest';
import { programmeSchema } from '#shop/points/programme.ts';
import { decideRefund, type SoldSale } from '#shop/till/decide-refund.ts';
import type { SoldLine } from '#shop/till/decide-refund.ts';
import { basketLine } from './offer-sales.ts';
import { sellAndRefund } from './refunding-till.ts';

const FIVES = { cashRounding: { stepMinor: 5, mode: 'nearest' } } as const;
const UPWARDS = { cashRounding: { stepMinor: 50, mode: 'customer' } } as const;
const baskets = (...prices: number[]) => prices.map((price, index) => basketLine(`l${index}`, price));

describe('C-53: what goes back in cash can be paid in coins, and all refunds sum to what was paid', () => {
  test('a sale paid by card, returned in cash: a part is rounded, the last hands back all that is left', () => {
    const shop = sellAndRefund({ lines: baskets(33_33, 33_33, 33_34), policy: FIVES, cardMinor: 100_00 });
    expect([0, 1, 2].map((line) => shop.refund([[line, 1000]], 'cash').amountMinor)).toEqual([33_35, 33_30, 33_35]);
  });

  test('the same by card is exact', () => {
    const shop = sellAndRefund({ lines: baskets(33_33, 33_33, 33_34), policy: FIVES, cardMinor: 100_00 });
    expect([0, 1, 2].map((line) => shop.refund([[line, 1000]], 'card').amountMinor)).toEqual([33_33, 33_33, 33_34]);
  });

  test('first by card, then in cash: what went back otherwise is not rounded again', () => {
    const shop = sellAndRefund({ lines: baskets(33_33, 33_33, 33_34), policy: FIVES, cardMinor: 100_00 });
    const amounts = [
      shop.refund([[0, 1000]], 'card').amountMinor,
      shop.refund([[1, 1000]], 'cash').amountMinor,
      shop.refund([[2, 1000]], 'card').amountMinor,
    ];
    expect(amounts).toEqual([33_33, 33_35, 33_32]);
  });

  test('a sale paid in cash: each part is what the rest would no longer cost', () => {
    const shop = sellAndRefund({ lines: baskets(454, 456, 457), policy: UPWARDS });
    expect(shop.paidMinor).toBe(1350);
    const parts = [0, 1, 2].map((line) => shop.refund([[line, 1000]], 'cash'));
    expect(parts.map(({ amountMinor }) => amountMinor)).toEqual([450, 450, 450]);
    expect(parts.map(({ cashRoundingMinor }) => cashRoundingMinor)).toEqual([-4, -6, -7]);
  });

  test('paid partly by card, partly in cash: the card keeps paying for what stays', () => {
    const shop = sellAndRefund({ lines: baskets(60_03, 40_04), policy: FIVES, cardMinor: 50_00 });
    expect(shop.paidMinor).toBe(100_05);
    expect(shop.refund([[0, 1000]], 'cash').amountMinor).toBe(60_00);
    expect(shop.refund([[1, 1000]], 'cash').amountMinor).toBe(40_05);
  });

  test('C-52: stored value goes back first and is never rounded', () => {
    const shop = sellAndRefund({
      lines: baskets(33_33, 33_33, 33_34),
      policy: FIVES,
      creditMinor: 40_01,
      cardMinor: 9_99,
    });
    const parts = [0, 1, 2].map((line) => shop.refund([[line, 1000]], 'cash'));
    expect(parts.map(({ storedValue }) => storedValue.map(({ amountMinor }) => amountMinor))).toEqual([
      [33_33],
      [6_68],
      [],
    ]);
    expect(parts.map(({ tenders }) => tenders)).toEqual([
      [],
      [{ kind: 'cash', amountMinor: 26_65 }],
      [{ kind: 'cash', amountMinor: 33_34 }],
    ]);
  });
});

test('C-10: what is kept leaves coins to hand over, the odd part in the customer’s favour, never more than goes back', () => {
  const kept = (deductMinor: number, tenderKind: 'cash' | 'card') => {
    const shop = sellAndRefund({ lines: baskets(50_00), policy: FIVES, cardMinor: 50_00 });
    const { deductedMinor, tenders, amountMinor, trace } = shop.refund([[0, 1000]], tenderKind, deductMinor);
    const steps = trace.filter(({ what }) => what === 'refund-deducted').map(({ inputs, result }) => [inputs, result]);
    return [amountMinor, deductedMinor, tenders[0]?.amountMinor ?? 0, steps];
  };
  expect(kept(1_03, 'card')).toEqual([50_00, 1_03, 48_97, [[{ wantedMinor: 1_03, upToMinor: 1_03 }, 1_03]]]);
  expect(kept(1_03, 'cash')).toEqual([50_00, 1_00, 49_00, [[{ wantedMinor: 1_03, upToMinor: 1_00 }, 1_00]]]);
  expect(kept(60_00, 'card')).toEqual([50_00, 50_00, 0, [[{ wantedMinor: 60_00, upToMinor: 50_00 }, 50_00]]]);
  expect(kept(0, 'card')).toEqual([50_00, 0, 50_00, []]);
});

describe('what remains of a line is earned anew with all that earning reads', () => {
  const line = (lineId: string, change: Partial<SoldLine> = {}): SoldLine => ({
    lineId,
    quantityThousandths: 2000,
    refundedThousandths: 0,
    grossMinor: 20_00,
    pointsShareMinor: 0,
    netMinor: 20_00,
    taxMinor: 0,
    payableMinor: 20_00,
    ...change,
  });

  function sold(lines: readonly SoldLine[], rules: object[], points: number, change: object = {}): SoldSale {
    const programme = programmeSchema.parse({ name: 'P', rules, ...change });
    const totalMinor = lines.reduce((sum, each) => sum + each.payableMinor, 0);
    return {
      lines,
      taxMode: 'inclusive',
      totalMinor,
      cashRoundingMinor: 0,
      nonCashMinor: 0,
      cashRounding: { stepMinor: 1, mode: 'nearest' },
      earnings: [
        {
          programId: 'p',
          points,
          context: null,
          alreadyReversedPoints: 0,
          version: { versionId: 'v', version: 1, programme },
        },
      ],
    };
  }
  const SPEND = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 };
  const reversed = (sale: SoldSale, thousandths = 1000) => {
    const request = { tenderKind: 'card', lines: [{ lineId: 'a', quantityThousandths: thousandths }] } as const;
    const decided = decideRefund(sale, { amountMinor: 0, cashMinor: 0 }, request);
    return decided.kind === 'refund' ? decided.pointsReversed : decided.reason;
  };

  test.each([
    [{ productIds: ['p'] }, { productId: 'p' }],
    [{ categoryIds: ['c'] }, { categoryId: 'c' }],
    [{ tags: ['t'] }, { tags: ['t'] }],
  ])('C-7: a rule on %j finds what is left of its line', (filter, facts) => {
    expect(reversed(sold([line('a', facts), line('b')], [{ ...SPEND, filter }], 20))).toBe(10);
  });

  test('C-7: units that are left count, less those that were free', () => {
    const byUnit = { ruleId: 'u', kind: 'product', pointsPerUnit: 5 };
    expect(reversed(sold([line('a')], [byUnit], 10))).toBe(5);
    expect(reversed(sold([line('a')], [byUnit], 10), 2000)).toBe(10);
    const half = line('a', { quantityThousandths: 4000, freeThousandths: 2000 });
    expect(reversed(sold([half], [byUnit], 10), 2000)).toBe(5);
  });

  test('C-38: what is left of stored value still earns nothing', () => {
    expect(reversed(sold([line('a'), line('b', { isStoredValue: true })], [SPEND], 20))).toBe(10);
  });

  test('C-6 C-39: shares of the order and of points go with their line', () => {
    const onFood = [{ ...SPEND, filter: { categoryIds: ['food'] } }];
    const food = line('a', { categoryId: 'food', orderDiscountShareMinor: 4_00 });
    expect(reversed(sold([food], onFood, 24, { discountsLower: 'in-filter-only' }))).toBe(12);
    const paid = line('a', { grossMinor: 26_00, pointsShareMinor: 6_00 });
    expect(reversed(sold([paid], [SPEND], 26, { pointsDiscountLowers: false }))).toBe(13);
  });

  test('C-52: where stored value does not count, what it paid of the whole sale stays out', () => {
    const sale = sold([line('a'), line('b')], [SPEND], 20, { storedValueTenderCounts: false });
    const credit = { tenderId: 't', kind: 'credit', amountMinor: 20_00, returnedMinor: 0 } as const;
    expect(reversed({ ...sale, nonCashMinor: 20_00, storedValueFirst: [credit] })).toBe(5);
  });

  test('a visit ends with the last line, and a sale that earned nothing takes nothing back', () => {
    const visit = { ruleId: 'v', kind: 'visit', points: 7 };
    expect(reversed(sold([line('a')], [visit], 7), 1000)).toBe(0);
    expect(reversed(sold([line('a')], [visit], 7), 2000)).toBe(7);
    const request = { tenderKind: 'card', lines: [{ lineId: 'a', quantityThousandths: 1000 }] } as const;
    const none = decideRefund({ ...sold([line('a')], [], 0), earnings: [] }, { amountMinor: 0, cashMinor: 0 }, request);
    expect(none).toMatchObject({ reversals: [], pointsReversed: 0, pointsReturned: 0 });
    expect(none.kind === 'refund' && none.trace).toEqual([
      {
        what: 'refund-line',
        inputs: { lineId: 'a', quantityThousandths: 1000, netMinor: 10_00 },
        operation: 'share-of-units',
        rounding: 'largest-remainder',
        result: 10_00,
      },
      {
        what: 'refund',
        inputs: { linesMinor: 10_00, cashRoundingMinor: 0 },
        operation: 'paid-minus-kept',
        rounding: 'none',
        result: 10_00,
      },
    ]);
  });

  test('F35: what no refund may ask for ends the operation, what a person may ask for wrongly is refused', () => {
    const sale = sold([line('a')], [], 0);
    const ask =
      (lineId: string, quantityThousandths: number, deductMinor = 0) =>
      () =>
        decideRefund(
          sale,
          { amountMinor: 0, cashMinor: 0 },
          { tenderKind: 'card', lines: [{ lineId, quantityThousandths }], deductMinor },
        );
    for (const quantity of [-1, 0.5]) expect(ask('a', quantity)).toThrow('a refunded quantity is not negative');
    for (const deduct of [-1, 0.5]) expect(ask('a', 1000, deduct)).toThrow('what is kept is not negative');
    expect(ask('x', 1000)()).toMatchObject({ reason: 'not-found', facts: { kind: 'sale-line', lineId: 'x' } });
    expect(ask('a', 2001)()).toMatchObject({
      reason: 'refund-exceeds-sale',
      facts: { lineId: 'a', leftThousandths: 2000 },
    });
    expect(ask('a', 0)()).toMatchObject({ reason: 'nothing-to-refund' });
    const strange = {
      ...sale,
      redemptions: [{ redemptionId: 'r', points: 5, shares: [{ lineId: 'x', amountMinor: 1 }] }],
    };
    const request = { tenderKind: 'card', lines: [{ lineId: 'a', quantityThousandths: 1000 }] } as const;
    expect(() => decideRefund(strange, { amountMinor: 0, cashMinor: 0 }, request)).toThrow(
      'shares of lines of its sale',
    );
  });
});
