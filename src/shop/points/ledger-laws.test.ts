import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueExpiries } from './due.ts';
import { foldLots, type LedgerEntry, type Position } from './lots.ts';
import { offsetExpiry } from './offset-expiry.ts';
import { heldBy, returnSpent } from './return-spent.ts';

const SEED = { seed: 20260308, numRuns: 500 };
const HOUR = 3_600_000;
const ACCOUNT = { accountId: '0192b7a0-0000-7000-8000-000000000001', programId: 'P' };

interface Step {
  readonly what: 'earn' | 'spend' | 'take-back' | 'give-back' | 'correct';
  readonly points: number;
  readonly hours: number;
  readonly term: number | null;
  readonly waits: number | null;
  readonly slides: number | null;
  readonly pick: number;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('earn', 'earn', 'spend', 'take-back', 'give-back', 'correct'),
    points: fc.integer({ min: 1, max: 30 }),
    hours: fc.integer({ min: 1, max: 60 }),
    term: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
    waits: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null, freq: 3 }),
    slides: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null, freq: 3 }),
    pick: fc.nat(50),
  }),
  { maxLength: 25 },
);

/** The entries of a history that a shop could write: reversals name an original and stay within it. */
function entriesOf(history: readonly Step[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let atMs = 0;
  for (const [index, step] of history.entries()) {
    atMs += step.hours * HOUR;
    const after = (hours: number | null): number | null => (hours === null ? null : atMs + hours * HOUR);
    const base = {
      entryId: `e${index}`,
      atMs,
      expiresAtMs: null,
      reversesEntryId: null,
      slidesToMs: after(step.slides),
    };
    if (step.what === 'earn' || (step.what === 'correct' && step.pick % 2 === 0)) {
      const kind = step.what === 'earn' ? 'earn' : 'adjust';
      entries.push({
        ...base,
        kind,
        points: step.points,
        expiresAtMs: after(step.term),
        ripensAtMs: after(step.waits),
      });
    } else if (step.what === 'spend' || step.what === 'correct') {
      entries.push({ ...base, kind: step.what === 'spend' ? 'redeem' : 'adjust', points: -step.points });
    } else {
      const kind = step.what === 'take-back' ? 'earn' : 'redeem';
      const originals = entries.filter((entry) => entry.kind === kind);
      const original = originals[step.pick % Math.max(1, originals.length)];
      if (original === undefined) continue;
      const reversed = entries.filter((entry) => entry.reversesEntryId === original.entryId);
      const open = Math.abs(original.points) - Math.abs(reversed.reduce((sum, entry) => sum + entry.points, 0));
      const points = Math.min(step.points, open);
      if (points === 0) continue;
      const signed = kind === 'earn' ? -points : points;
      const back = kind === 'earn' ? 'reverse_earn' : 'reverse_redeem';
      entries.push({
        ...base,
        kind: back,
        points: signed,
        expiresAtMs: after(step.term),
        reversesEntryId: original.entryId,
      });
    }
  }
  return entries;
}

/** Each point by itself, as on a table: the slow and plain way to the same position. */
interface Token {
  readonly lot: { id: string; ends: number; ripe: number; born: number };
}

function countTokens(
  entries: readonly LedgerEntry[],
  asOfMs: number,
): { balance: number; byLot: Record<string, number> } {
  let table: Token[] = [];
  let owed = 0;
  const lots: Token['lot'][] = [];
  const gone = new Map<string, Token[]>();
  const put = (token: Token): void => {
    if (owed > 0) owed -= 1;
    else table.push(token);
  };
  const newLot = (entry: LedgerEntry): Token['lot'] => {
    const known = lots.find((lot) => lot.id === entry.entryId);
    if (known !== undefined) return known;
    const made = {
      id: entry.entryId,
      ends: entry.expiresAtMs ?? Infinity,
      ripe: entry.ripensAtMs ?? 0,
      born: lots.length,
    };
    lots.push(made);
    return made;
  };
  for (const entry of entries) {
    if (entry.slidesToMs != null)
      for (const lot of lots)
        if (lot.ends !== Infinity && entry.atMs < lot.ends) lot.ends = Math.max(lot.ends, entry.slidesToMs);
    for (let n = 0; n < entry.points; n++) {
      const back = owed > 0 ? undefined : gone.get(entry.reversesEntryId ?? '')?.pop();
      if (entry.kind !== 'reverse_redeem') put({ lot: newLot(entry) });
      else if (back !== undefined && entry.atMs < back.lot.ends) put(back);
      else put(owed > 0 ? { lot: { id: '', ends: 0, ripe: 0, born: 0 } } : { lot: newLot(entry) });
    }
    const own = (token: Token): boolean => entry.reversesEntryId === token.lot.id;
    const rank = (token: Token): number[] => {
      const isRunning = entry.atMs < token.lot.ends;
      const group = own(token) ? 0 : isRunning && entry.atMs >= token.lot.ripe ? 1 : isRunning ? 2 : 3;
      return [group, token.lot.ends, token.lot.born];
    };
    for (let n = 0; n < -entry.points; n++) {
      const best = [...table].sort((a, b) => compare(rank(a), rank(b)))[0];
      if (best === undefined || rank(best)[0] === 3) {
        owed += 1;
        continue;
      }
      table = table.filter((token) => token !== best);
      gone.set(entry.entryId, [...(gone.get(entry.entryId) ?? []), best]);
    }
  }
  const alive = table.filter((token) => asOfMs < token.lot.ends);
  const byLot: Record<string, number> = {};
  for (const { lot } of alive) byLot[lot.id] = (byLot[lot.id] ?? 0) + 1;
  return { balance: alive.length - owed, byLot };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

const byLot = (position: Position) => Object.fromEntries(position.lots.map((lot) => [lot.lotId, lot.remaining]));

test('L1 L7: the fold equals a plain count of every single point, as of any instant', () => {
  fc.assert(
    fc.property(steps, fc.nat(1800), (history, hours) => {
      const entries = entriesOf(history);
      const position = foldLots(entries, hours * HOUR);
      expect({ balance: position.balance, byLot: byLot(position) }).toEqual(countTokens(entries, hours * HOUR));
    }),
    SEED,
  );
});

test('L1 L10: lots, what waits, what is owed and what has ended are the sum of the entries', () => {
  fc.assert(
    fc.property(steps, fc.nat(1800), (history, hours) => {
      const entries = entriesOf(history);
      const position = foldLots(entries, hours * HOUR);
      const sum = entries.reduce((points, entry) => points + entry.points, 0);
      expect(position.ledgerPoints).toBe(sum);
      expect(position.balance + position.expiredUnwrittenPoints).toBe(sum);
      expect(position.spendablePoints + position.pendingPoints).toBe(position.balance);
      expect([...position.lots, ...position.endedLots].every((lot) => lot.remaining > 0)).toBe(true);
    }),
    SEED,
  );
});

test('L10: writing what has ended changes no position, and nothing is written twice', () => {
  fc.assert(
    fc.property(steps, fc.nat(600), (history, hours) => {
      const entries = entriesOf(history);
      const asOfMs = (entries.at(-1)?.atMs ?? 0) + hours * HOUR;
      const before = foldLots(entries, asOfMs);
      const written = dueExpiries(ACCOUNT, before).map(({ entryId, lotId, points }) => ({
        entryId,
        kind: 'expire' as const,
        points,
        lotId,
        atMs: asOfMs,
        expiresAtMs: null,
        reversesEntryId: null,
      }));
      const after = foldLots([...entries, ...written], asOfMs);
      expect([after.balance, byLot(after)]).toEqual([before.balance, byLot(before)]);
      expect([after.ledgerPoints, after.expiredUnwrittenPoints]).toEqual([before.balance, 0]);
      expect(dueExpiries(ACCOUNT, after)).toEqual([]);
      expect(new Set(written.map((entry) => entry.entryId)).size).toBe(written.length);
    }),
    SEED,
  );
});

test('L10: an entry from before a lot’s end leaves the balance that it would have left, had nobody written the end', () => {
  fc.assert(
    fc.property(steps, fc.nat(300), fc.integer({ min: 1, max: 60 }), fc.nat(400), (history, hours, points, early) => {
      const entries = entriesOf(history);
      const asOfMs = (entries.at(-1)?.atMs ?? 0) + hours * HOUR;
      const written: LedgerEntry[] = dueExpiries(ACCOUNT, foldLots(entries, asOfMs)).map((due) => ({
        entryId: due.entryId,
        kind: 'expire',
        points: due.points,
        lotId: due.lotId,
        atMs: asOfMs,
        expiresAtMs: null,
        reversesEntryId: null,
      }));
      const none = { expiresAtMs: null, reversesEntryId: null };
      const late: LedgerEntry = {
        ...none,
        entryId: 'late',
        kind: 'redeem',
        points: -points,
        atMs: asOfMs - early * HOUR,
      };
      const offsets: LedgerEntry[] = offsetExpiry([...entries, ...written], late).map((offset, index) => ({
        ...none,
        entryId: `good${index}`,
        kind: 'reverse_expire',
        points: offset.points,
        lotId: offset.lotId,
        reversesEntryId: offset.reversesEntryId,
        expiresAtMs: asOfMs,
        atMs: asOfMs,
      }));
      const honoured = [...entries, ...written, late, ...offsets];
      expect(foldLots(honoured, asOfMs).balance).toBe(foldLots([...entries, late], asOfMs).balance);
      const again = { ...late, entryId: 'again' };
      for (const [index, offset] of offsetExpiry(honoured, again).entries()) {
        const { reversesEntryId } = offset;
        const terms = { reversesEntryId, lotId: offset.lotId, expiresAtMs: asOfMs, atMs: asOfMs };
        offsets.push({ ...terms, entryId: `more${index}`, kind: 'reverse_expire', points: offset.points });
      }
      const first = honoured.length - entries.length - written.length - 1;
      const twice = foldLots([...honoured, again, ...offsets.slice(first)], asOfMs);
      expect(twice.balance).toBe(foldLots([...entries, late, again], asOfMs).balance);
      for (const { entryId, points: ended } of written) {
        const made = offsets.filter((offset) => offset.reversesEntryId === entryId);
        expect(made.reduce((sum, offset) => sum + offset.points, 0)).toBeLessThanOrEqual(-ended);
      }
    }),
    SEED,
  );
});

test('L6: a use given back in parts ends where giving it back at once does, and holds nothing more', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 59 }), (history, points, cut) => {
      const entries = entriesOf(history.map((step) => ({ ...step, slides: null })));
      const atMs = (entries.at(-1)?.atMs ?? 0) + HOUR;
      const none = { expiresAtMs: null, reversesEntryId: null };
      const used: LedgerEntry[] = [...entries, { ...none, entryId: 'use', kind: 'redeem', points: -points, atMs }];
      const give = (before: LedgerEntry[], entryId: string, back: number): LedgerEntry[] => {
        const given = { entries: before, redeemEntryId: 'use', points: back, entryId, atMs, graceDays: 9, zone: 'UTC' };
        const returned = returnSpent(given);
        return returned === null ? before : [...before, returned.entry];
      };
      const first = Math.min(cut, points);
      const parts = give(give(used, 'b1', first), 'b2', points - first);
      const once = give(used, 'b', points);
      expect(heldBy(parts, 'use')).toBe(0);
      expect(foldLots(parts, atMs).balance).toBe(foldLots(once, atMs).balance);
      expect(byLot(foldLots(parts, atMs))).toEqual(byLot(foldLots(once, atMs)));
    }),
    SEED,
  );
});
