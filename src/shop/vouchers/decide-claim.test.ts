import { expect, test } from 'vitest';
import { ANA, DAY, LUIS, NOW, claim, claimOf } from '../../../tests/vouchers/deciding.ts';

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
