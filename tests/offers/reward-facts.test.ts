import { describe, expect, test } from 'vitest';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { type Reward, rewardSchema } from '#shop/points/programme-rewards.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import { type PriceableLine, priceSale } from '#shop/till/price-sale.ts';
import { priceWithRewards, type RewardsProgramme, rewardLinesOf } from '#shop/till/price-with-rewards.ts';
import { amountOff, basketLine, POLICY, percentOff, priceOf, taxed } from './offer-sales.ts';

const reward = (rewardId: string, change: object): Reward => rewardSchema.parse({ rewardId, ...change });
const one = reward('one', { kind: 'fixed', pricePoints: 10, amountMinor: 1_00 });
const rate = reward('rate', { kind: 'rate', pointsPerStep: 10, minorPerStep: 1_00 });
const choice = reward('choice', { kind: 'free-choice', pricePoints: 10 });
const take = (rewardId: string, change: object = {}) => ({
  programId: 'p',
  rewardId,
  points: null,
  choice: null,
  ...change,
});
const programme = (change: Partial<RewardsProgramme> = {}): RewardsProgramme => ({
  programId: 'p',
  rewards: [one, rate, choice],
  spendablePoints: 100,
  tierId: null,
  ...change,
});

function price(
  lines: readonly PriceableLine[],
  redemptions: ReturnType<typeof take>[],
  programmes: RewardsProgramme[] = [programme()],
  offers: Parameters<typeof priceWithRewards>[2]['offers'] = [],
) {
  return priceWithRewards({ lines, discount: null, redemptions }, POLICY, { offers, programmes });
}

function rewarded(...given: Parameters<typeof price>) {
  const sale = price(...given);
  if ('reason' in sale) throw new Error(sale.reason);
  return sale;
}

describe('a reward that its sale has no room for', () => {
  const half = percentOff('HALF', 5_000, { isExclusive: true });

  test('is refused with the reason of its offer, asks for no points, and the next may have them', () => {
    const sale = rewarded(
      [basketLine('a', 10_00)],
      [take('rate', { points: 10 }), take('one')],
      [programme({ spendablePoints: 10 })],
      [half, percentOff('ELSE', 100, { filter: { productIds: ['x'] } })],
    );
    expect(sale.priced.skippedOffers.map(({ reason }) => reason)).toEqual(['no-eligible-item']);
    expect(sale.refused).toEqual([
      {
        place: 1,
        refusal: { kind: 'refused', reason: 'reward-not-applied', facts: { rewardId: 'one', why: 'exclusive' } },
      },
    ]);
    expect(sale.taken.map(({ place, amountMinor, redemption }) => [place, amountMinor, redemption.points])).toEqual([
      [0, 1_00, 10],
    ]);
    expect(sale.priced.totalMinor).toBe(4_00);
  });

  test('those that are refused stand in the order in which they were asked for', () => {
    const sale = rewarded(
      [basketLine('a', 10_00)],
      [take('unknown'), take('one'), take('also')],
      [programme()],
      [half],
    );
    expect(sale.refused.map(({ place, refusal }) => [place, refusal.reason])).toEqual([
      [0, 'reward-unknown'],
      [1, 'reward-not-applied'],
      [2, 'reward-unknown'],
    ]);
    expect(sale.refused[0]?.refusal.facts).toEqual({ programId: 'p', rewardId: 'unknown' });
    expect(sale.priced.totalMinor).toBe(5_00);
  });

  test('a sale that cannot be priced is refused as a whole', () => {
    const lines = [{ ...basketLine('a', 10_00), taxRateId: 'gone' }];
    expect(price(lines, [])).toMatchObject({ reason: 'not-found' });
    expect(price(lines, [take('one')])).toMatchObject({ reason: 'not-found' });
  });
});

describe('rewards of several programmes', () => {
  const other = programme({ programId: 'q', spendablePoints: 15, rewards: [one, rate] });

  test('each is paid with the points of its own programme', () => {
    const asked = [take('one'), take('one', { programId: 'q' }), take('one', { programId: 'q' })];
    const sale = rewarded([basketLine('a', 10_00)], asked, [programme({ spendablePoints: 10 }), other]);
    expect(sale.taken.map(({ place, redemption }) => [place, redemption.programId, redemption.points])).toEqual([
      [0, 'p', 10],
      [1, 'q', 10],
    ]);
    expect(sale.refused).toMatchObject([
      { place: 2, refusal: { reason: 'points-short', facts: { needed: 10, have: 5 } } },
    ]);
    expect(sale.taken.map(({ redemption }) => redemption.offer?.offerId)).toEqual(['p:one:0', 'q:one:1']);
  });

  test('points pay by one rate only, whichever programme it is of', () => {
    const sale = rewarded(
      [basketLine('a', 10_00)],
      [take('rate', { points: 10 }), take('rate', { programId: 'q', points: 10 })],
      [programme(), other],
    );
    expect(sale.taken.map(({ place }) => place)).toEqual([0]);
    expect(sale.refused).toMatchObject([{ place: 1, refusal: { facts: { rewardId: 'rate', why: 'one-rate' } } }]);
  });

  test('two rewards that take something off keep their own shares', () => {
    const onB = reward('onB', { kind: 'fixed', pricePoints: 10, amountMinor: 2_00, filter: { productIds: ['b'] } });
    const lines = [basketLine('a', 10_00), basketLine('b', 10_00)];
    const sale = rewarded(lines, [take('onB'), take('rate', { points: 20 })], [programme({ rewards: [onB, rate] })]);
    expect(sale.taken.map(({ amountMinor, shares }) => [amountMinor, shares])).toEqual([
      [2_00, [{ lineId: 'b', amountMinor: 2_00 }]],
      [
        2_00,
        [
          { lineId: 'a', amountMinor: 1_11 },
          { lineId: 'b', amountMinor: 89 },
        ],
      ],
    ]);
  });
});

describe('what rewards and programmes see of a line', () => {
  test('tags, product and category, quantity, and what is left with and without tax', () => {
    const lines = [{ ...taxed(basketLine('a', 10_00)), categoryId: 'c', tags: ['t'] }, basketLine('b', 5_00)];
    const priced = priceOf(lines, [], { taxMode: 'exclusive' });
    expect(rewardLinesOf(lines, priced)).toEqual([
      {
        lineId: 'a',
        productId: 'a',
        categoryId: 'c',
        tags: ['t'],
        quantityThousandths: 1000,
        netMinor: 10_00,
        payableMinor: 11_50,
      },
      {
        lineId: 'b',
        productId: 'b',
        categoryId: null,
        tags: [],
        quantityThousandths: 1000,
        netMinor: 5_00,
        payableMinor: 5_00,
      },
    ]);
    expect(
      earningSaleOf(
        [{ ...(lines[0] as PriceableLine), isStoredValue: true }, basketLine('b', 5_00)],
        priced,
        'exclusive',
        7,
      ),
    ).toMatchObject({
      lines: [
        { lineId: 'a', productId: 'a', categoryId: 'c', tags: ['t'], isStoredValue: true, quantityThousandths: 1000 },
        { lineId: 'b', tags: [], isStoredValue: false },
      ],
      taxMode: 'exclusive',
      paid: { storedValueMinor: 7, totalMinor: priced.totalMinor },
    });
    expect(() => earningSaleOf([], priced, 'exclusive')).toThrow('an item for each priced line');
  });

  test('a minimum is asked of what is paid with tax, and tags choose', () => {
    const onT = reward('onT', {
      kind: 'fixed',
      pricePoints: 10,
      amountMinor: 1_00,
      minimumSpendMinor: 11_50,
      filter: { tags: ['t'] },
    });
    const asked = (tags: string[], unitPriceMinor: number) =>
      priceWithRewards(
        { lines: [{ ...taxed(basketLine('a', unitPriceMinor)), tags }], discount: null, redemptions: [take('onT')] },
        { ...POLICY, taxMode: 'exclusive' },
        { offers: [], programmes: [programme({ rewards: [onT] })] },
      );
    expect(asked(['t'], 10_00)).toMatchObject({ refused: [], taken: [{ amountMinor: 1_00 }] });
    expect(asked(['t'], 9_99)).toMatchObject({ refused: [{ refusal: { reason: 'reward-minimum' } }] });
    expect(asked([], 10_00)).toMatchObject({ refused: [{ refusal: { reason: 'reward-nothing-eligible' } }] });
  });

  test('a choice of something that is not on the sale has still to be made', () => {
    expect(rewarded([basketLine('a', 1_00)], [take('choice', { choice: 'x' })]).refused).toMatchObject([
      { refusal: { reason: 'reward-choice-needed' } },
    ]);
  });
});

describe('pricing', () => {
  const draft = (...lines: PriceableLine[]) => ({ lines, discount: null });

  test('F35: what no line may have ends the operation', () => {
    const broken = 'a line has a quantity and a price';
    for (const quantityThousandths of [0, -1])
      expect(() => priceSale(draft({ ...basketLine('a', 1), quantityThousandths }), POLICY)).toThrow(broken);
    expect(() => priceSale(draft(basketLine('a', -1)), POLICY)).toThrow(broken);
    const points = { programId: 'p', rewardId: 'r', points: 1, amountMinor: 1 };
    for (const change of [{ points: -1 }, { amountMinor: -1 }])
      expect(() => priceSale(draft(basketLine('a', 1)), POLICY, [], { ...points, ...change })).toThrow(
        'points as money are not negative',
      );
  });

  test('F35: a sale holds exactly the largest amount, and what exceeds it or has no rate is refused with the facts', () => {
    const most = 1_000_000_000_000;
    const facts = { limitMinor: most };
    expect(priceSale(draft(basketLine('a', most)), POLICY)).toMatchObject({ totalMinor: most });
    expect(priceSale(draft(basketLine('a', most - 1), basketLine('b', 1)), POLICY)).toMatchObject({ totalMinor: most });
    expect(priceSale(draft(basketLine('a', most), basketLine('b', 1)), POLICY)).toMatchObject({
      reason: 'amount-too-large',
      facts,
    });
    expect(priceSale(draft(basketLine('a', most + 1)), POLICY)).toMatchObject({ reason: 'amount-too-large', facts });
    expect(priceSale(draft({ ...basketLine('a', 1), taxRateId: 'gone' }), POLICY)).toMatchObject({
      reason: 'not-found',
      facts: { kind: 'tax-rate', taxRateId: 'gone' },
    });
  });

  test('an offer on a tag covers the lines that carry it', () => {
    const tagged = { ...basketLine('a', 10_00), tags: ['t'] };
    const sale = priceOf([tagged, basketLine('b', 10_00)], [amountOff('T', 1_00, { filter: { tags: ['t'] } })]);
    expect(sale.lines.map((line) => line.netMinor)).toEqual([9_00, 10_00]);
  });

  test('points pay only the items that they may pay, up to what is left of them', () => {
    const filter = { ...EVERY_ITEM, productIds: ['a'] };
    const pointsOff = { programId: 'p', rewardId: 'r', points: 50, amountMinor: 5_00, filter };
    const sale = priceOf([basketLine('a', 3_00), basketLine('b', 10_00)], [], {}, { pointsOff });
    expect(sale.lines.map((line) => line.pointsShareMinor)).toEqual([3_00, 0]);
    expect(sale.pointsOff).toMatchObject({ amountMinor: 3_00, shares: [{ lineId: 'a', amountMinor: 3_00 }] });
  });

  test('taxes stand by rate, the highest first, equal ones by id, whatever was scanned first', () => {
    const rates = ['b', 'a', 'c'].map((taxRateId) => ({
      taxRateId,
      name: taxRateId,
      rateBasisPoints: taxRateId === 'c' ? 2_000 : 1_000,
    }));
    for (const order of [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
      ['b', 'a', 'c'],
    ]) {
      const lines = order.map((taxRateId) => ({ ...basketLine(taxRateId, 11_00), taxRateId }));
      expect(priceOf(lines, [], { taxRates: rates }).taxByRate.map((tax) => tax.taxRateId)).toEqual(['c', 'a', 'b']);
    }
  });
});
