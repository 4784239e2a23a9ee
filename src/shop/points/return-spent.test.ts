import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from './ledger-entry.ts';
import { heldBy, returnSpent } from './return-spent.ts';

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

const A = entry('A', 'earn', 100, '2026-01-01T10:00', { expiresAtMs: midnight('2026-04-01') });
const B = entry('B', 'earn', 50, '2026-01-01T11:00', { expiresAtMs: midnight('2026-02-01') });
const C = entry('C', 'earn', 200, '2026-01-01T12:00');
const USE = entry('use', 'redeem', -120, '2026-01-15T10:00');
const ACCOUNT = [A, B, C, USE];

const give = (points: number, graceDays = 30, entries: readonly LedgerEntry[] = ACCOUNT) =>
  returnSpent({
    entries,
    redeemEntryId: 'use',
    points,
    entryId: 'back',
    atMs: at('2026-02-10T10:00'),
    graceDays,
    zone: 'America/Asuncion',
  });

describe('C-13: of 120 points, 70 were A’s until 31 Mar and 50 B’s, which have ended', () => {
  test('C-13: the derivation names each lot, its end and how much of the return it got', () => {
    expect(give(120)?.trace).toEqual([
      {
        what: 'returned-to-lot',
        inputs: { lotId: 'A', expiresAtMs: midnight('2026-04-01'), ofPoints: 120 },
        operation: 'reverse-order-of-use',
        rounding: 'none',
        result: 70,
      },
      {
        what: 'returned-with-grace',
        inputs: { lotId: 'back', expiresAtMs: midnight('2026-03-13'), ofPoints: 120 },
        operation: 'reverse-order-of-use',
        rounding: 'none',
        result: 50,
      },
    ]);
  });

  test('C-13: a lot for ever is returned to as one', () => {
    const used = entry('use', 'redeem', -300, '2026-02-02T10:00');
    const back = give(300, 30, [A, B, C, used]);
    expect(back?.toLots).toEqual([
      { lotId: 'C', points: 200, expiresAtMs: null, isGrace: false },
      { lotId: 'A', points: 100, expiresAtMs: midnight('2026-04-01'), isGrace: false },
    ]);
    expect(back?.trace.map(({ inputs }) => inputs.expiresAtMs)).toEqual([null, midnight('2026-04-01')]);
  });

  test('C-13: what ends at once is told only where there is no grace, and only of lots that have ended', () => {
    expect([give(120, 1)?.endedAtOncePoints, give(120, 0)?.endedAtOncePoints, give(70, 0)?.endedAtOncePoints]).toEqual([
      0, 50, 0,
    ]);
  });
});

test('L6: what a use still holds counts its own returns only', () => {
  const other = [
    entry('use2', 'redeem', -30, '2026-01-16T10:00'),
    entry('r2', 'reverse_redeem', 30, '2026-01-17T10:00', { reversesEntryId: 'use2' }),
    entry('odd', 'adjust', 5, '2026-01-17T10:00', { reversesEntryId: 'use' }),
  ];
  const part = entry('r', 'reverse_redeem', 20, '2026-01-18T10:00', { reversesEntryId: 'use' });
  expect([heldBy(ACCOUNT, 'use'), heldBy([...ACCOUNT, ...other], 'use'), heldBy([...ACCOUNT, part], 'use')]).toEqual([
    120, 120, 100,
  ]);
  expect(heldBy(ACCOUNT, 'unknown')).toBe(0);
});

test('L6: less than nothing, and more than was used, end the operation', () => {
  for (const points of [-1, 121]) expect(() => give(points)).toThrow('no more is given back than was used');
  expect(give(0)).toBeNull();
});
