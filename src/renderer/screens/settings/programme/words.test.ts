import { describe, expect, test } from 'vitest';
import { type Programme, programmeSchema } from '#shop/points/programme.ts';
import { createI18n } from '../../../i18n/i18n.ts';
import { createFormatter } from '../../../ui/format.ts';
import { differencesOf } from './differences.ts';
import { levelText, promotionText, rewardText, ruleText, type Words } from './words.ts';

const NAMES: Record<string, string> = { coffee: 'Coffee', books: 'Books', silver: 'Silver', gold: 'Gold' };

function wordsIn(language: 'en' | 'es'): Words {
  const nameOf = (id: string): string => NAMES[id] ?? id;
  return {
    t: createI18n(language).getFixedT(language, 'programme'),
    format: createFormatter({ language, region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' }),
    productName: nameOf,
    categoryName: nameOf,
    tierName: nameOf,
    segmentName: nameOf,
  };
}

const EN = wordsIn('en');
const ES = wordsIn('es');
/** No-break spaces are spaces to a reader. */
const plain = (text: string): string => text.replace(/\u00a0|\u202f/g, ' ');

const LIMITED = { pointsPerSale: null, pointsPerDay: 100, pointsEver: null, timesPerDay: null };
const SPEND = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 1000 };

function programmeOf(change: object = {}): Programme {
  return programmeSchema.parse({ name: 'Club', rules: [SPEND], ...change });
}

const ruleOf = (change: object): Programme['rules'][number] =>
  programmeOf({ rules: [{ ...SPEND, ...change }] }).rules[0] as Programme['rules'][number];

describe('what a rule says', () => {
  test.each([
    [{}, '1 point for every ₲ 1.000', '1 punto por cada ₲ 1.000'],
    [
      { points: 2, schedule: { weekdays: [4], fromMinute: 960, toMinute: 1200 }, limits: LIMITED },
      '2 points for every ₲ 1.000 · Friday, 16:00 to 20:00 · at most 100 points a day',
      '2 puntos por cada ₲ 1.000 · viernes, 16:00 a 20:00 · como máximo 100 puntos por día',
    ],
    [
      { filter: { categoryIds: ['coffee'], excludeProductIds: ['books'] }, tierIds: ['silver', 'gold'] },
      '1 point for every ₲ 1.000 on Coffee except Books · only Silver and Gold',
      '1 punto por cada ₲ 1.000 en Coffee salvo Books · solo Silver y Gold',
    ],
    [{ segmentIds: ['gold'] }, '1 point for every ₲ 1.000 · only Gold', '1 punto por cada ₲ 1.000 · solo Gold'],
    [
      { minimumSpendMinor: 20_000, multiplierBasisPoints: 15_000 },
      '1 point for every ₲ 1.000 · from a sale of ₲ 20.000 · ×1,5',
      '1 punto por cada ₲ 1.000 · desde una venta de ₲ 20.000 · ×1,5',
    ],
  ])('%j', (change, english, spanish) => {
    expect(plain(ruleText(EN, ruleOf(change)))).toBe(english);
    expect(plain(ruleText(ES, ruleOf(change)))).toBe(spanish);
  });

  test('of the other kinds', () => {
    const rules = programmeOf({
      rules: [
        { ruleId: 'v', kind: 'visit', points: 5 },
        { ruleId: 'p', kind: 'product', pointsPerUnit: 3, filter: { productIds: ['coffee'] } },
        { ruleId: 'e', kind: 'event', event: 'birthday', points: 50, timesPerYear: 1 },
      ],
    }).rules.map((rule) => ruleText(EN, rule));
    expect(rules).toEqual([
      '5 points for every visit',
      '3 points for each piece of Coffee',
      '50 points for a birthday · once a year',
    ]);
  });
});

test('promotions, rewards and tiers in words', () => {
  const programme = programmeOf({
    promotions: [{ promotionId: 'p', multiplierBasisPoints: 20_000, filter: { categoryIds: ['coffee'] } }],
    rewards: [
      { rewardId: 'a', kind: 'free-product', pricePoints: 100, filter: { productIds: ['coffee'] } },
      { rewardId: 'b', kind: 'rate', pointsPerStep: 50, minorPerStep: 1000, maxShareBasisPoints: 5_000 },
      { rewardId: 'c', kind: 'cheapest-item', pricePoints: 80 },
    ],
    tiers: {
      levels: [
        { tierId: 'silver', name: 'Silver', threshold: 0 },
        { tierId: 'gold', name: 'Gold', threshold: 500_000, multiplierBasisPoints: 15_000 },
      ],
    },
  });
  expect(programme.promotions.map((each) => promotionText(EN, each))).toEqual(['×2 points on Coffee']);
  expect(programme.rewards.map((each) => plain(rewardText(EN, each)))).toEqual([
    '100 points: 1 of Coffee free',
    '₲ 1.000 off for every 50 points · up to 50% of the sale',
    '80 points: the cheapest of everything free',
  ]);
  const gold = programme.tiers?.levels[1];
  expect(plain(gold === undefined ? '' : levelText(EN, { mode: 'EARNED_IN_PERIOD', measure: 'spend' }, gold))).toBe(
    'Gold from ₲ 500.000 · ×1,5',
  );
});

test('differences name what changes, what comes and what goes, and nothing else', () => {
  const visit = { ruleId: 'v', kind: 'visit', points: 5 };
  const before = programmeOf({ rules: [SPEND, visit] });
  const after = programmeOf({
    rules: [{ ...SPEND, points: 2 }],
    rewards: [{ rewardId: 'a', name: 'Free coffee', kind: 'fixed', pricePoints: 100, amountMinor: 9000 }],
    expiryMonths: 12,
  });
  expect(differencesOf(EN, before, before)).toEqual([]);
  expect(
    differencesOf(EN, before, after).map(({ what, before: was, after: is }) => [
      what,
      was === null ? null : plain(was),
      is === null ? null : plain(is),
    ]),
  ).toEqual([
    ['End after (months)', 'never', '12'],
    ['Earning rule', '1 point for every ₲ 1.000', '2 points for every ₲ 1.000'],
    ['Earning rule', '5 points for every visit', null],
    ['Reward', null, 'Free coffee: 100 points: ₲ 9.000 off'],
  ]);
});

test('every member of a programme that can be changed shows as a difference', () => {
  const before = programmeOf();
  const changes: Partial<Record<keyof Programme, unknown>> = {
    name: 'Other',
    pointName: 'stars',
    rules: [],
    promotions: [{ promotionId: 'p', multiplierBasisPoints: 20_000 }],
    base: 'with-tax',
    discountsLower: 'in-filter-only',
    storedValueTenderCounts: false,
    pointsDiscountLowers: false,
    exclude: { excludeProductIds: ['coffee'] },
    minimumSpendMinor: 1,
    caps: { pointsPerSale: 1, pointsPerDay: null },
    pendingDays: 1,
    expiryMonths: 6,
    expiryRounding: 'month',
    expirySlides: true,
    warnDays: 1,
    refundGraceDays: 1,
    lateAttachDays: 1,
    negativeBalance: 'DEDUCT_CASH',
    pointValue: { points: 10, perMinor: 100 },
    tiers: { levels: [{ tierId: 't', name: 'T', threshold: 0 }] },
    rewards: [{ rewardId: 'r', kind: 'free-choice', pricePoints: 1 }],
  };
  expect(Object.keys(changes).toSorted()).toEqual(Object.keys(before).toSorted());
  for (const [member, value] of Object.entries(changes))
    expect(differencesOf(EN, before, programmeOf({ [member]: value })), member).not.toEqual([]);
});
