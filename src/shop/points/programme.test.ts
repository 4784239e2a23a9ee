import { describe, expect, test } from 'vitest';
import { basicProgrammeSchema, basicRuleOf, defaultProgramme, programmeOf, programmeSchema } from './programme.ts';

const FIRST_VERSION = {
  name: 'Club',
  rules: [{ ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 }],
  base: 'as-priced',
  minimumSpendMinor: 0,
  expiryMonths: null,
  expiryRounding: 'none',
};

test('C-11: a version written before there were promotions, tiers and rewards is still valid and means the same', () => {
  const programme = programmeSchema.parse(FIRST_VERSION);
  expect(programme).toMatchObject({
    ...FIRST_VERSION,
    pointName: '',
    promotions: [],
    discountsLower: 'all',
    storedValueTenderCounts: true,
    pointsDiscountLowers: true,
    caps: { pointsPerSale: null, pointsPerDay: null },
    pendingDays: 0,
    expirySlides: false,
    warnDays: 30,
    refundGraceDays: 30,
    lateAttachDays: 14,
    negativeBalance: 'ALLOW_NEGATIVE',
    pointValue: { points: 50, perMinor: 100 },
    tiers: null,
    rewards: [],
  });
  expect(programme.rules[0]).toMatchObject({
    multiplierBasisPoints: 10_000,
    rounding: 'floor',
    schedule: null,
    tierIds: [],
  });
});

test('defaults scale with the currency', () => {
  expect(defaultProgramme('PYG', 'P')).toMatchObject({
    rules: [{ ruleId: 'base', kind: 'spend', points: 1, perMinor: 1000 }],
    pointValue: { points: 50, perMinor: 1000 },
  });
  expect(defaultProgramme('USD', 'P')).toMatchObject({
    rules: [{ points: 1, perMinor: 100 }],
    pointValue: { perMinor: 100 },
  });
  const kuwait = defaultProgramme('KWD', 'P');
  expect(programmeSchema.parse(JSON.parse(JSON.stringify(kuwait)))).toEqual(kuwait);
});

describe('the basic form', () => {
  const basic = { name: 'P', points: 3, perMinor: 500, minimumSpendMinor: 10, expiryMonths: 12 };

  test('changes its own members and leaves whatever else the programme has', () => {
    const visit = { ruleId: 'v', kind: 'visit', points: 5 };
    const from = programmeSchema.parse({ ...FIRST_VERSION, rules: [...FIRST_VERSION.rules, visit], pendingDays: 7 });
    const changed = programmeOf(basic, from);
    expect(changed).toMatchObject({ name: 'P', minimumSpendMinor: 10, expiryMonths: 12, pendingDays: 7 });
    expect(changed.rules.map(({ ruleId }) => ruleId)).toEqual(['base', 'v']);
    expect(basicRuleOf(changed)).toEqual({ points: 3, perMinor: 500 });
    expect(programmeOf(basic).rules).toHaveLength(1);
  });

  test('shows its rule, else the first by money, else none', () => {
    const by = (rules: object[]) => basicRuleOf(programmeSchema.parse({ name: 'P', rules }));
    const spend = { ruleId: 's', kind: 'spend', points: 2, perMinor: 100 };
    expect(by([spend, { ...spend, ruleId: 'base', points: 9 }])).toEqual({ points: 9, perMinor: 100 });
    expect(by([spend])).toEqual({ points: 2, perMinor: 100 });
    expect(by([{ ruleId: 'v', kind: 'visit', points: 5 }, spend])).toBeNull();
    expect(by([])).toBeNull();
  });

  test.each([
    { points: 0 },
    { points: 1_000_001 },
    { perMinor: 0 },
    { minimumSpendMinor: -1 },
    { expiryMonths: 121 },
    { name: '' },
  ])('refuses %j', (change) => {
    expect(basicProgrammeSchema.safeParse({ ...basic, ...change }).success).toBe(false);
    expect(basicProgrammeSchema.safeParse(basic).success).toBe(true);
  });
});

describe('what no programme may say', () => {
  const parse = (change: object) => programmeSchema.safeParse({ ...FIRST_VERSION, ...change }).success;
  const rule = FIRST_VERSION.rules[0] as object;
  const promotion = { promotionId: 'p', multiplierBasisPoints: 20_000 };
  const reward = { rewardId: 'r', kind: 'fixed', pricePoints: 1, amountMinor: 1 };
  const level = { tierId: 't', name: '', threshold: 0 };

  test.each([
    { rules: [rule, rule] },
    { promotions: [promotion, promotion] },
    { promotions: [{ ...promotion, promotionId: 'base' }] },
    { rewards: [reward, reward] },
    { tiers: { levels: [level, { ...level, threshold: 5 }] } },
    { promotions: [{ ...promotion, multiplierBasisPoints: 9_999 }] },
    { pendingDays: 91 },
    { pendingDays: 29, expiryMonths: 1 },
    { pendingDays: 1, expiryMonths: 0 },
    { unknown: 1 },
    { rules: [{ ...rule, kind: 'other' }] },
    { rewards: [{ ...reward, kind: 'rate' }] },
    { rules: [{ ...rule, schedule: { weekdays: [7] } }] },
    { tiers: { levels: [] } },
  ])('%j', (change) => {
    expect(parse(change)).toBe(false);
  });

  test('what stands beside it may', () => {
    expect(
      parse({
        rules: [rule, { ...rule, ruleId: 'b' }],
        promotions: [promotion],
        rewards: [reward],
        tiers: { levels: [level] },
      }),
    ).toBe(true);
    const two = [level, { ...level, tierId: 'u', threshold: 5 }];
    expect(parse({ rewards: [reward, { ...reward, rewardId: 's' }], tiers: { levels: two } })).toBe(true);
    expect(parse({ pendingDays: 28, expiryMonths: 1 })).toBe(true);
    expect(parse({ pendingDays: 90 })).toBe(true);
    expect(parse({ rewards: [{ ...reward, rewardId: 'base' }] })).toBe(true);
  });
});
