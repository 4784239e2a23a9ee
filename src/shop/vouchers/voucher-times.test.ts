import { expect, test } from 'vitest';
import { DAY, NOW, claimOf, decide } from '../../../tests/vouchers/deciding.ts';
import type { VoucherFacts } from './voucher-facts.ts';

// When a voucher can be used: its own time, that of its claim and its campaign, the hours, and a later sale.

test('V5: a voucher can be used up to the last moment, and the first one of its hours', () => {
  expect(decide({ expiresAtMs: NOW + 1 })).toMatchObject({ kind: 'usable', endsAtMs: NOW + 1 });
  const over = { reason: 'voucher-expired', facts: { endedAtMs: NOW } };
  expect(decide({ expiresAtMs: NOW })).toMatchObject(over);
  expect(decide({ claim: claimOf({ expiresAtMs: NOW }) })).toMatchObject(over);
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

test('S3-52: what the job has marked as ended is ended, by its claim’s end before its own', () => {
  const ends = { expiresAtMs: NOW + DAY };
  expect(decide({ status: 'expired', ...ends })).toMatchObject({ facts: { endedAtMs: NOW + DAY } });
  const ended = claimOf({ status: 'EXPIRED', expiresAtMs: NOW - DAY });
  expect(decide({ claim: ended, ...ends })).toMatchObject({
    reason: 'voucher-expired',
    facts: { endedAtMs: NOW - DAY },
  });
});

test('VC15: kept for the next sale, it is not used in the one it was claimed in, nor without a claim', () => {
  const next = { use: 'next-sale' } as const;
  expect(decide({ claim: claimOf({ status: 'VOIDED', claimedSaleId: 'earlier' }) }, next).kind).toBe('refused');
  expect(decide({}, next, { saleId: null }).kind).toBe('usable');
  expect(decide({ claim: claimOf({ claimedSaleId: 'sale' }) }).kind).toBe('usable');
});

test('VC15: a code that a sale gave to its bearer is good in the next sale, and in none that gave it', () => {
  const kindOf = (voucher: Partial<VoucherFacts>) =>
    decide(voucher, { use: 'next-sale' }, { saleId: 'sale', customer: null }).kind;
  expect(kindOf({ issuedSaleId: 'earlier' })).toBe('usable');
  expect(kindOf({ issuedSaleId: 'sale' })).toBe('refused');
  expect(kindOf({ issuedSaleId: null })).toBe('refused');
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
