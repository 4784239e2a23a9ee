import { expect, test } from 'vitest';
import { computeEarning } from '#shop/points/earning.ts';
import { defaultProgramme } from '#shop/points/programme.ts';
import type { Reward } from '#shop/points/programme-rewards.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import { priceWithRewards, type RewardedSale } from '#shop/till/price-with-rewards.ts';
import { readStoredDraft, saleDraftSchema } from '#shop/till/sale-draft-schema.ts';
import type { RedemptionDraft, SaleLineDraft } from '#shop/till/sale.ts';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { basketLine, POLICY, percentOff } from './offer-sales.ts';

const common = { name: 'x', minimumSpendMinor: 0, filter: EVERY_ITEM, tierIds: [] };
const rate: Reward = {
  ...common,
  rewardId: 'rate',
  kind: 'rate',
  pointsPerStep: 50,
  minorPerStep: 1_00,
  minimumPoints: 0,
  maximumPoints: null,
  maxShareBasisPoints: 10_000,
};
const gift: Reward = { ...common, rewardId: 'gift', kind: 'free-product', pricePoints: 100, units: 1 };
const choice: Reward = { ...common, rewardId: 'choice', kind: 'free-choice', pricePoints: 100 };
const five: Reward = { ...common, rewardId: 'five', kind: 'fixed', pricePoints: 250, amountMinor: 5_00 };

const take = (rewardId: string, points: number | null = null, chosen: string | null = null): RedemptionDraft => ({
  programId: 'p',
  rewardId,
  points,
  choice: chosen,
});

function rewarded(
  lines: readonly SaleLineDraft[],
  redemptions: readonly RedemptionDraft[],
  spendablePoints: number,
  rewards: readonly Reward[] = [rate, gift, choice, five],
  offers = [] as Parameters<typeof priceWithRewards>[2]['offers'],
): RewardedSale {
  const programmes = [{ programId: 'p', rewards, spendablePoints, tierId: null }];
  const answer = priceWithRewards({ lines, discount: null, redemptions }, POLICY, { offers, programmes });
  if ('reason' in answer) throw new Error(answer.reason);
  return answer;
}

const pricesOf = ({ taken }: RewardedSale) =>
  taken.map(({ redemption, amountMinor }) => [redemption.points, amountMinor]);

test('C-9: 500 points pay 10.00 of 100.00', () => {
  const sale = rewarded([basketLine('a', 50_00), basketLine('b', 50_00)], [take('rate', 500)], 600);
  expect([sale.priced.totalMinor, pricesOf(sale), sale.refused]).toEqual([90_00, [[500, 10_00]], []]);
  expect(sale.priced.lines.map((line) => line.pointsShareMinor)).toEqual([5_00, 5_00]);
});

test.each([
  [100, 100, 165_00],
  [250, 200, 65_00],
])('C-37: of %i points %i are used in steps of 100 at 1.00 each on 265.00', (balance, used, totalMinor) => {
  const steps: Reward = { ...rate, pointsPerStep: 100, minorPerStep: 100_00 };
  const sale = rewarded([basketLine('a', 265_00)], [take('rate')], balance, [steps]);
  expect([sale.priced.totalMinor, pricesOf(sale)[0]?.[0]]).toEqual([totalMinor, used]);
});

test('rewards that are offers come first, and points pay what they leave', () => {
  const sale = rewarded([basketLine('a', 3_00), basketLine('b', 8_00)], [take('rate'), take('gift')], 1000);
  expect([sale.priced.totalMinor, pricesOf(sale)]).toEqual([
    0,
    [
      [100, 3_00],
      [400, 8_00],
    ],
  ]);
});

test('each reward is decided on the points that the ones before it leave', () => {
  const sale = rewarded(
    [basketLine('a', 3_00), basketLine('b', 8_00)],
    [take('gift'), take('gift'), take('gift')],
    250,
  );
  expect([sale.priced.totalMinor, sale.taken.length]).toEqual([0, 2]);
  expect(sale.refused).toMatchObject([{ place: 2, refusal: { reason: 'reward-nothing-eligible' } }]);
  const short = rewarded([basketLine('a', 3_00), basketLine('b', 8_00)], [take('gift'), take('gift')], 150);
  expect(short.refused).toMatchObject([
    { place: 1, refusal: { reason: 'points-short', facts: { needed: 100, have: 50 } } },
  ]);
});

test('no points are asked for a reward that takes nothing off, and the next one may have them', () => {
  const alone = percentOff('ALONE', 9000, { isExclusive: true });
  const sale = rewarded(
    [basketLine('a', 10_00)],
    [take('gift'), take('rate', 50)],
    100,
    [{ ...gift, pricePoints: 60 }, rate],
    [{ ...alone, effect: { kind: 'fixed-price', unitPriceMinor: 0 } }, percentOff('TEN', 1000)],
  );
  expect(sale.taken).toEqual([]);
  expect(sale.priced.totalMinor).toBe(0);
  const weighed = rewarded(
    [{ ...basketLine('w', 4_00), quantityThousandths: 1500 }],
    [take('gift'), take('rate', 50)],
    100,
  );
  expect(weighed.refused).toMatchObject([{ place: 0 }]);
  expect(pricesOf(weighed)).toEqual([[50, 1_00]]);
});

test('a choice names a line or a product, and only one rate reward pays a sale', () => {
  const lines = [basketLine('a', 3_00), { ...basketLine('b', 8_00), lineId: 'line-b' }];
  for (const chosen of ['b', 'line-b']) {
    expect(rewarded(lines, [take('choice', null, chosen)], 100).priced.lines.map((line) => line.netMinor)).toEqual([
      3_00, 0,
    ]);
  }
  expect(rewarded(lines, [take('choice')], 100).refused).toMatchObject([
    { refusal: { reason: 'reward-choice-needed' } },
  ]);
  expect(rewarded(lines, [take('nothing')], 100).refused).toMatchObject([{ refusal: { reason: 'reward-unknown' } }]);
  const twice = rewarded(lines, [take('rate', 50), take('rate', 50)], 500);
  expect(twice.refused).toMatchObject([
    { place: 1, refusal: { reason: 'reward-not-applied', facts: { why: 'one-rate' } } },
  ]);
});

test('C-39: 50 points at 1.00 each off 106.00 leave 56.00, which earn 56', () => {
  const one: Reward = { ...rate, pointsPerStep: 1, minorPerStep: 1_00 };
  const lines = [basketLine('a', 106_00)];
  const { priced, taken } = rewarded(lines, [take('rate', 50)], 50, [one]);
  const version = { versionId: 'v', version: 1, programme: defaultProgramme('USD', 'P') };
  const { points } = computeEarning(earningSaleOf(lines, priced, 'inclusive'), version, null);
  expect([priced.totalMinor, points, points - (taken[0]?.redemption.points ?? 0)]).toEqual([56_00, 56, 6]);
});

test('a draft from before rewards takes none, and one from a screen says what it takes', () => {
  const old = { saleId: 's', customerId: null, lines: [], discount: null, label: '', note: '' };
  expect(readStoredDraft(JSON.stringify(old)).redemptions).toEqual([]);
  expect(readStoredDraft(JSON.stringify({ ...old, redemptions: [take('rate', 50)] })).redemptions).toHaveLength(1);
  const fromScreen = {
    ...old,
    saleId: '01890a5d-ac96-774b-bcce-b302099a8057',
    customerIdentifiedBy: null,
    customerIdentifiedAtMs: null,
  };
  expect(saleDraftSchema.parse(fromScreen).redemptions).toEqual([]);
  const line = {
    ...basketLine('l', 1),
    productId: null,
    lineId: '01890a5d-ac96-774b-bcce-b302099a8059',
    taxRateId: '01890a5d-ac96-774b-bcce-b302099a805a',
  };
  const twin = { ...line, lineId: '01890a5d-ac96-774b-bcce-b302099a805b' };
  expect(saleDraftSchema.safeParse({ ...fromScreen, lines: [line, twin] }).success).toBe(true);
  expect(saleDraftSchema.safeParse({ ...fromScreen, lines: [line, line] }).success).toBe(false);
  const asking = { ...take('rate', 50), programId: '01890a5d-ac96-774b-bcce-b302099a8058' };
  expect(saleDraftSchema.parse({ ...fromScreen, redemptions: [asking] }).redemptions).toEqual([asking]);
  expect(saleDraftSchema.safeParse({ ...fromScreen, redemptions: [{ ...asking, points: 0 }] }).success).toBe(false);
});
