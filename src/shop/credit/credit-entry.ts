/** Why an entry stands in the ledger of credit. */
export const CREDIT_KINDS = [
  'top-up',
  'grant',
  'spend',
  'return',
  'refund',
  'reverse',
  'expire',
  'reverse-expire',
  'adjust',
  'transfer',
] as const;
export type CreditKind = (typeof CREDIT_KINDS)[number];

/** The account on the other side of an entry. */
export type CreditSystemAccount = 'sold' | 'granted' | 'spent' | 'refunded' | 'expired' | 'adjusted' | 'moved';

const SYSTEM: Readonly<Record<Exclude<CreditKind, 'reverse'>, CreditSystemAccount>> = {
  'top-up': 'sold',
  grant: 'granted',
  spend: 'spent',
  return: 'spent',
  refund: 'refunded',
  expire: 'expired',
  'reverse-expire': 'expired',
  adjust: 'adjusted',
  transfer: 'moved',
};

/** The system account that an entry books against; what takes an entry back books against the same one as it. */
export function creditSystemAccountOf(kind: CreditKind, reversed: CreditKind | null): CreditSystemAccount {
  if (kind !== 'reverse') return SYSTEM[kind];
  return reversed === null || reversed === 'reverse' ? 'adjusted' : SYSTEM[reversed];
}

/** What the fold reads of an entry. amountMinor is signed and never zero; expiresAtMs null means never. */
export interface CreditEntry {
  readonly entryId: string;
  readonly kind: CreditKind;
  readonly amountMinor: number;
  readonly atMs: number;
  readonly expiresAtMs: number | null;
  readonly reversesEntryId: string | null;
  /** Takes from this very lot: an expiry, a transfer of what is left of it. */
  readonly lotId: string | null;
}
