import { expect, test } from 'vitest';
import { entriesAfterRefund } from './entries-after-refund.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { foldLots } from './lots.ts';

const DAY_MS = 86_400_000;
const NOW = { atMs: 100 * DAY_MS, zone: 'UTC' };
const NOTHING = { returns: [], reversals: [], adjustPoints: 0 };

function entry(
  entryId: string,
  kind: LedgerEntry['kind'],
  points: number,
  more: Partial<LedgerEntry> = {},
): LedgerEntry {
  return { entryId, kind, points, atMs: 0, expiresAtMs: null, reversesEntryId: null, ...more };
}

const EARNED = entry('e', 'earn', 100);
const USED = entry('r', 'redeem', -60);

test('T9: a refund that gives nothing and takes nothing adds no entry', () => {
  expect(entriesAfterRefund([EARNED], NOTHING, NOW)).toEqual([EARNED]);
  const idle = { returns: [{ redeemEntryId: 'r', points: 0, graceDays: 0 }], reversals: [], adjustPoints: 0 };
  expect(entriesAfterRefund([EARNED, USED], idle, NOW)).toHaveLength(2);
  const none = { ...NOTHING, reversals: [{ earnEntryId: 'e', points: 0 }] };
  expect(entriesAfterRefund([EARNED], none, NOW)).toHaveLength(1);
});

test('T9 C-9: what comes back is there before what is taken, then what is forgiven; each has an id of its own', () => {
  const after = entriesAfterRefund(
    [EARNED, USED],
    {
      returns: [{ redeemEntryId: 'r', points: 20, graceDays: 30 }],
      reversals: [{ earnEntryId: 'e', points: 100 }],
      adjustPoints: 40,
    },
    NOW,
  );
  expect(
    after.slice(2).map(({ kind, points, reversesEntryId, atMs }) => [kind, points, reversesEntryId, atMs]),
  ).toEqual([
    ['reverse_redeem', 20, 'r', NOW.atMs],
    ['reverse_earn', -100, 'e', NOW.atMs],
    ['adjust', 40, null, NOW.atMs],
  ]);
  // Local midnight after the thirty days of grace (C-13).
  expect(after[2]?.expiresAtMs).toBe(131 * DAY_MS);
  expect(new Set(after.map(({ entryId }) => entryId)).size).toBe(5);
  expect(foldLots(after, NOW.atMs).balance).toBe(0);
});

test('LOYALTY 3: points whose end was written are not asked for again', () => {
  const ended = entry('e', 'earn', 100, { expiresAtMs: 50 * DAY_MS });
  const other = entry('o', 'earn', 30, { atMs: DAY_MS });
  const written = entry('x', 'expire', -100, { atMs: 60 * DAY_MS, lotId: 'e' });
  const taken = { ...NOTHING, reversals: [{ earnEntryId: 'e', points: 100 }] };
  const after = entriesAfterRefund([ended, other, written], taken, NOW);
  const back = after.slice(4);
  expect(
    back.every(
      ({ kind, reversesEntryId, expiresAtMs }) =>
        kind === 'reverse_expire' && reversesEntryId === 'x' && expiresAtMs === NOW.atMs,
    ),
  ).toBe(true);
  expect(back.reduce((sum, { points }) => sum + points, 0)).toBe(100);
  expect(foldLots(after, NOW.atMs).balance).toBe(30);
});
