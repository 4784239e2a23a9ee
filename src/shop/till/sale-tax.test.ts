import { expect, test } from 'vitest';
import { computeTax, type TaxableLine, totalTaxOf } from './sale-tax.ts';

const rate = (taxRateId: string, rateBasisPoints: number) => ({ taxRateId, name: taxRateId, rateBasisPoints });
const FIFTEEN = rate('fifteen', 1_500);
const TEN = rate('ten', 1_000);
const lines = (of: TaxableLine['rate'], ...nets: number[]): TaxableLine[] =>
  nets.map((netMinor) => ({ netMinor, rate: of }));
const BASKET = lines(FIFTEEN, 5_60, 8_92, 44_91, 217_26, 2400_00);

test.each([
  ['exclusive', 'document', 401_50],
  // 0.84 + 1.338 + 6.7365 + 32.589 + 360.00, each rounded.
  ['exclusive', 'line', 401_51],
  // 2676.69 x 15 / 115 = 349.1335.
  ['inclusive', 'document', 349_13],
  // 0.7304 + 1.1635 + 5.8578 + 28.3383 + 313.0435.
  ['inclusive', 'line', 349_13],
] as const)(
  'C-26: %s prices, rounded per %s: %i of tax, on the lines, by rate and asked for alone',
  (taxMode, taxRounding, minor) => {
    const policy = { taxMode, taxRounding };
    const tax = computeTax(BASKET, policy);
    expect(tax.taxMinorByLine.reduce((sum, each) => sum + each, 0)).toBe(minor);
    expect(tax.taxByRate).toEqual([
      { ...FIFTEEN, baseMinor: taxMode === 'inclusive' ? 2676_69 - minor : 2676_69, taxMinor: minor },
    ]);
    expect(tax.trace).toEqual([
      {
        what: 'tax',
        inputs: { taxRateId: 'fifteen', rateBasisPoints: 1_500, netMinor: 2676_69 },
        operation: `${taxMode}-per-${taxRounding}`,
        rounding: 'half-away-from-zero',
        result: minor,
      },
    ]);
    expect(totalTaxOf(BASKET, policy)).toBe(minor);
  },
);

test('two lines of 0.05 at a tenth: one unit of tax on the document, on the first line; one each where lines are rounded', () => {
  const pair = lines(TEN, 5, 5);
  expect(computeTax(pair, { taxMode: 'exclusive', taxRounding: 'document' }).taxMinorByLine).toEqual([1, 0]);
  expect(computeTax(pair, { taxMode: 'exclusive', taxRounding: 'line' }).taxMinorByLine).toEqual([1, 1]);
  expect(totalTaxOf(pair, { taxMode: 'exclusive', taxRounding: 'document' })).toBe(1);
  expect(totalTaxOf(pair, { taxMode: 'exclusive', taxRounding: 'line' })).toBe(2);
});

test('rates are taxed apart, and each line keeps its place', () => {
  const mixed = [...lines(TEN, 10_00), ...lines(FIFTEEN, 20_00), ...lines(TEN, 5)];
  const tax = computeTax(mixed, { taxMode: 'exclusive', taxRounding: 'document' });
  // A tenth of 10.05 is 1.005, so 1.01: 1.00 and 0.005 with the larger remainder.
  expect(tax.taxMinorByLine).toEqual([1_00, 3_00, 1]);
  expect(tax.taxByRate.map(({ taxRateId, taxMinor }) => [taxRateId, taxMinor])).toEqual([
    ['fifteen', 3_00],
    ['ten', 1_01],
  ]);
  expect(totalTaxOf(mixed, { taxMode: 'exclusive', taxRounding: 'document' })).toBe(4_01);
});

test('nothing sold is nothing taxed', () => {
  expect(computeTax([], { taxMode: 'inclusive', taxRounding: 'line' })).toEqual({
    taxMinorByLine: [],
    taxByRate: [],
    trace: [],
  });
});
