import { expect, test } from 'vitest';
import { type Campaign, campaignSchema } from './campaign.ts';
import { decideClaim } from './decide-claim.ts';
import { decidePromotion, decideVoucher } from './decide-voucher.ts';
import type { CampaignFacts, ClaimFacts, Situation, VoucherFacts } from './voucher-facts.ts';

const ZONE = 'America/Asuncion';
/** Saturday 21 November 2026, 10:00 in Asunción (UTC-3). */
const NOW = Date.UTC(2026, 10, 21, 13);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [SHOP, CASHIER, MANAGER, ANA, LUIS] = ['shop', 'cashier', 'manager', 'ana', 'luis'];

const SHOP_ID = '0191e7a0-0000-7000-8000-000000000077';

const own = (as: string) => ({ as, permission: 'vouchers.own', overridable: true });

type CampaignInput = Omit<Parameters<typeof campaignSchema.parse>[0] & object, never>;

function campaignOf(given: CampaignInput = {}): Campaign {
  return campaignSchema.parse({ name: 'Ten off', benefit: { kind: 'percent', rateBasisPoints: 1000 }, ...given });
}

function factsOf(campaign: CampaignInput = {}, given: Partial<CampaignFacts> = {}): CampaignFacts {
  return {
    campaignId: 'campaign',
    version: { campaignId: 'campaign', versionId: 'version', version: 1, campaign: campaignOf(campaign) },
    status: 'live',
    pausedAtMs: null,
    pausedByStaffId: null,
    endedAtMs: null,
    uses: { total: 0, today: 0, byCustomer: 0, byCustomerToday: 0 },
    spentMinor: 0,
    ...given,
  };
}

function voucherOf(given: Partial<VoucherFacts> = {}): VoucherFacts {
  return {
    voucherId: 'voucher',
    code: 'BREK10',
    status: 'published',
    isActive: true,
    usageLimit: 1,
    usageCount: 0,
    heldUses: 0,
    heldUntilMs: null,
    holderCustomerId: null,
    createdByStaffId: MANAGER,
    issuedByStaffId: null,
    issuerCustomerIds: [],
    startsAtMs: null,
    expiresAtMs: null,
    revokedAtMs: null,
    claim: null,
    lastUse: null,
    ...given,
  };
}

function claimOf(given: Partial<ClaimFacts> = {}): ClaimFacts {
  return { status: 'CLAIMED', claimedAtMs: NOW - DAY, claimedSaleId: null, expiresAtMs: null, ...given };
}

const ana = { customerId: ANA, tierIds: ['gold'], segmentIds: ['regulars'], completedSales: 3 };

function situationOf(given: Partial<Situation> = {}): Situation {
  return { atMs: NOW, zone: ZONE, shopId: SHOP, staffId: CASHIER, customer: ana, saleId: 'sale', ...given };
}

const decide = (
  voucher: Partial<VoucherFacts> = {},
  campaign: CampaignInput = {},
  situation: Partial<Situation> = {},
  facts: Partial<CampaignFacts> = {},
) => decideVoucher(voucherOf(voucher), factsOf(campaign, facts), situationOf(situation));

const NOBODY = { shops: [], staff: [], segments: [], tiers: [], items: [], conditions: {} };
const uses = { total: 0, today: 0, byCustomer: 0, byCustomerToday: 0 };

test('a voucher without a word against it may be used, once in a sale by default', () => {
  expect(decide()).toMatchObject({ kind: 'usable', usesLeft: 1, budgetLeftMinor: null, endsAtMs: null });
});

const refusals: readonly [string, () => ReturnType<typeof decide>, string, object][] = [
  [
    'S3-53 VC20: a code that was used says when and where',
    () => decide({ usageCount: 1, status: 'redeemed', lastUse: { atMs: NOW - HOUR, terminalId: 'till-1' } }),
    'voucher-used',
    { atMs: NOW - HOUR, terminalId: 'till-1' },
  ],
  [
    'VC8: all uses of a code for everybody',
    () => decide({ usageLimit: 500, usageCount: 500 }),
    'voucher-limit-reached',
    { limit: 500 },
  ],
  [
    'S3-54: a claim that was used',
    () => decide({ usageLimit: 500, usageCount: 9, claim: claimOf({ status: 'REDEEMED' }) }),
    'voucher-used',
    { atMs: null, terminalId: null },
  ],
  ['S3-52 S3-92: its own end', () => decide({ expiresAtMs: NOW }), 'voucher-expired', { endedAtMs: NOW }],
  [
    'S3-52: the end of its claim',
    () => decide({ claim: claimOf({ expiresAtMs: NOW - 1 }) }),
    'voucher-expired',
    { endedAtMs: NOW - 1 },
  ],
  [
    'S3-92: the end of the campaign is the midnight after its last day',
    () => decide({}, { validity: { endsOn: '2026-11-20' } }),
    'voucher-expired',
    { endedAtMs: Date.UTC(2026, 10, 21, 3) },
  ],
  [
    'ended by hand',
    () => decide({}, {}, {}, { status: 'ended', endedAtMs: NOW - DAY }),
    'voucher-ended',
    { endedAtMs: NOW - DAY },
  ],
  [
    'not started',
    () => decide({}, { validity: { startsOn: '2026-12-01' } }),
    'voucher-not-started',
    { startsAtMs: Date.UTC(2026, 11, 1, 3) },
  ],
  ['its own start', () => decide({ startsAtMs: NOW + 1 }), 'voucher-not-started', { startsAtMs: NOW + 1 }],
  ['a draft', () => decide({}, {}, {}, { status: 'draft', version: null }), 'voucher-draft', {}],
  [
    'VC22: paused, by whom and when',
    () => decide({}, {}, {}, { status: 'paused', pausedAtMs: NOW - DAY, pausedByStaffId: MANAGER }),
    'voucher-paused',
    { atMs: NOW - DAY, staffId: MANAGER },
  ],
  [
    'V6: revoked',
    () => decide({ isActive: false, revokedAtMs: NOW - DAY, status: 'revoked' }),
    'voucher-revoked',
    { atMs: NOW - DAY },
  ],
  ['VC9: bound to somebody else', () => decide({ holderCustomerId: LUIS }), 'voucher-of-another', {}],
  [
    'VC9: bound, and nobody known',
    () => decide({ holderCustomerId: ANA }, {}, { customer: null }),
    'voucher-needs-customer',
    {},
  ],
  ['V3 S3-57 VC26: its creator redeems', () => decide({}, {}, { staffId: MANAGER }), 'voucher-own', own('creator')],
  ['V3 S3-57: who gave it out redeems', () => decide({ issuedByStaffId: CASHIER }), 'voucher-own', own('issuer')],
  ['V3 S3-57: its creator as the customer', () => decide({ issuerCustomerIds: [ANA] }), 'voucher-own', own('customer')],
  ['S3-56: another shop', () => decide({}, { audience: { shopIds: [id(1)] } }), 'voucher-wrong-shop', {}],
  ['S3-56: another dealer', () => decide({}, { audience: { staffIds: [id(1)] } }), 'voucher-wrong-staff', {}],
  ['another segment', () => decide({}, { audience: { segmentIds: [id(1)] } }), 'voucher-segment', {}],
  ['another tier', () => decide({}, { audience: { tierIds: ['platinum'] } }), 'voucher-tier', {}],
  [
    'another tier, by name',
    () =>
      decide(
        {},
        { audience: { tierIds: ['platinum'] } },
        {},
        { restrictedTo: { ...NOBODY, tiers: ['Gold', 'Platinum'] } },
      ),
    'voucher-tier',
    { names: 'Gold, Platinum' },
  ],
  [
    'not the first purchase',
    () => decide({}, { audience: { isFirstPurchase: true } }),
    'voucher-not-first-purchase',
    { sales: 3 },
  ],
  [
    'somebody must be known',
    () => decide({}, { audience: { needsCustomer: true } }, { customer: null }),
    'voucher-needs-customer',
    {},
  ],
  [
    'who is counted must be known',
    () => decide({}, { limits: { perCustomer: 1 } }, { customer: null }),
    'voucher-needs-customer',
    {},
  ],
  [
    'VC5: the wrong day',
    () => decide({}, { validity: { windows: [{ weekdays: [0, 4] }] } }),
    'voucher-wrong-day',
    { weekdays: '0,4' },
  ],
  [
    'VC5: the wrong hours',
    () => decide({}, { validity: { windows: [{ fromMinute: 390, toMinute: 600 }] } }),
    'voucher-wrong-hours',
    { fromMinute: 390, toMinute: 600 },
  ],
  [
    'VC5: between two stretches of dates',
    () => decide({}, { validity: { windows: [{ endsOn: '2026-11-20' }, { startsOn: '2026-12-24' }] } }),
    'voucher-wrong-window',
    { nextOn: '2026-12-24' },
  ],
  [
    'VC5: a recurring stretch that rests: two days of every seven, since a Monday',
    () => decide({}, { validity: { startsOn: '2026-11-16', recurrence: { everyDays: 7, forDays: 2 } } }),
    'voucher-wrong-window',
    { nextOn: '2026-11-23' },
  ],
  ['VC15: before it was claimed', () => decide({}, { use: 'next-sale' }), 'voucher-next-sale', {}],
  [
    'C-36 VC15: in the sale in which it was claimed',
    () => decide({ claim: claimOf({ claimedSaleId: 'sale' }) }, { use: 'next-sale' }),
    'voucher-next-sale',
    {},
  ],
  [
    'VC6: the campaign in all',
    () => decide({}, { limits: { total: 5 } }, {}, { uses: { ...uses, total: 5 } }),
    'voucher-limit-reached',
    { limit: 5 },
  ],
  [
    'VC6: the day',
    () => decide({}, { limits: { perDay: 5 } }, {}, { uses: { ...uses, today: 5 } }),
    'voucher-day-limit',
    { limit: 5 },
  ],
  [
    'VC6 V3: the customer',
    () => decide({}, { limits: { perCustomer: 1 } }, {}, { uses: { ...uses, byCustomer: 1 } }),
    'voucher-customer-limit',
    { limit: 1 },
  ],
  [
    'VC6: the customer and the day',
    () => decide({}, { limits: { perCustomerPerDay: 1 } }, {}, { uses: { ...uses, byCustomerToday: 1 } }),
    'voucher-customer-day-limit',
    { limit: 1 },
  ],
  [
    'VC6: the budget',
    () => decide({}, { limits: { budgetMinor: 100 } }, {}, { spentMinor: 100 }),
    'voucher-budget-spent',
    { budgetMinor: 100 },
  ],
  [
    'VC18: another sale holds its last use',
    () => decide({ heldUses: 1, heldUntilMs: NOW + HOUR }),
    'voucher-held',
    { untilMs: NOW + HOUR },
  ],
];

test.each(refusals)('%s', (_name, answerOf, reason, facts) => {
  expect(answerOf()).toEqual({ kind: 'refused', reason, facts });
});

test('V5: a voucher can be used up to the last moment, and the first one of its hours', () => {
  expect(decide({ expiresAtMs: NOW + 1 })).toMatchObject({ kind: 'usable', endsAtMs: NOW + 1 });
  expect(decide({}, { validity: { endsOn: '2026-11-21' } })).toMatchObject({ kind: 'usable' });
  expect(decide({ startsAtMs: NOW })).toMatchObject({ kind: 'usable' });
  const breakfast = { validity: { windows: [{ weekdays: [5], fromMinute: 600, toMinute: 660 }] } };
  expect(decide({}, breakfast)).toMatchObject({ kind: 'usable' });
  expect(decide({}, breakfast, { atMs: NOW - 1 })).toMatchObject({ reason: 'voucher-wrong-hours' });
  const recurs = { validity: { startsOn: '2026-11-14', recurrence: { everyDays: 7, forDays: 1 } } };
  expect(decide({}, recurs)).toMatchObject({ kind: 'usable' });
  expect(decide({}, recurs, { atMs: NOW + DAY })).toMatchObject({ reason: 'voucher-wrong-window' });
});

test('C-36: kept for the next purchase, it can be used in any later one', () => {
  const claimed = { claim: claimOf({ claimedSaleId: 'earlier' }) };
  expect(decide(claimed, { use: 'next-sale' })).toMatchObject({ kind: 'usable' });
  expect(decide(claimed, { use: 'next-sale' }, { saleId: null })).toMatchObject({ kind: 'usable' });
});

test('what is for ever is said before what passes: a used voucher of a paused campaign was used', () => {
  const paused = { status: 'paused', pausedAtMs: NOW, pausedByStaffId: MANAGER } as const;
  expect(decide({ usageCount: 1 }, {}, {}, paused)).toMatchObject({ reason: 'voucher-used' });
  expect(decide({ holderCustomerId: LUIS, usageCount: 1 })).toMatchObject({ reason: 'voucher-of-another' });
  expect(decide({ expiresAtMs: NOW }, {}, {}, paused)).toMatchObject({ reason: 'voucher-expired' });
});

test('C-41: how many uses one sale may take is the least of what is left anywhere', () => {
  const all = { limits: { usesPerSale: null } };
  expect(decide({ usageLimit: 3 }, all)).toMatchObject({ usesLeft: 3 });
  expect(decide({ usageLimit: 3, usageCount: 1, heldUses: 1 }, all)).toMatchObject({ usesLeft: 1 });
  expect(decide({ usageLimit: null }, all)).toMatchObject({ usesLeft: null });
  const limited = {
    limits: { usesPerSale: null, total: 10, perDay: 6, perCustomer: 9, perCustomerPerDay: 9, budgetMinor: 50 },
  };
  const used = { uses: { total: 5, today: 4, byCustomer: 5, byCustomerToday: 5 }, spentMinor: 20 };
  expect(decide({ usageLimit: 8 }, limited, {}, used)).toMatchObject({ usesLeft: 2, budgetLeftMinor: 30 });
});

test('a promotion applies by itself, for whom and when it holds, and only an automatic one', () => {
  const auto = factsOf({ trigger: 'automatic', limits: { perCustomer: 2 } });
  expect(decidePromotion(auto, situationOf())).toMatchObject({ kind: 'usable' });
  expect(decidePromotion(auto, situationOf({ customer: null }))).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(decidePromotion(factsOf(), situationOf())).toMatchObject({ kind: 'refused' });
  expect(decidePromotion({ ...auto, status: 'ended', endedAtMs: NOW }, situationOf())).toMatchObject({
    reason: 'voucher-ended',
  });
  const over = factsOf({ trigger: 'automatic', validity: { endsOn: '2026-11-20' } });
  expect(decidePromotion(over, situationOf())).toMatchObject({ reason: 'voucher-expired' });
});

const claim = (
  voucher: Partial<VoucherFacts> = {},
  campaign: CampaignInput = {},
  situation: Partial<Situation> = {},
  facts: Partial<CampaignFacts> = {},
) => decideClaim(voucherOf(voucher), factsOf(campaign, facts), situationOf(situation));

test('S0-26 S0-53: a claim ends with its day or the campaign, binds a voucher with one use, and is had once', () => {
  expect(claim()).toEqual({ kind: 'claim', expiresAtMs: null, bindsHolder: true });
  const days = { validity: { claimDays: 7 } };
  expect(claim({ usageLimit: null }, days)).toEqual({
    kind: 'claim',
    expiresAtMs: Date.UTC(2026, 10, 29, 3),
    bindsHolder: false,
  });
  const short = { validity: { claimDays: 7, endsOn: '2026-11-25' } };
  expect(claim({}, short)).toMatchObject({ expiresAtMs: Date.UTC(2026, 10, 26, 3) });
  expect(claim({ expiresAtMs: NOW + DAY }, short)).toMatchObject({ expiresAtMs: NOW + DAY });
  expect(claim({ claim: claimOf() })).toEqual({
    kind: 'refused',
    reason: 'voucher-already-claimed',
    facts: { claimedAtMs: NOW - DAY },
  });
});

test('a voucher that has not begun may be claimed; nobody’s, another’s, a used, ended, paused or wrong one may not', () => {
  expect(claim({}, { validity: { startsOn: '2026-12-01' } })).toMatchObject({ kind: 'claim' });
  expect(claim({}, {}, { customer: null })).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(claim({ holderCustomerId: LUIS })).toMatchObject({ reason: 'voucher-of-another' });
  expect(claim({ holderCustomerId: ANA })).toMatchObject({ kind: 'claim' });
  expect(claim({ usageCount: 1 })).toMatchObject({ reason: 'voucher-used' });
  expect(claim({ expiresAtMs: NOW })).toMatchObject({ reason: 'voucher-expired' });
  expect(claim({ isActive: false })).toMatchObject({ reason: 'voucher-revoked' });
  expect(claim({}, {}, {}, { status: 'paused', pausedAtMs: NOW })).toMatchObject({ reason: 'voucher-paused' });
  expect(claim({}, { audience: { tierIds: ['platinum'] } })).toMatchObject({ reason: 'voucher-tier' });
});

function id(number: number): string {
  return `0191e7a0-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

test('S3-57 VC26: somebody else may allow it, its creator and its issuer not; one person alone redeems for others', () => {
  const kindOf = (staffId: string, allowedByStaffId: string | null, isAlone = false, more = {}) =>
    decide({ issuedByStaffId: CASHIER, ...more }, {}, { staffId, own: { isAlone, allowedByStaffId } }).kind;
  expect(kindOf(CASHIER, 'another')).toBe('usable');
  expect(kindOf(CASHIER, CASHIER)).toBe('refused');
  expect(kindOf(CASHIER, MANAGER)).toBe('refused');
  expect(kindOf(CASHIER, null)).toBe('refused');
  expect(kindOf(CASHIER, null, true)).toBe('usable');
  expect(kindOf('another', 'another', false, { issuerCustomerIds: [ANA] })).toBe('usable');
  expect(kindOf(CASHIER, null, true, { issuerCustomerIds: [ANA] })).toBe('refused');
});

const some = [id(1), id(2)];

test.each([
  ['one of its shops', { shopIds: [...some, SHOP_ID] }, { shopId: SHOP_ID }],
  ['one of its dealers', { staffIds: [...some, id(7)] }, { staffId: id(7) }],
  ['one of its segments', { segmentIds: [...some, id(8)] }, { customer: { ...ana, segmentIds: [id(9), id(8)] } }],
  ['one of its tiers', { tierIds: ['platinum', 'gold'] }, {}],
  ['a first purchase', { isFirstPurchase: true }, { customer: { ...ana, completedSales: 0 } }],
] as const)('S3-56 VC9: %s is enough', (_name, audience, situation) => {
  expect(decide({}, { audience: structuredClone(audience) as object }, situation)).toMatchObject({ kind: 'usable' });
});

test.each([
  ['a segment', { audience: { segmentIds: [id(1)] } }],
  ['a tier', { audience: { tierIds: ['gold'] } }],
  ['a first purchase', { audience: { isFirstPurchase: true } }],
  ['a limit for each customer and day', { limits: { perCustomerPerDay: 1 } }],
] as const)('what asks for %s asks who it is', (_name, campaign) => {
  expect(decide({}, structuredClone(campaign) as object, { customer: null })).toMatchObject({
    reason: 'voucher-needs-customer',
  });
});

test('C-47: what an experiment shows to others is for others, and it must be known who is there', () => {
  const other = { trial: 'other' } as const;
  expect(decide({}, {}, {}, { trial: 'own' }).kind).toBe('usable');
  expect(decide({}, {}, {}, other)).toMatchObject({ reason: 'voucher-other-arm' });
  expect(decide({}, {}, { customer: null }, other)).toMatchObject({ reason: 'voucher-needs-customer' });
});

test('one use under a limit is still free, and the limit itself is not', () => {
  const limits = { total: 5, perDay: 5, perCustomer: 5, perCustomerPerDay: 5, budgetMinor: 5, usesPerCode: 9 };
  const four = { uses: { total: 4, today: 4, byCustomer: 4, byCustomerToday: 4 }, spentMinor: 4 };
  expect(decide({ usageLimit: 9 }, { limits }, {}, four)).toMatchObject({ kind: 'usable', usesLeft: 1 });
});

test('V6: an inactive voucher is revoked, whatever else is said of it; so is one with a moment of it', () => {
  expect(decide({ isActive: false })).toMatchObject({ reason: 'voucher-revoked' });
  expect(decide({ revokedAtMs: NOW })).toMatchObject({ reason: 'voucher-revoked' });
  expect(claim({ revokedAtMs: NOW - 1 })).toMatchObject({ reason: 'voucher-revoked', facts: { atMs: NOW - 1 } });
});

test('S3-52: what the job has marked as ended is ended, by its claim’s end before its own', () => {
  const ends = { expiresAtMs: NOW + DAY };
  expect(decide({ status: 'expired', ...ends })).toMatchObject({ facts: { endedAtMs: NOW + DAY } });
  const ended = claimOf({ status: 'EXPIRED', expiresAtMs: NOW - DAY });
  expect(decide({ claim: ended, ...ends })).toMatchObject({
    reason: 'voucher-expired',
    facts: { endedAtMs: NOW - DAY },
  });
});

test('S3-54: a used code of several uses says so, and when one of its claims was used, that', () => {
  const last = { lastUse: { atMs: NOW - DAY, terminalId: 'till-2' } };
  const all = { usageLimit: 2, usageCount: 2, ...last };
  expect(decide(all)).toMatchObject({ reason: 'voucher-limit-reached', facts: { limit: 2 } });
  expect(decide({ ...all, claim: claimOf() })).toMatchObject({ reason: 'voucher-limit-reached' });
  expect(decide({ ...all, claim: claimOf({ status: 'REDEEMED' }) })).toMatchObject({
    reason: 'voucher-used',
    facts: last.lastUse,
  });
});

test('VC15: kept for the next sale, it is not used in the one it was claimed in, nor without a claim', () => {
  const next = { use: 'next-sale' } as const;
  expect(decide({ claim: claimOf({ status: 'VOIDED', claimedSaleId: 'earlier' }) }, next).kind).toBe('refused');
  expect(decide({}, next, { saleId: null }).kind).toBe('usable');
  expect(decide({ claim: claimOf({ claimedSaleId: 'sale' }) }).kind).toBe('usable');
});

test('a voucher begins with the later of its own start and its campaign’s', () => {
  const validity = { validity: { startsOn: '2026-11-22' } };
  const midnight = Date.UTC(2026, 10, 22, 3);
  expect(decide({ startsAtMs: midnight + 1 }, validity)).toMatchObject({ facts: { startsAtMs: midnight + 1 } });
  expect(decide({ startsAtMs: NOW }, validity)).toMatchObject({ facts: { startsAtMs: midnight } });
});

test('the first moment after the last day is over', () => {
  const last = { validity: { endsOn: '2026-11-21' } };
  const midnight = Date.UTC(2026, 10, 22, 3);
  expect(decide({}, last, { atMs: midnight - 1 })).toMatchObject({ kind: 'usable', endsAtMs: midnight });
  expect(decide({}, last, { atMs: midnight })).toMatchObject({ facts: { endedAtMs: midnight } });
});

test('VC5: windows are any of several; without hours the whole day is meant, and rest days name the next round', () => {
  const windows = [{ weekdays: [0] }, { weekdays: [5], fromMinute: 590 }];
  expect(decide({}, { validity: { windows } })).toMatchObject({ kind: 'usable' });
  const until = { validity: { windows: [{ toMinute: 600 }] } };
  expect(decide({}, until)).toMatchObject({ facts: { fromMinute: 0, toMinute: 600 } });
  const after = { validity: { windows: [{ fromMinute: 601 }] } };
  expect(decide({}, after)).toMatchObject({ facts: { fromMinute: 601, toMinute: 1440 } });
  const rests = { validity: { startsOn: '2026-11-19', recurrence: { everyDays: 10, forDays: 2 } } };
  expect(decide({}, rests)).toMatchObject({ facts: { nextOn: '2026-11-29' } });
});

test('VC15: a code that a sale gave to its bearer is good in the next sale, and in none that gave it', () => {
  const kindOf = (voucher: Partial<VoucherFacts>) =>
    decide(voucher, { use: 'next-sale' }, { saleId: 'sale', customer: null }).kind;
  expect(kindOf({ issuedSaleId: 'earlier' })).toBe('usable');
  expect(kindOf({ issuedSaleId: 'sale' })).toBe('refused');
  expect(kindOf({ issuedSaleId: null })).toBe('refused');
});
