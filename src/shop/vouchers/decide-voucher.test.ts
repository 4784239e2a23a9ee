import { expect, test } from 'vitest';
import {
  ANA,
  CASHIER,
  DAY,
  HOUR,
  LUIS,
  MANAGER,
  NOW,
  SHOP_ID,
  claim,
  claimOf,
  decide,
  id,
  own,
  uses,
  ana,
  NOBODY,
} from '../../../tests/vouchers/deciding.ts';

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
  [
    'S3-92: bound, nobody known, and over',
    () => decide({ holderCustomerId: ANA, expiresAtMs: NOW - HOUR }, {}, { customer: null }),
    'voucher-expired',
    { endedAtMs: NOW - HOUR },
  ],
  [
    'VC20: bound, nobody known, and paused',
    () => decide({ holderCustomerId: ANA }, {}, { customer: null }, { status: 'paused', pausedAtMs: NOW - DAY }),
    'voucher-paused',
    { atMs: NOW - DAY, staffId: null },
  ],
  [
    'VC9: bound to somebody else, whatever else stands against it',
    () => decide({ holderCustomerId: LUIS, expiresAtMs: NOW - HOUR }),
    'voucher-of-another',
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

test('what is for ever is said before what passes: a used voucher of a paused campaign was used', () => {
  const paused = { status: 'paused', pausedAtMs: NOW, pausedByStaffId: MANAGER } as const;
  expect(decide({ usageCount: 1 }, {}, {}, paused)).toMatchObject({ reason: 'voucher-used' });
  expect(decide({ holderCustomerId: LUIS, usageCount: 1 })).toMatchObject({ reason: 'voucher-of-another' });
  expect(decide({ expiresAtMs: NOW }, {}, {}, paused)).toMatchObject({ reason: 'voucher-expired' });
});

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

test('V6: an inactive voucher is revoked, whatever else is said of it; so is one with a moment of it', () => {
  expect(decide({ isActive: false })).toMatchObject({ reason: 'voucher-revoked' });
  expect(decide({ revokedAtMs: NOW })).toMatchObject({ reason: 'voucher-revoked' });
  expect(claim({ revokedAtMs: NOW - 1 })).toMatchObject({ reason: 'voucher-revoked', facts: { atMs: NOW - 1 } });
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
