import { expect, test } from 'vitest';
import { campaignSchema, plainCampaign } from './campaign.ts';
import { CAMPAIGN_TEMPLATES, campaignFrom } from './templates.ts';
import { benefitSchema, effectOf, grantOf, isGrant, usesTaken, voucherValueOf } from './kinds/all-kinds.ts';
import { type CampaignStanding, standingOf } from './standing.ts';
import type { CampaignFacts } from './voucher-facts.ts';

const NOW = Date.UTC(2026, 10, 21, 13);
const ten = { kind: 'percent', rateBasisPoints: 1000 } as const;
const everything = {
  productIds: [],
  categoryIds: [],
  tags: [],
  excludeProductIds: [],
  excludeCategoryIds: [],
  excludeTags: [],
};

test.each([
  ['S3-24 VC2', { ...ten, capMinor: 500 }, 1000, { effect: { ...ten, capMinor: 500 }, scope: 'order' }],
  ['VC1 item', { ...ten, scope: 'item' }, 1000, { effect: { ...ten, capMinor: null }, scope: 'item' }],
  [
    'VC1 amount',
    { kind: 'amount', amountMinor: 900 },
    900,
    { effect: { kind: 'amount', amountMinor: 900 }, scope: 'order' },
  ],
  ['VC1 product', { kind: 'product', units: 2 }, 2, { effect: { kind: 'free-units', units: 6 }, scope: 'item' }],
  [
    'C-28',
    { kind: 'buy-take', buyUnits: 2, takeUnits: 1 },
    1,
    { effect: { kind: 'buy-take', buyUnits: 2, takeUnits: 1 }, scope: 'item' },
  ],
  [
    'VC1 price',
    { kind: 'fixed-price', unitPriceMinor: 350 },
    350,
    { effect: { kind: 'fixed-price', unitPriceMinor: 350 }, scope: 'item' },
  ],
])(
  'S3-43 S3-38 %s: a kind that takes something off knows its value and its effect with three uses',
  (_id, given, value, effect) => {
    const benefit = benefitSchema.parse(given);
    expect(isGrant(benefit)).toBe(false);
    expect(voucherValueOf(benefit)).toBe(value);
    expect(effectOf(benefit, 3)).toEqual(effect);
    expect(grantOf(benefit)).toBeNull();
  },
);

test.each([
  [
    'S3-17 VC13',
    { kind: 'credit', amountMinor: 20_000, days: 30 },
    20_000,
    { to: 'credit', amountMinor: 20_000, days: 30 },
  ],
  [
    'S3-14 VC12',
    { kind: 'units', name: 'Coffee', units: 5 },
    5,
    { to: 'pass', kind: 'units', planId: null, name: 'Coffee', units: 5, days: null, filter: everything },
  ],
  [
    'S3-20 VC14',
    { kind: 'package', name: '10 coffees', uses: 10, days: 60 },
    10,
    { to: 'pass', kind: 'package', planId: null, name: '10 coffees', units: 10, days: 60, filter: everything },
  ],
])('S3-43 S3-38 %s: a kind that is given at once takes nothing off', (_id, given, value, grant) => {
  const benefit = benefitSchema.parse(given);
  expect(isGrant(benefit)).toBe(true);
  expect(voucherValueOf(benefit)).toBe(value);
  expect(grantOf(benefit)).toEqual(grant);
  expect(effectOf(benefit, 1)).toBeNull();
  expect(usesTaken(benefit, { freeUnits: 9 })).toBe(1);
});

test('uses are counted in whole ones, at least one', () => {
  const benefit = benefitSchema.parse({ kind: 'product', units: 2 });
  expect([0, 1, 2, 3, 4].map((freeUnits) => usesTaken(benefit, { freeUnits }))).toEqual([1, 1, 1, 2, 2]);
  expect(usesTaken(benefitSchema.parse(ten), { freeUnits: 9 })).toBe(1);
});

test('a campaign of a name and a benefit is whole, and reads back as it was', () => {
  const campaign = plainCampaign('Breakfast', benefitSchema.parse(ten));
  expect(campaign.limits).toMatchObject({ usesPerCode: 1, usesPerSale: 1, total: null, budgetMinor: null });
  expect(campaignSchema.parse(JSON.parse(JSON.stringify(campaign)))).toEqual(campaign);
});

test.each([
  ['a promotion that gives credit', { trigger: 'automatic', benefit: { kind: 'credit', amountMinor: 1 } }, 'benefit'],
  ['a promotion with a code', { trigger: 'automatic', genericCode: 'BREK10' }, 'genericCode'],
  ['a promotion for the next sale', { trigger: 'automatic', use: 'next-sale' }, 'use'],
  ['a code that is none', { genericCode: '10 %' }, 'genericCode'],
  ['an end before the start', { validity: { startsOn: '2026-11-02', endsOn: '2026-11-01' } }, 'validity.endsOn'],
  ['what recurs from nowhere', { validity: { recurrence: { everyDays: 7, forDays: 1 } } }, 'validity.startsOn'],
  ['a day that does not exist', { validity: { endsOn: '2026-02-30' } }, 'validity.endsOn'],
  ['a rate over 100 %', { benefit: { kind: 'percent', rateBasisPoints: 10_001 } }, 'benefit.rateBasisPoints'],
  ['an unknown word', { colour: 'red' }, ''],
])('%s does not fit', (_name, given, path) => {
  const read = campaignSchema.safeParse({ name: 'x', benefit: ten, ...given });
  expect(read.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});

test('a day that begins and ends a campaign fits', () => {
  const validity = { startsOn: '2026-11-01', endsOn: '2026-11-01', recurrence: { everyDays: 7, forDays: 1 } };
  expect(campaignSchema.safeParse({ name: 'x', benefit: ten, genericCode: 'BREK10', validity }).success).toBe(true);
});

function standing(given: object, facts: Partial<CampaignFacts> = {}): CampaignStanding {
  const campaign = campaignSchema.parse({ name: 'x', benefit: ten, ...given });
  const version = { campaignId: 'c', versionId: 'v', version: 1, campaign };
  return standingOf({ version, status: 'live', uses: { total: 0 }, spentMinor: 0, ...facts }, NOW, 'UTC');
}

test.each([
  ['live', () => standing({})],
  ['draft', () => standing({}, { status: 'draft' })],
  ['draft', () => standing({}, { version: null })],
  ['paused', () => standing({}, { status: 'paused' })],
  ['ended', () => standing({}, { status: 'ended', version: null })],
  ['ended', () => standing({ validity: { endsOn: '2026-11-20' } }, { status: 'paused' })],
  ['live', () => standing({ validity: { endsOn: '2026-11-21', startsOn: '2026-11-21' } })],
  ['scheduled', () => standing({ validity: { startsOn: '2026-11-22' } })],
  [
    'used-up',
    () => standing({ limits: { total: 5 } }, { uses: { total: 5, today: 0, byCustomer: 0, byCustomerToday: 0 } }),
  ],
  ['used-up', () => standing({ limits: { budgetMinor: 5 } }, { spentMinor: 5 })],
  ['live', () => standing({ limits: { budgetMinor: 5, total: 1 } }, { spentMinor: 4 })],
  ['automatic', () => standing({ trigger: 'automatic' })],
  ['automatic', () => standing({ distribution: { kind: 'birthday' } })],
])('a campaign stands as %s', (expected, standingNow) => {
  expect(standingNow()).toBe(expected);
});

test('VC23 S3-107 S3-113: each template is a campaign that can be published as it stands', () => {
  const from = (template: (typeof CAMPAIGN_TEMPLATES)[number]) =>
    campaignFrom(template, { name: 'Bring a friend', today: '2026-12-20', amountMinor: 500 });
  for (const template of CAMPAIGN_TEMPLATES)
    expect(campaignSchema.parse(from(template)), template).toEqual(from(template));
  expect(CAMPAIGN_TEMPLATES.map((template) => from(template).distribution.kind)).toEqual([
    'by-hand',
    'birthday',
    'win-back',
    'enrolment',
    'referral',
    'referral',
    'season',
    'after-sale',
  ]);
  expect(from('season').distribution).toEqual({ kind: 'season', startsOn: '12-20', forDays: 14, segmentId: null });
  expect(from('next-order')).toMatchObject({ use: 'next-sale', distribution: { minimumMinor: 5000, per: 'sale' } });
  expect(from('hours').validity.windows).toMatchObject([
    { weekdays: [0, 1, 2, 3, 4], fromMinute: null, toMinute: 660 },
  ]);
});
