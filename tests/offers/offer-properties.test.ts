import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PricedSale } from '#shop/till/sale.ts';
import { anyLines, anyMore, anyOffers, anyOffersOf, anyPolicy, SEED } from './any-sale.ts';
import { priceOf } from './offer-sales.ts';

function shuffled<T>(items: readonly T[], keys: readonly number[]): T[] {
  return items
    .map((item, index) => ({ item, key: keys[index % keys.length] ?? 0 }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test('C-23: neither the order of scanning nor that of the offers changes a total or what is applied', () => {
  fc.assert(
    fc.property(
      anyLines,
      anyOffers,
      anyPolicy,
      anyMore,
      fc.array(fc.nat(), { minLength: 9 }),
      (lines, offers, policy, more, keys) => {
        const facts = ({
          lines: ofLines,
          trace: _trace,
          offers: applied,
          skippedOffers,
          pointsOff,
          ...totals
        }: PricedSale) => ({
          ...totals,
          free: sum(ofLines.map((line) => line.freeThousandths)),
          applied: applied.map(({ offerId, amountMinor }) => ({ offerId, amountMinor })),
          skipped: skippedOffers,
          points: pointsOff?.amountMinor,
        });
        const one = facts(priceOf(lines, offers, policy, more));
        expect(facts(priceOf(shuffled(lines, keys), offers, policy, more))).toEqual(one);
        expect(facts(priceOf(lines, shuffled(offers, keys), policy, more))).toEqual(one);
      },
    ),
    { numRuns: 1500, seed: SEED },
  );
});

test('F35: whatever is taken off is split whole, and no line, unit or tax is negative', () => {
  fc.assert(
    fc.property(anyLines, anyOffers, anyPolicy, anyMore, (lines, offers, policy, more) => {
      const sale = priceOf(lines, offers, policy, more);
      const of = (pick: (line: PricedSale['lines'][number]) => number) => sum(sale.lines.map(pick));
      expect(of((line) => line.offerShareMinor)).toBe(sum(sale.offers.map((one) => one.amountMinor)));
      expect(of((line) => line.pointsShareMinor)).toBe(sale.pointsOff?.amountMinor ?? 0);
      expect(of((line) => line.payableMinor)).toBe(sale.totalMinor);
      for (const applied of sale.offers) {
        expect(applied.amountMinor).toBe(sum(applied.shares.map((share) => share.amountMinor)));
        expect(applied.amountMinor).toBeGreaterThan(0);
        const budgetMinor =
          offers.find((one) => one.offerId === applied.offerId)?.budgetMinor ?? Number.MAX_SAFE_INTEGER;
        expect(applied.amountMinor).toBeLessThanOrEqual(budgetMinor);
      }
      for (const [index, line] of sale.lines.entries()) {
        for (const value of Object.values(line)) {
          expect(typeof value === 'string' || (Number.isSafeInteger(value) && value >= 0)).toBe(true);
        }
        const { grossMinor, lineDiscountMinor, saleDiscountShareMinor, offerShareMinor, pointsShareMinor } = line;
        expect(line.netMinor).toBe(
          grossMinor - lineDiscountMinor - saleDiscountShareMinor - offerShareMinor - pointsShareMinor,
        );
        expect(line.orderDiscountShareMinor).toBeLessThanOrEqual(saleDiscountShareMinor + offerShareMinor);
        expect(line.freeThousandths).toBeLessThanOrEqual(lines[index]?.quantityThousandths ?? 0);
      }
      expect(sale.offers.length + sale.skippedOffers.length).toBe(offers.length);
    }),
    { numRuns: 1500, seed: SEED },
  );
});

test('C-21: one more offer never makes a sale dearer, and what is applied respects groups, maximum and exclusivity', () => {
  fc.assert(
    fc.property(anyLines, anyOffers, anyPolicy, anyMore, (lines, offers, policy, more) => {
      const limits = policy.offerLimits ?? { maxOffers: 5, maxPerGroup: 1 };
      let lastMinor = Number.MAX_SAFE_INTEGER;
      for (let count = 0; count <= offers.length; count += 1) {
        const sale = priceOf(lines, offers.slice(0, count), policy, more);
        expect(sale.totalMinor).toBeLessThanOrEqual(lastMinor);
        lastMinor = sale.totalMinor;
        const applied = sale.offers.flatMap(({ offerId }) => offers.find((one) => one.offerId === offerId) ?? []);
        expect(applied.length).toBeLessThanOrEqual(limits.maxOffers);
        if (applied.some((one) => one.isExclusive)) expect(applied).toHaveLength(1);
        for (const one of applied) {
          expect(applied.filter(({ group }) => group === one.group).length).toBeLessThanOrEqual(limits.maxPerGroup);
        }
      }
    }),
    { numRuns: 600, seed: SEED },
  );
});

test('C-21: no other set of the offers would leave less to pay', () => {
  fc.assert(
    fc.property(
      anyLines,
      anyOffersOf({ minLength: 2, maxLength: 4 }),
      anyPolicy,
      anyMore,
      (lines, offers, policy, more) => {
        const best = priceOf(lines, offers, policy, more).totalMinor;
        for (let mask = 0; mask < 2 ** offers.length; mask += 1) {
          const some = offers.filter((_, index) => (mask & (1 << index)) !== 0);
          expect(priceOf(lines, some, policy, more).totalMinor).toBeGreaterThanOrEqual(best);
        }
      },
    ),
    { numRuns: 400, seed: SEED },
  );
});
