import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldLots, foldOn, type LedgerEntry, type LotMark } from './lots.ts';

// proves LOYALTY 3: sums that go on from a mark are the sums of the whole history
const SEED = { seed: 20261122, numRuns: 600 };
const HOUR = 3_600_000;

interface Step {
  readonly what: 'earn' | 'spend' | 'take-back' | 'give-back' | 'correct' | 'expire' | 'ripen';
  readonly points: number;
  readonly hours: number;
  readonly term: number | null;
  readonly waits: number | null;
  readonly slides: number | null;
  readonly pick: number;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom(
      'earn',
      'earn',
      'earn',
      'spend',
      'spend',
      'take-back',
      'give-back',
      'correct',
      'expire',
      'ripen',
    ),
    points: fc.integer({ min: 1, max: 30 }),
    hours: fc.integer({ min: 0, max: 60 }),
    term: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
    waits: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null, freq: 3 }),
    slides: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null, freq: 3 }),
    pick: fc.nat(50),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Entries in any order that a ledger may hold; amounts need not fit, because a fold takes what comes. */
function entriesOf(history: readonly Step[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let atMs = 0;
  for (const [index, { what, points, hours, term, waits, slides, pick }] of history.entries()) {
    atMs += hours * HOUR;
    const after = (time: number | null): number | null => (time === null ? null : atMs + time * HOUR);
    const earned = entries.filter(({ kind }) => kind === 'earn');
    const spent = entries.filter(({ kind }) => kind === 'redeem');
    const lot = earned[pick % Math.max(1, earned.length)]?.entryId ?? null;
    const use = spent[pick % Math.max(1, spent.length)]?.entryId ?? null;
    const base = { entryId: `e${index}`, atMs, expiresAtMs: null, reversesEntryId: null, slidesToMs: after(slides) };
    if (what === 'earn')
      entries.push({ ...base, kind: 'earn', points, expiresAtMs: after(term), ripensAtMs: after(waits) });
    if (what === 'spend') entries.push({ ...base, kind: 'redeem', points: -points });
    if (what === 'correct') entries.push({ ...base, kind: 'adjust', points: pick % 2 === 0 ? points : -points });
    if (what === 'expire') entries.push({ ...base, kind: 'expire', points: -points, lotId: lot });
    if (what === 'ripen' && lot !== null) entries.push({ ...base, kind: 'ripen', points: 0, lotId: lot });
    if (what === 'take-back' && lot !== null)
      entries.push({ ...base, kind: 'reverse_earn', points: -points, reversesEntryId: lot });
    if (what === 'give-back' && use !== null)
      entries.push({ ...base, kind: 'reverse_redeem', points, reversesEntryId: use, expiresAtMs: after(term) });
  }
  return entries;
}

function sumsOf(entries: readonly LedgerEntry[], asOfMs: number) {
  const { lots: _lots, pendingLots: _pending, endedLots: _ended, moves: _moves, ...sums } = foldLots(entries, asOfMs);
  return sums;
}

test('LOYALTY 3: going on from a mark gives the sums of the whole history, unless points came back to their lots', () => {
  const seen = { resumed: 0, left: 0 };
  fc.assert(
    fc.property(steps, fc.nat(30), fc.nat(400), (history, cut, later) => {
      const all = entriesOf(history);
      const asOfMs = (all.at(-1)?.atMs ?? 0) + later * HOUR;
      const rest = all.slice(cut);
      const marked = foldOn(null, all.slice(0, cut), asOfMs);
      const mark = JSON.parse(JSON.stringify(marked?.mark)) as LotMark;
      const on = foldOn(mark, rest, asOfMs);
      const isLeft = rest.some(({ kind }) => kind === 'reverse_redeem');
      expect(on === null).toBe(isLeft);
      seen[isLeft ? 'left' : 'resumed'] += 1;
      if (on === null) return;
      expect(on.sums).toEqual(sumsOf(all, asOfMs));
      expect(on.mark).toEqual(foldOn(null, all, asOfMs)?.mark);
    }),
    SEED,
  );
  expect(seen.resumed).toBeGreaterThan(100);
  expect(seen.left).toBeGreaterThan(10);
});

test('LOYALTY 3: a mark holds only the lots that have something left', () => {
  const entry = (entryId: string, points: number): LedgerEntry => ({
    entryId,
    kind: points > 0 ? 'earn' : 'redeem',
    points,
    atMs: 0,
    expiresAtMs: null,
    reversesEntryId: null,
  });
  const many = Array.from({ length: 500 }, (_, index) => [entry(`a${index}`, 10), entry(`b${index}`, -10)]).flat();
  expect(foldOn(null, many, 0)?.mark).toEqual({ ledgerPoints: 0, owedPoints: 0, made: 500, lots: [] });
});
