/** Why an entry stands in the ledger (LOYALTY.md 3). */
const ENTRY_KINDS = [
  'earn',
  'redeem',
  'reverse_earn',
  'reverse_redeem',
  'expire',
  'reverse_expire',
  'adjust',
  'transfer',
  'ripen',
  'merge',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The account on the other side of an entry. */
type SystemAccount = 'issued' | 'redeemed' | 'expired' | 'adjusted' | 'disputed';

/** The system account that an entry of a kind books against. */
export function systemAccountOf(kind: EntryKind): SystemAccount {
  if (kind === 'earn' || kind === 'reverse_earn') return 'issued';
  if (kind === 'redeem' || kind === 'reverse_redeem') return 'redeemed';
  return kind === 'expire' || kind === 'reverse_expire' ? 'expired' : 'adjusted';
}

/** What the fold reads of an entry of one account and programme. points is signed; expiresAtMs null means never. */
export interface LedgerEntry {
  readonly entryId: string;
  readonly kind: EntryKind;
  readonly points: number;
  readonly atMs: number;
  readonly expiresAtMs: number | null;
  /** The entry that this one reverses. */
  readonly reversesEntryId: string | null;
  /** Takes from this very lot, or gives back to it: an expiry, a merge, a transfer, a late spend made good. */
  readonly lotId?: string | null;
  /** From when on the points can be spent; null at once. A 'ripen' entry ends the waiting of its lot. */
  readonly ripensAtMs?: number | null;
  /** Activity moves the end of every lot that still runs to this instant, where expiry slides. */
  readonly slidesToMs?: number | null;
}
