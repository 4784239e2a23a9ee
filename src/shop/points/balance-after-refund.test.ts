import { describe, expect, test } from 'vitest';
import { balanceAfterRefund } from './balance-after-refund.ts';
import type { LedgerEntry } from './ledger-entry.ts';

const at = (text: string) => Date.parse(`${text}-03:00`);
const midnight = (date: string) => at(`${date}T00:00`);

function entry(
  entryId: string,
  kind: LedgerEntry['kind'],
  points: number,
  when: string,
  change: Partial<LedgerEntry> = {},
): LedgerEntry {
  return { entryId, kind, points, atMs: at(when), expiresAtMs: null, reversesEntryId: null, ...change };
}

const A = entry('A', 'earn', 50, '2026-01-01T10:00');

interface Refund {
  readonly reversedPoints: number;
  readonly returns?: readonly { readonly redeemEntryId: string; readonly points: number }[];
  readonly when?: string;
  readonly graceDays?: number;
}

function refund(entries: readonly LedgerEntry[], { reversedPoints, returns = [], when, graceDays = 30 }: Refund) {
  return balanceAfterRefund({
    entries,
    earnEntryId: 'A',
    reversedPoints,
    returns,
    atMs: at(when ?? '2026-01-10T10:00'),
    graceDays,
    zone: 'America/Asuncion',
  });
}

describe('the balance that a refund finds and leaves', () => {
  test('what the sale earned is taken off what there is', () => {
    const other = entry('B', 'earn', 30, '2026-01-02T10:00');
    expect(refund([A, other], { reversedPoints: 50 })).toEqual({ before: 80, after: 30 });
    expect(refund([A, other], { reversedPoints: 0 })).toEqual({ before: 80, after: 80 });
  });

  test('C-10: sale A earned 50, sale B used them, A is returned: from 0 to -50', () => {
    const used = [A, entry('B', 'redeem', -50, '2026-01-02T10:00')];
    expect(refund(used, { reversedPoints: 50 })).toEqual({ before: 0, after: -50 });
  });

  test('C-9: what a reward of the sale cost has come back in both', () => {
    // 40 points of before paid for a part of sale A, which earned 50: both are undone.
    const history = [
      entry('old', 'earn', 40, '2025-12-01T10:00'),
      entry('use', 'redeem', -40, '2026-01-01T10:00'),
      A,
      entry('later', 'redeem', -45, '2026-01-02T10:00'),
    ];
    const returns = [{ redeemEntryId: 'use', points: 40 }];
    expect(refund(history, { reversedPoints: 50, returns })).toEqual({ before: 45, after: -5 });
    expect(refund(history, { reversedPoints: 50, returns: [{ redeemEntryId: 'use', points: 0 }] })).toEqual({
      before: 5,
      after: -45,
    });
  });

  test('C-13: what comes back to a lot that has ended counts with the shop’s grace, and not without', () => {
    const history = [
      entry('old', 'earn', 60, '2025-12-01T10:00', { expiresAtMs: midnight('2026-01-05') }),
      entry('use', 'redeem', -40, '2026-01-01T10:00'),
      entry('use2', 'redeem', -20, '2026-01-01T10:00'),
      A,
    ];
    const returns = [
      { redeemEntryId: 'use', points: 40 },
      { redeemEntryId: 'use2', points: 20 },
    ];
    expect(refund(history, { reversedPoints: 50, returns })).toEqual({ before: 110, after: 60 });
    expect(refund(history, { reversedPoints: 50, returns, graceDays: 0 })).toEqual({ before: 50, after: 0 });
  });
});

describe('C-12: points that have ended are not asked for again', () => {
  const ended = { ...A, expiresAtMs: midnight('2026-02-01') };
  const other = entry('C', 'earn', 200, '2026-01-01T12:00');
  const written = entry('end', 'expire', -50, '2026-02-01T01:00', { lotId: 'A' });
  const when = '2026-02-05T10:00';

  test('neither before nor after somebody has written the end', () => {
    expect(refund([ended, other], { reversedPoints: 50, when })).toEqual({ before: 200, after: 200 });
    expect(refund([ended, other, written], { reversedPoints: 50, when })).toEqual({ before: 200, after: 200 });
  });

  test('also where nothing else is there to take them from', () => {
    expect(refund([ended, written], { reversedPoints: 50, when })).toEqual({ before: 0, after: 0 });
  });

  test('what was used of them before they ended is asked for', () => {
    const history = [ended, entry('use', 'redeem', -20, '2026-01-02T10:00'), other];
    const end = { ...written, points: -30 };
    expect(refund([...history, end], { reversedPoints: 50, when })).toEqual({ before: 200, after: 180 });
  });

  test('a day earlier they are', () => {
    expect(refund([ended, other], { reversedPoints: 50, when: '2026-01-31T23:59' })).toEqual({
      before: 250,
      after: 200,
    });
  });
});
