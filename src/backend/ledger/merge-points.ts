import { mustHave } from '#shop/must.ts';
import { foldLots } from '#shop/points/lots.ts';
import { transferAll } from '#shop/points/transfer-lots.ts';
import type { CommandScope } from '../command-scope.ts';
import { insertMergeLots, selectStandingMerge } from '../customers/merges-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectHolder, withAccount } from '../points/accounts-store.ts';
import { type EntryRow, selectEntries } from '../points/entries-store.ts';
import { appendEntry } from '../points/ledger-store.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { settleTier } from './settle-tier.ts';
import { standingsOf } from './standing.ts';

/** What left one account and arrived in another: two entries that cancel each other out. */
export interface MovedLot {
  readonly outEntryId: string;
  readonly inEntryId: string;
  readonly programId: string;
  readonly points: number;
}

/** The entries of an account by programme, in the order in which programmes were first booked. */
export function entriesByProgramme(
  scope: { readonly db: ReadableDb },
  accountId: string | null,
): Map<string, EntryRow[]> {
  const found = new Map<string, EntryRow[]>();
  if (accountId === null) return found;
  for (const entry of selectEntries(scope.db, accountId)) {
    const known = found.get(entry.programId);
    if (known === undefined) found.set(entry.programId, [entry]);
    else known.push(entry);
  }
  return found;
}

/**
 * Moves everything that one customer has into another's account, lot by lot with its terms, then what is owed (C-48).
 * What has ended stays where it was and is written off there.
 */
export function movePoints(scope: CommandScope, fromCustomerId: string, intoCustomerId: string): readonly MovedLot[] {
  const { db, shop, moment } = scope;
  const from = mustHave(selectHolder(db, shop.merchantId, fromCustomerId), 'whose points are moved');
  const into = mustHave(selectHolder(db, shop.merchantId, intoCustomerId), 'who is given the points');
  const moved: MovedLot[] = [];
  for (const [programId, entries] of entriesByProgramme(scope, from.accountId)) {
    for (const { fromLotId, points, expiresAtMs, ripensAtMs } of transferAll(foldLots(entries, moment.trustedAtMs))) {
      const receiver = withAccount(scope, mustHave(selectHolder(db, shop.merchantId, into.customerId), 'the receiver'));
      const both = { programId, kind: 'merge', reason: 'MERGED' } as const;
      const outEntryId = appendEntry(scope, { ...both, member: from, points: -points, lotId: fromLotId });
      const inEntryId = appendEntry(scope, { ...both, member: receiver, points, expiresAtMs, ripensAtMs });
      moved.push({ outEntryId, inEntryId, programId, points });
    }
  }
  return moved;
}

/** Settles the tiers of a customer whose history has changed. */
export function settleTiersOf(scope: CommandScope, customerId: string): void {
  const { db, shop } = scope;
  const member = selectHolder(db, shop.merchantId, customerId);
  if (member === null || member.accountId === null) return;
  for (const { version, moves } of standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId))) {
    if (version.programme.tiers === null) continue;
    settleTier(scope, { member, accountId: member.accountId, version, moves: moves() });
  }
}

/**
 * After a sale of a record that was merged into another was refunded: what it owes or got back goes where its points went,
 * and is remembered with the merge, so that undoing it takes it back.
 */
export function followMerge(scope: CommandScope, customerId: string, settlesTiers = true): void {
  const { db, shop } = scope;
  const mergedInto = selectHolder(db, shop.merchantId, customerId)?.mergedInto ?? null;
  const mergeId = mergedInto === null ? null : selectStandingMerge(db, customerId);
  if (mergedInto === null || mergeId === null) return;
  const lots = movePoints(scope, customerId, mergedInto);
  insertMergeLots(db, { mergeId, merchantId: shop.merchantId, lots });
  if (settlesTiers) settleTiersOf(scope, mergedInto);
}
