import type { EntryKind } from './lots.ts';

/** An entry with its running balance, oldest first. */
export interface ExplainedEntry<Entry> {
  readonly entry: Entry;
  readonly runningBalance: number;
}

/** What "why this balance" adds up: earned - redeemed - expired + adjusted - reversed = balance. */
export interface LedgerSums {
  readonly earned: number;
  readonly redeemed: number;
  readonly expired: number;
  readonly adjusted: number;
  readonly reversed: number;
}

/** Returns the entries with the balance after each, and the sums by kind that add up to the last one. */
export function explainEntries<Entry extends { readonly kind: EntryKind; readonly points: number }>(
  entries: readonly Entry[],
): { readonly entries: readonly ExplainedEntry<Entry>[]; readonly sums: LedgerSums; readonly balance: number } {
  const sums = { earned: 0, redeemed: 0, expired: 0, adjusted: 0, reversed: 0 };
  let balance = 0;
  const explained = entries.map((entry) => {
    balance += entry.points;
    sums[SUM_OF_KIND[entry.kind].sum] += entry.points * SUM_OF_KIND[entry.kind].sign;
    return { entry, runningBalance: balance };
  });
  for (const sum of Object.keys(sums) as (keyof LedgerSums)[]) sums[sum] = sums[sum] || 0;
  return { entries: explained, sums, balance };
}

const SUM_OF_KIND: Readonly<Record<EntryKind, { readonly sum: keyof LedgerSums; readonly sign: 1 | -1 }>> = {
  earn: { sum: 'earned', sign: 1 },
  reverse_earn: { sum: 'reversed', sign: -1 },
  redeem: { sum: 'redeemed', sign: -1 },
  reverse_redeem: { sum: 'redeemed', sign: -1 },
  expire: { sum: 'expired', sign: -1 },
  reverse_expire: { sum: 'expired', sign: -1 },
  adjust: { sum: 'adjusted', sign: 1 },
  transfer: { sum: 'adjusted', sign: 1 },
  ripen: { sum: 'adjusted', sign: 1 },
  merge: { sum: 'adjusted', sign: 1 },
};
