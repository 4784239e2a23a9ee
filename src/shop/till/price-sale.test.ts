import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computeEarning } from '../points/earning.ts';
import { defaultProgramme } from '../points/programme.ts';
import { discountLimitOf, exceedsDiscountLimit } from './manual-discount.ts';
import { type PricingPolicy, priceSale } from './price-sale.ts';
import type { ManualDiscount, PricedSale, SaleLineDraft } from './sale.ts';

const usd = (change: Partial<PricingPolicy> = {}): PricingPolicy => ({
  currency: 'USD',
  taxMode: 'inclusive',
  taxRounding: 'document',
  taxRates: [
    { taxRateId: 'none', name: 'None', rateBasisPoints: 0 },
    { taxRateId: 'ten', name: 'Ten', rateBasisPoints: 1000 },
    { taxRateId: 'fifteen', name: 'Fifteen', rateBasisPoints: 1500 },
  ],
  cashRounding: { stepMinor: 1, mode: 'nearest' },
  ...change,
});

function lineOf(lineId: string, unitPriceMinor: number, change: Partial<SaleLineDraft> = {}): SaleLineDraft {
  return {
    lineId,
    productId: null,
    name: lineId,
    unitPriceMinor,
    quantityThousandths: 1000,
    taxRateId: 'none',
    categoryId: null,
    discount: null,
    note: '',
    ...change,
  };
}

function priced(lines: SaleLineDraft[], discount: ManualDiscount | null, policy = usd()): PricedSale {
  const sale = priceSale({ lines, discount }, policy);
  if ('reason' in sale) throw new Error(sale.reason);
  return sale;
}

const percent = (rateBasisPoints: number): ManualDiscount => ({ kind: 'percent', rateBasisPoints });
const amount = (amountMinor: number): ManualDiscount => ({ kind: 'amount', amountMinor });
const version = { versionId: 'v1', version: 1, programme: defaultProgramme('USD', 'Points') };
const pointsOf = (sale: PricedSale) =>
  computeEarning({ lines: sale.lines, taxMode: 'inclusive' }, version, null).points;

test('C-1: a sale of 49.95 earns 49 points', () => {
  expect(pointsOf(priced([lineOf('a', 49_95)], null))).toBe(49);
});

test('C-2: three lines of 16.65 earn 49 points, floored once per sale', () => {
  expect(pointsOf(priced([lineOf('a', 16_65), lineOf('b', 16_65), lineOf('c', 16_65)], null))).toBe(49);
});

test('C-5: a tenth off the order lowers what is paid and what is earned', () => {
  const one = priced([lineOf('a', 100_00)], percent(1000));
  expect([one.totalMinor, pointsOf(one)]).toEqual([90_00, 90]);
  const two = priced([lineOf('a', 100_00), lineOf('b', 50_00)], percent(1000));
  expect([two.totalMinor, pointsOf(two)]).toEqual([135_00, 135]);
});

test('C-26: a full discount leaves exactly nothing, with tax per document and per line', () => {
  const lines = [5_60, 8_92, 44_91, 217_26, 2400_00].map((price, index) =>
    lineOf(`l${index}`, price, { taxRateId: 'fifteen' }),
  );
  const perDocument = usd({ taxMode: 'exclusive' });
  const perLine = usd({ taxMode: 'exclusive', taxRounding: 'line' });
  expect([priced(lines, null, perDocument).subtotalMinor, priced(lines, null, perDocument).taxMinor]).toEqual([
    2676_69, 401_50,
  ]);
  expect(priced(lines, null, perLine).taxMinor).toBe(401_51);
  for (const policy of [perDocument, perLine]) {
    const free = priced(lines, percent(10_000), policy);
    expect([free.totalMinor, free.taxMinor]).toEqual([0, 0]);
  }
});

test('C-27: ten off three lines of ten is shared 3.34, 3.33, 3.33', () => {
  const sale = priced([lineOf('a', 10_00), lineOf('b', 10_00), lineOf('c', 10_00)], amount(10_00));
  expect(sale.lines.map((line) => line.saleDiscountShareMinor)).toEqual([3_34, 3_33, 3_33]);
});

test('several inclusive rates are extracted apart and sum to the tax of the sale', () => {
  const sale = priced(
    [lineOf('a', 11_00, { taxRateId: 'ten' }), lineOf('b', 23_00, { taxRateId: 'fifteen' }), lineOf('c', 5_00)],
    null,
  );
  expect(sale.taxByRate.map(({ taxRateId, baseMinor, taxMinor }) => [taxRateId, baseMinor, taxMinor])).toEqual([
    ['fifteen', 20_00, 3_00],
    ['ten', 10_00, 1_00],
    ['none', 5_00, 0],
  ]);
  expect([sale.totalMinor, sale.taxMinor]).toEqual([39_00, 4_00]);
});

test('a weighed line is rounded once and counts as one piece', () => {
  const sale = priced(
    [lineOf('a', 9_99, { quantityThousandths: 1255 }), lineOf('b', 1_00, { quantityThousandths: 3000 })],
    null,
  );
  expect([sale.lines[0]?.grossMinor, sale.itemCount]).toEqual([12_54, 4]);
});

test('a discount never goes below zero, on a line or on the sale', () => {
  const sale = priced([lineOf('a', 5_00, { discount: amount(9_00) }), lineOf('b', 3_00)], amount(100_00));
  expect([sale.totalMinor, sale.discountMinor, sale.lines.map((line) => line.netMinor)]).toEqual([0, 8_00, [0, 0]]);
});

test('an empty sale costs nothing', () => {
  expect(priced([], percent(1000))).toMatchObject({ totalMinor: 0, taxMinor: 0, itemCount: 0, lines: [] });
});

test('F35: what is too large is refused, and an unknown tax rate too', () => {
  expect(
    priceSale({ lines: [lineOf('a', 1_000_000_000_000, { quantityThousandths: 2000 })], discount: null }, usd()),
  ).toMatchObject({ reason: 'amount-too-large' });
  const many = Array.from({ length: 3 }, (_, index) => lineOf(`l${index}`, 900_000_000_000));
  expect(priceSale({ lines: many, discount: null }, usd())).toMatchObject({ reason: 'amount-too-large' });
  expect(priceSale({ lines: [lineOf('a', 1, { taxRateId: 'gone' })], discount: null }, usd())).toMatchObject({
    reason: 'not-found',
  });
});

const discounts = fc.option(
  fc.oneof(fc.integer({ min: 0, max: 10_000 }).map(percent), fc.integer({ min: 0, max: 5_000 }).map(amount)),
  { nil: null },
);
const anyLines = fc.array(
  fc.record({
    price: fc.integer({ min: 0, max: 3_000 }),
    quantity: fc.oneof(
      fc.integer({ min: 1, max: 6 }).map((n) => n * 1000),
      fc.integer({ min: 1, max: 5_000 }),
    ),
    taxRateId: fc.constantFrom('none', 'ten', 'fifteen'),
    discount: discounts,
  }),
  { minLength: 1, maxLength: 8 },
);
const anyPolicy = fc
  .record({ taxMode: fc.constantFrom('inclusive', 'exclusive'), taxRounding: fc.constantFrom('document', 'line') })
  .map((change) => usd(change as Partial<PricingPolicy>));

test('F35: parts sum to the whole in every mode, and nothing is negative', () => {
  fc.assert(
    fc.property(anyLines, discounts, anyPolicy, (shape, discount, policy) => {
      const sale = priced(
        shape.map((s, i) =>
          lineOf(`l${i}`, s.price, { quantityThousandths: s.quantity, taxRateId: s.taxRateId, discount: s.discount }),
        ),
        discount,
        policy,
      );
      const sum = (pick: (line: PricedSale['lines'][number]) => number) =>
        sale.lines.reduce((total, line) => total + pick(line), 0);
      expect(sum((line) => line.payableMinor)).toBe(sale.totalMinor);
      expect(sum((line) => line.taxMinor)).toBe(sale.taxMinor);
      expect(sale.taxByRate.reduce((total, rate) => total + rate.taxMinor, 0)).toBe(sale.taxMinor);
      expect(sale.taxByRate.reduce((total, rate) => total + rate.baseMinor + rate.taxMinor, 0)).toBe(sale.totalMinor);
      for (const line of sale.lines) {
        expect(
          Object.values(line).every(
            (value) => typeof value === 'string' || (Number.isSafeInteger(value) && value >= 0),
          ),
        ).toBe(true);
        expect(line.netMinor).toBe(line.grossMinor - line.lineDiscountMinor - line.saleDiscountShareMinor);
      }
    }),
    { numRuns: 500 },
  );
});

test('totals do not depend on the order in which things were scanned', () => {
  fc.assert(
    fc.property(anyLines, discounts, anyPolicy, fc.infiniteStream(fc.nat()), (shape, discount, policy, random) => {
      const lines = shape.map((s, i) =>
        lineOf(`l${i}`, s.price, { quantityThousandths: s.quantity, taxRateId: s.taxRateId, discount: s.discount }),
      );
      const keys = lines.map(() => random.next().value ?? 0);
      const shuffled = lines
        .map((line, i) => ({ line, key: keys[i] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ line }) => line);
      const { lines: _a, trace: _b, ...one } = priced(lines, discount, policy);
      const { lines: _c, trace: _d, ...other } = priced(shuffled, discount, policy);
      expect(other).toEqual(one);
    }),
    { numRuns: 1000 },
  );
});

test('a role’s discount limit holds for each line and for the sale as a whole', () => {
  const limits = { cashier: 1000, manager: 5000 };
  const cashier = discountLimitOf(['cashier'], limits);
  expect(exceedsDiscountLimit(priced([lineOf('a', 10_00)], percent(1000)), cashier)).toBe(false);
  expect(exceedsDiscountLimit(priced([lineOf('a', 10_00)], percent(1100)), cashier)).toBe(true);
  expect(exceedsDiscountLimit(priced([lineOf('a', 10_00, { discount: percent(1000) })], percent(1000)), cashier)).toBe(
    true,
  );
  expect(
    exceedsDiscountLimit(priced([lineOf('a', 10_00, { discount: amount(2_00) }), lineOf('b', 90_00)], null), cashier),
  ).toBe(true);
  expect(discountLimitOf(['auditor', 'admin'], limits)).toBe(0);
  expect(discountLimitOf(['cashier', 'manager'], limits)).toBe(5000);
});
