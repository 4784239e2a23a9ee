import { describe, expect, test } from 'vitest';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { type Reward, rewardSchema } from '#shop/points/programme-rewards.ts';
import { type PriceableLine, priceSale } from '#shop/till/price-sale.ts';
import { priceWithRewards } from '#shop/till/price-with-rewards.ts';
import type { ManualDiscount } from '#shop/till/sale.ts';
import { amountOff, basketLine, POLICY, percentOff, priceOf } from './offer-sales.ts';

const off = (amountMinor: number): ManualDiscount => ({ kind: 'amount', amountMinor });
const pointsOff = (amountMinor: number) => ({ programId: 'p', rewardId: 'r', points: 10, amountMinor });

describe('2 off lines of 1 and 3 are 0.5 and 1.5: the odd unit', () => {
  const shares = (...[policy, more]: [Parameters<typeof priceOf>[2]?, Parameters<typeof priceOf>[3]?]) =>
    [
      [1, 3],
      [3, 1],
    ].map((prices) => {
      const lines = prices.map((price) => basketLine(`l${price}`, price));
      const sale = priceOf(lines, [], policy, { discount: off(2), ...more });
      return sale.lines.map((line) => line.saleDiscountShareMinor);
    });

  test('C-27: goes to the line that was scanned first', () => {
    expect(shares()).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  test('C-23: goes to the dearer one where each line’s tax is rounded by itself', () => {
    expect(shares({ taxRounding: 'line' })).toEqual([
      [0, 2],
      [2, 0],
    ]);
  });

  test('C-23: goes to the dearer one where points are still to be split over what is left', () => {
    expect(shares({}, { pointsOff: pointsOff(1) })).toEqual([
      [0, 2],
      [2, 0],
    ]);
  });
});

describe('1 off two lines of 3: the odd unit goes', () => {
  const shares = (lines: readonly PriceableLine[], filter = EVERY_ITEM) => {
    const sale = priceSale({ lines, discount: off(1) }, POLICY, [], { ...pointsOff(1), filter });
    return 'reason' in sale ? sale.reason : sale.lines.map((line) => line.saleDiscountShareMinor);
  };
  const a = basketLine('a', 3);
  const b = basketLine('b', 3);
  const onA = { ...EVERY_ITEM, productIds: ['a'] };

  test('C-23: to what points may not pay', () => {
    expect([shares([a, b], onA), shares([b, a], onA), shares([a, b])]).toEqual([
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
  });

  test('C-23: to the lower mark, before points have a say', () => {
    expect([shares([{ ...a, mark: 1 }, b]), shares([b, { ...a, mark: 1 }])]).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(shares([{ ...b, mark: 1 }, a], onA)).toEqual([0, 1]);
  });
});

describe('the discount by hand comes after the offers', () => {
  test('an offer takes its part even where the discount by hand would have taken everything', () => {
    const sale = priceOf([basketLine('a', 10_00)], [percentOff('TEN', 1_000)], {}, { discount: off(99_00) });
    expect([sale.offers.map((each) => each.amountMinor), sale.manualDiscountMinor]).toEqual([[1_00], 9_00]);
  });

  test('every amount of the derivation says from what it came, and how it was rounded', () => {
    const lines = [
      { ...basketLine('a', 10_00), discount: { kind: 'percent', rateBasisPoints: 1_000 } as const },
      { ...basketLine('b', 5_00), discount: off(50) },
    ];
    const sale = priceOf(lines, [], {}, { discount: off(1_00), pointsOff: pointsOff(2_00) });
    const half = 'half-away-from-zero';
    expect(sale.trace).toEqual([
      step(
        'line-gross',
        { lineId: 'a', unitPriceMinor: 10_00, quantityThousandths: 1000 },
        'price-times-quantity',
        half,
        10_00,
      ),
      step(
        'line-gross',
        { lineId: 'b', unitPriceMinor: 5_00, quantityThousandths: 1000 },
        'price-times-quantity',
        half,
        5_00,
      ),
      step('line-discount', { lineId: 'a', grossMinor: 10_00, rateBasisPoints: 1_000 }, 'share-of-base', half, 1_00),
      step('line-discount', { lineId: 'b', grossMinor: 5_00, amountMinor: 50 }, 'amount-up-to-base', 'none', 50),
      step(
        'sale-discount',
        { baseMinor: 13_50, lines: 2, amountMinor: 1_00 },
        'split-over-lines',
        'largest-remainder',
        1_00,
      ),
      step(
        'points-off',
        { programId: 'p', rewardId: 'r', wantedMinor: 2_00, upToMinor: 12_50 },
        'amount-up-to',
        'largest-remainder',
        2_00,
      ),
      step('tax', { taxRateId: 'none', rateBasisPoints: 0, netMinor: 10_50 }, 'inclusive-per-document', half, 0),
      step(
        'total',
        { subtotalMinor: 15_00, discountMinor: 4_50, taxMinor: 0, taxAddedMinor: 0 },
        'sum-of-lines',
        'none',
        10_50,
      ),
    ]);
    // 1.00 over 9.00 and 4.50: 0.67, 0.33. 2.00 over 8.33 and 4.17: 1.3328, 0.6672.
    expect(sale.lines.map((line) => [line.saleDiscountShareMinor, line.pointsShareMinor])).toEqual([
      [67, 1_33],
      [33, 67],
    ]);
  });

  test('a discount of nothing is no step', () => {
    const lines = [{ ...basketLine('a', 10_00), discount: off(0) }];
    const sale = priceOf(lines, [], {}, { discount: off(0) });
    expect(sale.trace.map(({ what }) => what)).toEqual(['line-gross', 'tax', 'total']);
  });
});

test('C-22: where tax is added and rounded, the offers win with which the customer pays least, not those that take most', () => {
  // A tenth of 16 or 15 is 2, of 14 it is 1. None: 10 + 18 + 18. A and C: 7 + 17 + 17. B and C: 10 + 15 + 15.
  const rates = ['none', 'y', 'z'].map((taxRateId, place) => ({
    taxRateId,
    name: taxRateId,
    rateBasisPoints: place && 1_000,
  }));
  const lines = [
    basketLine('x', 10),
    { ...basketLine('y', 16), taxRateId: 'y' },
    { ...basketLine('z', 16), taxRateId: 'z' },
  ];
  const offers = [
    amountOff('A', 3, { group: 'g', filter: { productIds: ['x'] } }),
    amountOff('B', 2, { group: 'g', filter: { productIds: ['y', 'z'] } }),
    amountOff('C', 2, { filter: { productIds: ['y', 'z'] } }),
  ];
  const sale = priceOf(lines, offers, { taxMode: 'exclusive', taxRates: rates });
  expect([sale.totalMinor, sale.offers.map(({ code }) => code)]).toEqual([40, ['B', 'C']]);
});

test('F35: a line that no number could hold is refused like one that is too large', () => {
  const lines = [{ ...basketLine('a', 1_000_000_000_000), quantityThousandths: 1_000_000_000 }];
  expect(priceSale({ lines, discount: null }, POLICY)).toMatchObject({
    reason: 'amount-too-large',
    facts: { limitMinor: 1_000_000_000_000 },
  });
});

describe('a reward and a discount by hand on the same sale', () => {
  const onTea = rewardSchema.parse({
    rewardId: 'tea',
    kind: 'fixed',
    pricePoints: 10,
    amountMinor: 1,
    filter: { productIds: ['tea'] },
  });
  const choice = rewardSchema.parse({ rewardId: 'choice', kind: 'free-choice', pricePoints: 10 });
  const rewarded = (
    lines: readonly PriceableLine[],
    rewardId: string,
    discount: ManualDiscount | null,
    chosen: string | null,
  ) => {
    const rewards: Reward[] = [onTea, choice];
    const programmes = [{ programId: 'p', rewards, spendablePoints: 10, tierId: null }];
    const redemptions = [{ programId: 'p', rewardId, points: null, choice: chosen }];
    const sale = priceWithRewards({ lines, discount, redemptions }, POLICY, { offers: [], programmes });
    if ('reason' in sale) throw new Error(sale.reason);
    return [sale.priced.totalMinor, sale.refused.map(({ refusal }) => refusal.reason)];
  };
  const tea = basketLine('tea', 3);
  const bun = basketLine('bun', 3);

  test('C-23: the odd unit by hand goes to what the reward does not cover, and leaves the reward its line', () => {
    expect(rewarded([tea, bun], 'tea', off(5), null)).toEqual([0, []]);
    expect(rewarded([bun, tea], 'tea', off(5), null)).toEqual([0, []]);
  });

  test('C-23: so does a choice that was made', () => {
    expect(rewarded([tea, bun], 'choice', off(5), 'tea')).toEqual([0, []]);
    expect(rewarded([bun, tea], 'choice', off(5), 'tea')).toEqual([0, []]);
  });

  test('a reward that cannot be had, and a choice that none asks for, leave the sale as it would be without them', () => {
    const sharesOf = (spendablePoints: number, chosen: string | null) => {
      const anything = rewardSchema.parse({ rewardId: 'any', kind: 'fixed', pricePoints: 10, amountMinor: 2 });
      const programmes = [{ programId: 'p', rewards: [onTea, anything], spendablePoints, tierId: null }];
      const rewardId = chosen === null ? 'tea' : 'any';
      const redemptions = [{ programId: 'p', rewardId, points: null, choice: chosen }];
      const draft = { lines: [tea, bun], discount: off(1), redemptions };
      const sale = priceWithRewards(draft, POLICY, { offers: [], programmes });
      return 'reason' in sale ? sale.reason : sale.priced.lines.map((line) => line.saleDiscountShareMinor);
    };
    // The odd unit of equal lines goes to the first one: of 3 and 3, and of 2 and 2 once the other reward took 1 of each.
    expect([sharesOf(9, null), sharesOf(10, 'tea')]).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  test('a choice that was not made is none of a line without a product', () => {
    expect(rewarded([{ ...tea, productId: null }], 'choice', null, null)).toEqual([3, ['reward-choice-needed']]);
  });
});

function step(what: string, inputs: object, operation: string, rounding: string, result: number) {
  return { what, inputs, operation, rounding, result };
}
