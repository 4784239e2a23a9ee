import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideAdjustment, decideUndo, MAX_MANUAL_POINTS } from './decide-adjustment.ts';
import { amountSaleOf, computeEarning, previewPoints } from './earning.ts';
import { expiryOf, lastUsableDate } from './lot-expiry.ts';
import { foldLots, type LedgerEntry } from './lots.ts';
import { type ProgrammeVersion, programmeOf } from './programme.ts';

const ZONE = 'America/Asuncion';
const at = (text: string) => Date.parse(`${text}-03:00`);
const midnight = (date: string) => at(`${date}T00:00`);

function versionOf(change: Partial<ProgrammeVersion['programme']> = {}, perMinor = 100): ProgrammeVersion {
  const programme = programmeOf({ name: 'P', points: 1, perMinor, minimumSpendMinor: 0, expiryMonths: null });
  return { versionId: 'v1', version: 1, programme: { ...programme, ...change } };
}

function entry(
  entryId: string,
  kind: LedgerEntry['kind'],
  points: number,
  when: string,
  change: Partial<LedgerEntry> = {},
): LedgerEntry {
  return { entryId, kind, points, atMs: at(when), expiresAtMs: null, reversesEntryId: null, ...change };
}

const line = (netMinor: number, taxMinor = 0) => ({ lineId: 'l', netMinor, taxMinor, payableMinor: netMinor });

test('one point per 10.00: 105.00 earns 10, and before tax 21.50 of which 19.90 earns 1 instead of 2', () => {
  const perTen = versionOf({}, 1000);
  expect(computeEarning(amountSaleOf(105_00), perTen, null).points).toBe(10);
  const sale = { lines: [line(21_50, 1_60)], taxMode: 'inclusive' } as const;
  expect(computeEarning(sale, perTen, null).points).toBe(2);
  expect(computeEarning(sale, versionOf({ base: 'before-tax' }, 1000), null).points).toBe(1);
});

test('L8: points are the floor of base times rate of the version, and the parts and the trace say so', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 5_000 }),
      (nets, points, perMinor) => {
        const programme = programmeOf({ name: 'P', points, perMinor, minimumSpendMinor: 0, expiryMonths: null });
        const earning = computeEarning(
          { lines: nets.map((net) => line(net)), taxMode: 'inclusive' },
          { versionId: 'v', version: 1, programme },
          null,
        );
        const base = nets.reduce((sum, net) => sum + net, 0);
        expect(earning.points).toBe(Math.floor((base * points) / perMinor));
        expect(earning.parts).toEqual([{ ruleId: 'base', name: '', kind: 'base', points: earning.points }]);
        expect(earning.trace.at(-1)).toMatchObject({
          inputs: { baseMinor: base, points, perMinor },
          rounding: 'floor',
          result: earning.points,
        });
      },
    ),
  );
});

test('below the minimum nothing is earned, and the preview says so', () => {
  const version = versionOf({ minimumSpendMinor: 50_00 });
  expect(previewPoints(computeEarning(amountSaleOf(49_99), version, null), version, 10)).toMatchObject({
    points: 0,
    parts: [],
    balanceAfter: 10,
    minimumMet: false,
  });
  expect(previewPoints(computeEarning(amountSaleOf(50_00), version, null), version, 10)).toMatchObject({
    points: 50,
    balanceAfter: 60,
    minimumMet: true,
  });
  expect(previewPoints(computeEarning(amountSaleOf(50_00), version, null), version, 100, 30)).toMatchObject({
    spentPoints: 30,
    balanceAfter: 120,
  });
});

const LOTS: LedgerEntry[] = [
  entry('A', 'earn', 100, '2026-01-01T10:00', { expiresAtMs: midnight('2026-04-01') }),
  entry('B', 'earn', 50, '2026-01-01T11:00', { expiresAtMs: midnight('2026-02-01') }),
  entry('C', 'earn', 200, '2026-01-01T12:00'),
];
const USE = entry('use', 'redeem', -120, '2026-01-15T10:00');
const left = (entries: LedgerEntry[], when: string) =>
  foldLots(entries, at(when)).lots.map((lot) => [lot.lotId, lot.remaining]);

test('C-12: lots are used soonest expiry first, and what has ended counts nothing', () => {
  const used = foldLots([...LOTS, USE], at('2026-01-15T10:00'));
  expect(used.moves.map(({ lotId, points }) => [lotId, points])).toEqual([
    ['B', 50],
    ['A', 70],
  ]);
  expect(left([...LOTS, USE], '2026-01-15T10:00')).toEqual([
    ['A', 30],
    ['C', 200],
  ]);
  expect(foldLots([...LOTS, USE], midnight('2026-02-01'))).toMatchObject({ balance: 230, expiredUnwrittenPoints: 0 });
  expect(foldLots([...LOTS, USE], midnight('2026-04-01'))).toMatchObject({ balance: 200, expiredUnwrittenPoints: 30 });
  const written = entry('end', 'expire', -30, '2026-04-01T00:00');
  expect(foldLots([...LOTS, USE, written], midnight('2026-04-01'))).toMatchObject({
    balance: 200,
    expiredUnwrittenPoints: 0,
  });
});

test('C-13: a returned use goes back to its lots; what has ended returns with the shop’s grace', () => {
  const back = entry('back', 'reverse_redeem', 120, '2026-02-10T10:00', {
    reversesEntryId: 'use',
    expiresAtMs: midnight('2026-03-13'),
  });
  const position = foldLots([...LOTS, USE, back], at('2026-02-10T10:00'));
  expect(position.lots.map((lot) => [lot.lotId, lot.remaining, lot.expiresAtMs])).toEqual([
    ['back', 50, midnight('2026-03-13')],
    ['A', 100, midnight('2026-04-01')],
    ['C', 200, null],
  ]);
  expect(lastUsableDate(midnight('2026-03-13'), ZONE)).toBe('2026-03-12');
});

test('C-56: a use returned in parts goes back in reverse order of use', () => {
  const first = entry('r1', 'reverse_redeem', 60, '2026-01-16T10:00', { reversesEntryId: 'use' });
  const second = entry('r2', 'reverse_redeem', 60, '2026-01-17T10:00', { reversesEntryId: 'use' });
  const moves = (entries: LedgerEntry[]) =>
    foldLots(entries, at('2026-01-20T00:00'))
      .moves.slice(2)
      .map(({ lotId, points }) => [lotId, -points]);
  expect(moves([...LOTS, USE, first])).toEqual([['A', 60]]);
  expect(moves([...LOTS, USE, first, second])).toEqual([
    ['A', 60],
    ['A', 10],
    ['B', 50],
  ]);
  expect(left([...LOTS, USE, first, second], '2026-01-20T00:00')).toEqual([
    ['B', 50],
    ['A', 100],
    ['C', 200],
  ]);
});

test('points taken back beyond what is left are owed, and the next earning pays them first', () => {
  const entries = [
    entry('A', 'earn', 50, '2026-01-01T10:00'),
    entry('B', 'redeem', -50, '2026-01-02T10:00'),
    entry('C', 'reverse_earn', -50, '2026-01-03T10:00', { reversesEntryId: 'A' }),
  ];
  expect(foldLots(entries, at('2026-01-03T10:00'))).toMatchObject({ balance: -50, owedPoints: 50, lots: [] });
  expect(foldLots([...entries, entry('D', 'earn', 30, '2026-01-04T10:00')], at('2026-01-04T10:00')).balance).toBe(-20);
});

test.each([
  ['2026-01-25T12:00', 1, 'none', '2026-02-25', '2026-02-26'],
  ['2026-01-31T12:00', 1, 'none', '2026-02-28', '2026-03-01'],
  ['2026-01-31T12:00', 0, 'none', '2026-01-31', '2026-02-01'],
  ['2026-01-25T12:00', 1, 'quarter', '2026-03-31', '2026-04-01'],
  ['2026-01-25T12:00', 1, 'month', '2026-02-28', '2026-03-01'],
  ['2026-01-31T23:59', 1, 'none', '2026-02-28', '2026-03-01'],
  ['2026-01-25T12:00', 1, 'half-year', '2026-06-30', '2026-07-01'],
  ['2026-05-31T12:00', 1, 'half-year', '2026-06-30', '2026-07-01'],
  ['2026-06-25T12:00', 1, 'half-year', '2026-12-31', '2027-01-01'],
  ['2026-01-25T12:00', 1, 'year', '2026-12-31', '2027-01-01'],
  ['2026-12-25T12:00', 1, 'year', '2027-12-31', '2028-01-01'],
  ['2024-01-31T12:00', 1, 'none', '2024-02-29', '2024-03-01'],
] as const)(
  'C-14: earned %s with %i months, rounded to %s: through %s, gone at 00:00 of %s',
  (earned, months, rounding, last, gone) => {
    const endsAtMs = expiryOf(at(earned), { months, rounding }, ZONE);
    expect(endsAtMs).toBe(midnight(gone));
    expect(lastUsableDate(endsAtMs ?? 0, ZONE)).toBe(last);
  },
);

test('points without a term never end', () => {
  expect(expiryOf(at('2026-01-25T12:00'), { months: null, rounding: 'none' }, ZONE)).toBeNull();
});

const kinds = fc.constantFrom<LedgerEntry['kind']>(
  'earn',
  'redeem',
  'adjust',
  'reverse_earn',
  'reverse_redeem',
  'expire',
);
const histories = fc.array(
  fc.record({
    kind: kinds,
    points: fc.integer({ min: 1, max: 500 }),
    hours: fc.integer({ min: 1, max: 200 }),
    term: fc.option(fc.integer({ min: 1, max: 500 }), { nil: null }),
    pick: fc.nat(20),
  }),
  { maxLength: 40 },
);

test('the position is the fold of the entries: lots less debts are their sum, whatever happened', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 0, max: 9000 }), (history, asOfHours) => {
      let nowMs = 0;
      const entries: LedgerEntry[] = [];
      for (const [index, step] of history.entries()) {
        nowMs += step.hours * 3_600_000;
        const original = step.kind === 'reverse_earn' ? 'earn' : step.kind === 'reverse_redeem' ? 'redeem' : null;
        const found = entries.filter((e) => e.kind === original)[step.pick % 5];
        if (original !== null && found === undefined) continue;
        const isTaken =
          step.kind === 'redeem' ||
          step.kind === 'reverse_earn' ||
          step.kind === 'expire' ||
          (step.kind === 'adjust' && step.pick % 2 === 0);
        const points = found === undefined ? step.points : Math.min(step.points, Math.abs(found.points));
        entries.push({
          entryId: `e${index}`,
          kind: step.kind,
          points: isTaken ? -points : points,
          atMs: nowMs,
          expiresAtMs: step.term === null || isTaken ? null : nowMs + step.term * 3_600_000,
          reversesEntryId: found?.entryId ?? null,
        });
      }
      const position = foldLots(entries, asOfHours * 3_600_000);
      expect(position.ledgerPoints).toBe(entries.reduce((sum, e) => sum + e.points, 0));
      expect(position.balance).toBe(position.ledgerPoints - position.expiredUnwrittenPoints);
      expect(position.lots.every((lot) => lot.remaining > 0)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('an entry by hand needs a note and points in range; goodwill only gives', () => {
  expect(decideAdjustment({ reason: 'goodwill', points: 10, note: ' ' })).toMatchObject({ reason: 'note-required' });
  expect(decideAdjustment({ reason: 'goodwill', points: -10, note: 'x' })).toMatchObject({
    reason: 'points-out-of-range',
  });
  expect(decideAdjustment({ reason: 'correction', points: 0, note: 'x' })).toMatchObject({
    reason: 'points-out-of-range',
  });
  expect(decideAdjustment({ reason: 'correction', points: -10, note: 'x' })).toEqual({ kind: 'adjust', points: -10 });
  expect(decideAdjustment({ reason: 'goodwill', points: 1, note: 'x' })).toEqual({ kind: 'adjust', points: 1 });
  const most = MAX_MANUAL_POINTS;
  expect(decideAdjustment({ reason: 'goodwill', points: most, note: 'x' })).toEqual({ kind: 'adjust', points: most });
  for (const points of [0, 0.5, most + 1])
    expect(decideAdjustment({ reason: 'goodwill', points, note: 'x' })).toMatchObject({ facts: { limit: most } });
  for (const points of [0.5, -most - 1])
    expect(decideAdjustment({ reason: 'correction', points, note: 'x' })).toMatchObject({ kind: 'refused' });
});

test('an award is undone by its author for five minutes, later with a manager, once', () => {
  const award = { awardedAtMs: 0, awardedByStaffId: 'ana', nowMs: 300_000, staffId: 'ana', isUndone: false };
  expect(decideUndo(award)).toEqual({ canUndo: true, needsManager: false });
  expect(decideUndo({ ...award, nowMs: 300_001 })).toEqual({ canUndo: true, needsManager: true });
  expect(decideUndo({ ...award, staffId: 'leo' })).toEqual({ canUndo: true, needsManager: true });
  expect(decideUndo({ ...award, isUndone: true }).canUndo).toBe(false);
  const later = { ...award, awardedAtMs: 1_000_000 };
  expect(decideUndo({ ...later, nowMs: 1_300_000 }).needsManager).toBe(false);
  expect(decideUndo({ ...later, nowMs: 1_000_000 }).needsManager).toBe(false);
  expect(decideUndo({ ...later, nowMs: 999_999 }).needsManager).toBe(true);
});
