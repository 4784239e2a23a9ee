import type { LedgerEntry } from './ledger-entry.ts';
import { foldLots, type LotMove } from './lots.ts';

/** What an entry that arrives after an expiry was written makes good: points of `reversesEntryId`, back into `lotId`. */
export interface ExpiryOffset {
  readonly reversesEntryId: string;
  readonly points: number;
  /** The lot that the entry had to take from instead; null for what it had to owe. */
  readonly lotId: string | null;
}

/**
 * Returns what of written expiries an entry takes back (LOYALTY.md 3): a spend whose trusted time precedes a lot's end is
 * honoured however late it arrives, and points that ended are not asked for again when their sale is returned. The
 * balance is then what it would have been had nobody written the expiry: what was owed is paid first. `entries` come
 * before the entry in canonical order.
 */
export function offsetExpiry(entries: readonly LedgerEntry[], entry: LedgerEntry): readonly ExpiryOffset[] {
  const written = writtenExpiries(entries);
  // Stryker disable next-line all: a short cut; what takes from no lot or finds no end is made good nothing, after two folds.
  if (written.length === 0 || entry.points >= 0) return [];
  const unwritten = entries.filter(({ kind }) => kind !== 'expire' && kind !== 'reverse_expire');
  const wanted = movesOf([...unwritten, entry], entry);
  const actual = movesOf([...entries, entry], entry);
  const offsets: ExpiryOffset[] = [];
  const homes = [...elsewhere(actual, wanted)].reverse();
  const short = new Map(elsewhere(wanted, actual).map((lot) => [lot.lotId, lot.points]));
  for (const { entryId, lotId, points } of written) {
    let left = Math.min(points, short.get(lotId) ?? 0);
    short.set(lotId, (short.get(lotId) ?? 0) - left);
    for (const home of homes) {
      const back = Math.min(home.points, left);
      if (back <= 0) continue;
      offsets.push({ reversesEntryId: entryId, points: back, lotId: home.lotId });
      home.points -= back;
      left -= back;
    }
    if (left > 0) offsets.unshift({ reversesEntryId: entryId, points: left, lotId: null });
  }
  return offsets;
}

interface WrittenExpiry {
  readonly entryId: string;
  readonly lotId: string;
  points: number;
}

/** What stands written as expired, by lot, less what was made good since. */
function writtenExpiries(entries: readonly LedgerEntry[]): WrittenExpiry[] {
  const written = new Map<string, WrittenExpiry>();
  for (const { entryId, kind, points, lotId, reversesEntryId } of entries) {
    if (kind === 'expire' && lotId != null) written.set(entryId, { entryId, lotId, points: -points });
    const of = kind === 'reverse_expire' ? written.get(reversesEntryId ?? '') : undefined;
    if (of !== undefined) of.points -= points;
  }
  return [...written.values()];
}

function movesOf(entries: readonly LedgerEntry[], { entryId, atMs }: LedgerEntry): readonly LotMove[] {
  return foldLots(entries, atMs).moves.filter((move) => move.entryId === entryId);
}

function pointsOf(moves: readonly LotMove[], lotId: string): number {
  return moves.reduce((points, move) => points + (move.lotId === lotId ? move.points : 0), 0);
}

/** What the one moves take from lots beyond what the others do. */
function elsewhere(these: readonly LotMove[], those: readonly LotMove[]): { lotId: string; points: number }[] {
  const lotIds = [...new Set(these.map((move) => move.lotId))];
  return lotIds.map((lotId) => ({ lotId, points: Math.max(0, pointsOf(these, lotId) - pointsOf(those, lotId)) }));
}
