import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mulDiv, shareOf } from '#shop/money/money.ts';
import { taxOn } from '#shop/money/tax.ts';
import type { TracedStep } from '#shop/money/trace.ts';
import { anyLines, anyMore, anyOffers, anyPolicy, SEED } from './any-sale.ts';
import { amountOff, basketLine, freeUnits, priceOf } from './offer-sales.ts';
import { sellAndRefund } from './refunding-till.ts';

const input = (step: TracedStep, name: string): number => {
  const value = step.inputs[name];
  if (typeof value !== 'number') throw new Error(`${step.what} does not say ${name}`);
  return value;
};

/** What a step's own inputs and operation come to, by nothing else; null where it sums up others. */
const REPLAY: Readonly<Record<string, (step: TracedStep) => number | null>> = {
  'price-times-quantity': (step) =>
    mulDiv(input(step, 'unitPriceMinor'), input(step, 'quantityThousandths'), 1000, 'half-away-from-zero'),
  'share-of-base': (step) => shareOf(input(step, 'grossMinor'), input(step, 'rateBasisPoints')),
  'amount-up-to-base': (step) => Math.min(input(step, 'amountMinor'), input(step, 'grossMinor')),
  'rate-of-base': (step) =>
    Math.min(shareOf(input(step, 'baseMinor'), input(step, 'rateBasisPoints')), input(step, 'upToMinor')),
  'amount-up-to': (step) => Math.min(input(step, 'wantedMinor'), input(step, 'upToMinor')),
  'units-times-price': (step) => input(step, 'units') * input(step, 'unitMinor'),
  'split-over-lines': (step) =>
    'rateBasisPoints' in step.inputs
      ? shareOf(input(step, 'baseMinor'), input(step, 'rateBasisPoints'))
      : Math.min(input(step, 'amountMinor'), input(step, 'baseMinor')),
  'inclusive-per-document': (step) => taxOn(input(step, 'netMinor'), input(step, 'rateBasisPoints'), 'inclusive'),
  'exclusive-per-document': (step) => taxOn(input(step, 'netMinor'), input(step, 'rateBasisPoints'), 'exclusive'),
  'inclusive-per-line': () => null,
  'exclusive-per-line': () => null,
  'sum-of-free-units': () => null,
  'sum-of-lines': (step) => input(step, 'subtotalMinor') - input(step, 'discountMinor') + input(step, 'taxAddedMinor'),
  'share-of-reward': (step) => {
    const returned = (minor: number) =>
      mulDiv(input(step, 'usedPoints'), minor, input(step, 'wholeMinor'), 'half-away-from-zero');
    return returned(input(step, 'goneMinor')) - returned(input(step, 'beforeMinor'));
  },
  'paid-minus-kept': (step) => input(step, 'linesMinor') + input(step, 'cashRoundingMinor'),
};

function replayed(step: TracedStep): number {
  const replay = REPLAY[step.operation];
  if (replay === undefined) throw new Error(`no replay of ${step.operation}`);
  return replay(step) ?? step.result;
}

const sumOf = (steps: readonly TracedStep[], what: (step: TracedStep) => boolean): number =>
  steps.filter(what).reduce((sum, step) => sum + step.result, 0);

test('each step of a sale’s trace comes out of its own inputs, and the steps add up to what was taken off', () => {
  fc.assert(
    fc.property(anyLines, anyOffers, anyPolicy, anyMore, (lines, offers, policy, more) => {
      const sale = priceOf(lines, offers, policy, more);
      for (const step of sale.trace) expect([step.what, replayed(step)]).toEqual([step.what, step.result]);
      expect(sumOf(sale.trace, (step) => step.what === 'line-gross')).toBe(sale.subtotalMinor);
      const isTakenOff = ({ what }: TracedStep) => /^(line-discount|offer-.*|sale-discount|points-off)$/.test(what);
      expect(sumOf(sale.trace, isTakenOff)).toBe(sale.discountMinor);
      for (const applied of sale.offers) {
        const own = sale.trace.filter((step) => step.inputs.offerId === applied.offerId);
        expect(own.at(-1)?.result).toBe(applied.amountMinor);
        if (own.length > 1) expect(sumOf(own, (step) => step.what === 'free-units')).toBe(applied.amountMinor);
      }
      expect(sumOf(sale.trace, (step) => step.what === 'tax')).toBe(sale.taxMinor);
      expect(sale.trace.at(-1)?.result).toBe(sale.totalMinor);
    }),
    { numRuns: 500, seed: SEED },
  );
});

test('C-9 C-10 C-52: so does each step of a refund', () => {
  const till = sellAndRefund({
    lines: [basketLine('a', 50_13), { ...basketLine('b', 25_00), quantityThousandths: 3000 }],
    offers: [amountOff('V', 7_00), freeUnits('GIFT', 1)],
    pricePoints: { GIFT: 100 },
    pointsOff: { programId: 'p', rewardId: 'r', points: 500, amountMinor: 10_00 },
    creditMinor: 10_00,
    policy: { cashRounding: { stepMinor: 50, mode: 'customer' } },
  });
  const first = till.refund([[1, 2000]], 'cash', 2_00);
  const rest = till.refund([
    [0, 1000],
    [1, 1000],
  ]);
  for (const { trace } of [first, rest]) {
    const own = trace.filter(
      (step) => step.operation !== 'share-of-units' && step.operation !== 'earned-minus-remaining',
    );
    for (const step of own) expect([step.what, replayed(step)]).toEqual([step.what, step.result]);
  }
  expect(sumOf(first.trace, (step) => step.what === 'refund-line')).toBe(first.amountMinor - first.cashRoundingMinor);
  expect(sumOf(first.trace, (step) => step.what === 'refund-deducted')).toBe(2_00);
  expect(sumOf([...first.trace, ...rest.trace], (step) => step.what === 'points-returned')).toBe(600);
  expect(sumOf([...first.trace, ...rest.trace], (step) => step.what === 'refund-stored-value')).toBe(10_00);
});
