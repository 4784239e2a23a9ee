import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CashRounding } from '../money/cash-rounding.ts';
import { amountOfFirst } from '../money/unit-shares.ts';
import { computeEarning } from '../points/earning.ts';
import { programmeOf } from '../points/programme.ts';
import {
  decideRefund,
  type EarlierRefunds,
  type RefundDecision,
  type SoldSale,
  usualRefundTender,
} from './decide-refund.ts';
import { decideTenders } from './decide-tenders.ts';
import { type PricingPolicy, priceSale } from './price-sale.ts';
import type { ManualDiscount, SaleLineDraft, TenderDraft, TenderKind } from './sale.ts';

const EXACT: CashRounding = { stepMinor: 1, mode: 'nearest' };
const PARAGUAY: CashRounding = { stepMinor: 50, mode: 'customer' };

interface Sold {
  readonly lines: readonly { readonly price: number; readonly quantity?: number; readonly taxRateId?: string }[];
  readonly discount?: ManualDiscount | null;
  readonly cashRounding?: CashRounding;
  readonly cardMinor?: number;
  readonly perMinor?: number;
  readonly points?: number;
  readonly minimumSpendMinor?: number;
  readonly policy?: Partial<PricingPolicy>;
}

function versionOf(points: number, perMinor: number, minimumSpendMinor = 0) {
  return {
    versionId: 'v',
    version: 1,
    programme: programmeOf({ name: 'P', points, perMinor, minimumSpendMinor, expiryMonths: null }),
  };
}

/** A till that sells once and refunds slice by slice, keeping what was handed back. */
function till(sold: Sold) {
  const policy: PricingPolicy = {
    currency: 'USD',
    taxMode: 'inclusive',
    taxRounding: 'document',
    taxRates: [
      { taxRateId: 'none', name: 'None', rateBasisPoints: 0 },
      { taxRateId: 'ten', name: 'Ten', rateBasisPoints: 1000 },
    ],
    cashRounding: sold.cashRounding ?? EXACT,
    ...sold.policy,
  };
  const lines: SaleLineDraft[] = sold.lines.map(({ price, quantity = 1000, taxRateId = 'none' }, index) => ({
    lineId: `l${index}`,
    productId: null,
    name: 'x',
    unitPriceMinor: price,
    quantityThousandths: quantity,
    taxRateId,
    categoryId: null,
    discount: null,
    note: '',
  }));
  const priced = priceSale({ lines, discount: sold.discount ?? null }, policy);
  if ('reason' in priced) throw new Error(priced.reason);
  const cardMinor = Math.min(sold.cardMinor ?? 0, priced.totalMinor);
  const tenders: TenderDraft[] = [{ tenderId: 'card', kind: 'card', amountMinor: cardMinor }];
  if (cardMinor < priced.totalMinor)
    tenders.push({ tenderId: 'cash', kind: 'cash', amountMinor: priced.totalMinor - cardMinor });
  const payment = decideTenders(priced.totalMinor, tenders, policy.cashRounding);
  if (payment.kind !== 'paid') throw new Error(payment.reason);
  const version = versionOf(sold.points ?? 1, sold.perMinor ?? 100, sold.minimumSpendMinor);
  const earned = computeEarning({ lines: priced.lines, taxMode: policy.taxMode }, version, null).points;
  const refunded = new Map<string, number>();
  let earlier: EarlierRefunds = { amountMinor: 0, cashMinor: 0 };
  let alreadyReversedPoints = 0;

  const soldSale = (): SoldSale => ({
    lines: priced.lines.map((line, index) => ({
      ...line,
      quantityThousandths: lines[index]?.quantityThousandths ?? 1000,
      refundedThousandths: refunded.get(line.lineId) ?? 0,
    })),
    taxMode: policy.taxMode,
    totalMinor: priced.totalMinor,
    cashRoundingMinor: payment.cashRoundingMinor,
    nonCashMinor: cardMinor,
    cashRounding: policy.cashRounding,
    earnings: [{ programId: 'p', points: earned, context: null, alreadyReversedPoints, version }],
  });
  return {
    earned,
    paidMinor: payment.paidMinor,
    cashRoundingMinor: payment.cashRoundingMinor,
    totalMinor: priced.totalMinor,
    taxMinor: priced.taxMinor,
    soldSale,
    refund(
      takes: readonly (readonly [line: number, thousandths: number])[],
      tenderKind: TenderKind = 'cash',
    ): RefundDecision {
      const decision = decideRefund(soldSale(), earlier, {
        tenderKind,
        lines: takes.map(([line, quantityThousandths]) => ({ lineId: `l${line}`, quantityThousandths })),
      });
      if (decision.kind === 'refused') throw new Error(decision.reason);
      for (const line of decision.lines)
        refunded.set(line.lineId, (refunded.get(line.lineId) ?? 0) + line.quantityThousandths);
      earlier = {
        amountMinor: earlier.amountMinor + decision.amountMinor,
        cashMinor: earlier.cashMinor + (tenderKind === 'cash' ? decision.amountMinor : 0),
      };
      alreadyReversedPoints += decision.pointsReversed;
      return decision;
    },
  };
}

test('C-1: the return of 49.95 takes 49 points back', () => {
  expect(till({ lines: [{ price: 49_95 }] }).refund([[0, 1000]])).toMatchObject({
    amountMinor: 49_95,
    pointsReversed: 49,
    isComplete: true,
  });
});

test('C-2: three lines of 16.65 returned one by one take back 49 points in all', () => {
  const shop = till({ lines: [{ price: 16_65 }, { price: 16_65 }, { price: 16_65 }] });
  expect([0, 1, 2].map((line) => shop.refund([[line, 1000]]).pointsReversed)).toEqual([16, 17, 16]);
});

test('C-7: a refund takes back what the remaining lines no longer earn, and slicing keeps the sum', () => {
  const lines = [9_00, 5_00, 5_00, 1_90, 1_00].map((price) => ({ price }));
  const sell = () => till({ lines, perMinor: 10_00 });
  const takenBy = (...taken: number[]) => sell().refund(taken.map((line) => [line, 1000] as const)).pointsReversed;
  expect(sell().earned).toBe(2);
  expect([takenBy(4), takenBy(1), takenBy(1, 2), takenBy(0, 1, 2, 4)]).toEqual([0, 1, 1, 2]);
  const twice = sell();
  expect(twice.refund([[1, 1000]]).pointsReversed + twice.refund([[2, 1000]]).pointsReversed).toBe(1);
});

// The voucher itself belongs to a later engine; its share of a line is the share of any discount of the sale.
test('C-8: the discount’s share goes with the line: 17.14 back, 42.86 and 42 points stay', () => {
  const shop = till({ lines: [{ price: 50_00 }, { price: 20_00 }], discount: { kind: 'amount', amountMinor: 10_00 } });
  expect([shop.totalMinor, shop.earned]).toEqual([60_00, 60]);
  expect(shop.refund([[1, 1000]])).toMatchObject({ amountMinor: 17_14, pointsReversed: 18 });
});

test('C-11: the refund goes by the version that the sale was earned under, not by a later one', () => {
  const shop = till({ lines: [{ price: 50_00 }] });
  const frozen = shop.soldSale();
  expect(frozen.earnings[0]?.version.programme.rules).toMatchObject([{ points: 1 }]);
  expect(computeEarning({ lines: frozen.lines, taxMode: 'inclusive' }, versionOf(2, 100), null).points).toBe(100);
  expect(shop.refund([[0, 1000]]).pointsReversed).toBe(50);
});

test('C-27: three lines that share ten off come back as 6.66, 6.67, 6.67', () => {
  const shop = till({
    lines: [{ price: 10_00 }, { price: 10_00 }, { price: 10_00 }],
    discount: { kind: 'amount', amountMinor: 10_00 },
  });
  expect([0, 1, 2].map((line) => shop.refund([[line, 1000]]).amountMinor)).toEqual([6_66, 6_67, 6_67]);
});

test('C-27: so do three units of one line', () => {
  const shop = till({ lines: [{ price: 10_00, quantity: 3000 }], discount: { kind: 'amount', amountMinor: 10_00 } });
  expect([1, 2, 3].map(() => shop.refund([[0, 1000]]).amountMinor)).toEqual([6_66, 6_67, 6_67]);
  expect([1, 2, 3].map((units) => amountOfFirst(10_00, units * 1000, 3000))).toEqual([3_34, 6_67, 10_00]);
});

test.each([[[0, 1]], [[1, 0]]])(
  'C-53: guaraníes in cash, rounded once; the lines refunded in order %j sum to what was paid',
  (order) => {
    const shop = till({ lines: [{ price: 45_463 }, { price: 45_450 }], cashRounding: PARAGUAY, perMinor: 1000 });
    expect([shop.paidMinor, shop.cashRoundingMinor, shop.earned]).toEqual([90_900, -13, 90]);
    const refunds = order.map((line) => shop.refund([[line, 1000]]));
    expect(refunds.reduce((sum, refund) => sum + refund.amountMinor, 0)).toBe(90_900);
    for (const { amountMinor, cashRoundingMinor, lines } of refunds) {
      expect(amountMinor % 50).toBe(0);
      expect(lines.reduce((sum, line) => sum + line.amountMinor, 0) + cashRoundingMinor).toBe(amountMinor);
    }
  },
);

test('a minimum that no longer holds takes back everything', () => {
  const shop = till({ lines: [{ price: 30_00 }, { price: 10_00 }], minimumSpendMinor: 35_00 });
  expect([shop.earned, shop.refund([[1, 1000]]).pointsReversed]).toEqual([40, 40]);
});

test('more than was sold, nothing, and a line of another sale are refused', () => {
  const shop = till({ lines: [{ price: 10_00, quantity: 2000 }] });
  shop.refund([[0, 1000]]);
  const none = { amountMinor: 10_00, cashMinor: 10_00 };
  const ask = (lineId: string, quantityThousandths: number) =>
    decideRefund(shop.soldSale(), none, { tenderKind: 'cash', lines: [{ lineId, quantityThousandths }] });
  expect(ask('l0', 1001)).toMatchObject({
    reason: 'refund-exceeds-sale',
    facts: { lineId: 'l0', leftThousandths: 1000 },
  });
  expect(ask('l0', 0)).toMatchObject({ reason: 'nothing-to-refund' });
  expect(ask('other', 1000)).toMatchObject({ reason: 'not-found' });
  expect(
    decideRefund(shop.soldSale(), none, {
      tenderKind: 'cash',
      lines: [
        { lineId: 'l0', quantityThousandths: 600 },
        { lineId: 'l0', quantityThousandths: 600 },
      ],
    }),
  ).toMatchObject({ reason: 'refund-exceeds-sale' });
});

test('F35: however a sale is sliced, money, tax and points sum to the whole and no slice is negative', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          price: fc.integer({ min: 0, max: 2_000 }),
          quantity: fc.oneof(
            fc.integer({ min: 1, max: 5 }).map((n) => n * 1000),
            fc.integer({ min: 1, max: 4_000 }),
          ),
          taxRateId: fc.constantFrom('none', 'ten'),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      fc.option(
        fc.integer({ min: 0, max: 4_000 }).map((amountMinor): ManualDiscount => ({ kind: 'amount', amountMinor })),
        { nil: null },
      ),
      fc.constantFrom('inclusive' as const, 'exclusive' as const),
      fc.constantFrom('document' as const, 'line' as const),
      fc.constantFrom<CashRounding>(EXACT, PARAGUAY, { stepMinor: 5, mode: 'nearest' }),
      fc.integer({ min: 0, max: 6_000 }),
      fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 3_000 }), fc.constantFrom<TenderKind>('cash', 'card')), {
        maxLength: 8,
      }),
      (lines, discount, taxMode, taxRounding, cashRounding, cardMinor, slices) => {
        const shop = till({ lines, discount, cashRounding, cardMinor, perMinor: 70, policy: { taxMode, taxRounding } });
        const left = lines.map((line) => line.quantity);
        const refunds: RefundDecision[] = [];
        for (const [pick, wanted, kind] of slices) {
          const line = pick % lines.length;
          const quantity = Math.min(wanted, left[line] ?? 0);
          if (quantity === 0) continue;
          left[line] = (left[line] ?? 0) - quantity;
          refunds.push(shop.refund([[line, quantity]], kind));
        }
        const rest = left.map((quantity, line) => [line, quantity] as const).filter(([, quantity]) => quantity > 0);
        if (rest.length > 0) refunds.push(shop.refund(rest, cardMinor > 0 ? 'card' : 'cash'));
        const sum = (pick: (refund: RefundDecision) => number) =>
          refunds.reduce((total, refund) => total + pick(refund), 0);
        expect(refunds.at(-1)?.isComplete).toBe(true);
        expect(sum((refund) => refund.taxMinor)).toBe(shop.taxMinor);
        expect(sum((refund) => refund.pointsReversed)).toBe(shop.earned);
        expect(sum((refund) => refund.lines.reduce((total, line) => total + line.amountMinor, 0))).toBe(
          shop.totalMinor,
        );
        expect(sum((refund) => refund.amountMinor)).toBe(shop.paidMinor);
        for (const refund of refunds) {
          expect(refund.amountMinor >= 0 && refund.pointsReversed >= 0).toBe(true);
          expect(refund.lines.every((line) => line.amountMinor >= 0 && line.taxMinor >= 0 && line.netMinor >= 0)).toBe(
            true,
          );
        }
      },
    ),
    { numRuns: 1500 },
  );
});

test('a refund proposes the way in which most was paid', () => {
  expect(
    usualRefundTender([
      { kind: 'cash', amountMinor: 30 },
      { kind: 'card', amountMinor: 70 },
    ]),
  ).toBe('card');
  expect(usualRefundTender([])).toBe('cash');
});
