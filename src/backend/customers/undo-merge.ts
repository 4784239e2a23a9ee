import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { foldLots, type Position } from '#shop/points/lots.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectHolder } from '../points/accounts-store.ts';
import type { EntryRow } from '../points/entries-store.ts';
import { appendEntry } from '../points/ledger-store.ts';
import { entriesByProgramme, settleTiersOf } from '../ledger/merge-points.ts';
import {
  type Customer,
  type PersonalData,
  selectCustomer,
  selectEmailOwner,
  selectPhoneOwner,
} from './customers-store.ts';
import { pointTo } from './merge-customers.ts';
import { type Merge, markUndone, replaceMergeLot, selectMerge, selectMergeLots } from './merges-store.ts';
import { moveMember } from './segment-members.ts';
import { standingAfterUndo } from './undo-standing.ts';
import { writeChange } from './update-customer.ts';
import { returnValue, valueToReturn } from '../value/undo-merged-value.ts';

export const undoMergeSchema = z.strictObject({ mergeId: idSchema });

/**
 * Makes two customers of one again: the points that came along go back with their terms (what has ended since stays
 * written off), what had been filled in is taken out where nobody changed it, cards and history are each one's own. Sales
 * made since stay with the one they were made for. Refuses 'not-found', 'merge-undo-late' after 30 days, 'merge-chained'
 * while a later merge stands on this one, 'merge-points-spent' with how many of the points are gone: they cannot be
 * told apart by lot any more, and no split of what is left would be anybody's wish; 'merge-credit-spent' alike;
 * 'phone-taken' and 'email-taken'.
 */
export function undoMerge(
  scope: CommandScope,
  { mergeId }: z.output<typeof undoMergeSchema>,
): Outcome<{ fromCustomerId: string; intoCustomerId: string; movedPoints: number }> {
  const { db, shop, moment } = scope;
  const merge = selectMerge(db, shop.merchantId, mergeId);
  if (merge === null || merge.undoneAtMs !== null) return refuse('not-found', { kind: 'merge' });
  if (moment.trustedAtMs > merge.undoUntilMs) return refuse('merge-undo-late', { days: 30 });
  const from = selectCustomer(db, shop.merchantId, merge.fromCustomerId);
  const into = selectCustomer(db, shop.merchantId, merge.intoCustomerId);
  if (from === null || into === null || into.status === 'erased') return refuse('not-found', { kind: 'customer' });
  if (from.duplicateOf !== into.customerId) return refuse('merge-chained');
  const returning = lotsToReturn(scope, merge);
  if ('kind' in returning) return returning;
  const value = valueToReturn(scope, merge);
  if ('kind' in value) return value;
  const taken = contactTaken(scope, from, into);
  if (taken !== null) return taken;
  emptyFilled(scope, merge, { from, into });
  pointTo(scope, from.customerId, null);
  for (const customerId of merge.repointed.customers) pointTo(scope, customerId, from.customerId);
  for (const lot of returning) returnLot(scope, merge, lot);
  for (const segmentId of merge.repointed.segments) {
    moveMember(scope, { segmentId, customerId: from.customerId, belongs: true });
  }
  for (const segmentId of merge.repointed.joined) {
    moveMember(scope, { segmentId, customerId: into.customerId, belongs: false });
  }
  returnValue(scope, merge, value);
  markUndone(db, mergeId, moment.trustedAtMs);
  for (const customerId of [from.customerId, into.customerId]) settleTiersOf(scope, customerId);
  const movedPoints = returning.reduce((sum, lot) => sum + lot.points, 0);
  record(scope, merge, movedPoints);
  return done({ fromCustomerId: from.customerId, intoCustomerId: into.customerId, movedPoints });
}

interface ReturningLot {
  /** The lot of the first record that it had left. */
  readonly fromLotId: string | null;
  readonly programId: string;
  readonly points: number;
  readonly expiresAtMs: number | null;
  readonly ripensAtMs: number | null;
  /** What the second record gives (below zero) or, for what had been owed, gets back. */
  readonly given: readonly GivenPoints[];
}

interface GivenPoints {
  readonly points: number;
  /** The lot that gives; null for what paid a debt of the second record, which is owed again. */
  readonly lotId: string | null;
  readonly expiresAtMs: number | null;
  readonly ripensAtMs: number | null;
}

const NO_TERMS = { lotId: null, expiresAtMs: null, ripensAtMs: null } as const;

function lotsToReturn(scope: CommandScope, { mergeId, intoCustomerId }: Merge): readonly ReturningLot[] | Refusal {
  const { db, shop, moment } = scope;
  const holder = mustHave(selectHolder(db, shop.merchantId, intoCustomerId), 'who was given the points');
  const ledgers = entriesByProgramme(scope, holder.accountId);
  const positions = new Map([...ledgers].map(([id, entries]) => [id, foldLots(entries, moment.trustedAtMs)]));
  const returning: ReturningLot[] = [];
  let spentPoints = 0;
  for (const { inEntryId, programId, fromLotId, points } of selectMergeLots(db, mergeId)) {
    const entries = mustHave(ledgers.get(programId), 'the ledger that the points went to');
    const position = mustHave(positions.get(programId), 'the position that the points went to');
    if (points < 0) {
      const given = refundedDebt(entries, position, { entryId: inEntryId, points: -points });
      returning.push({ ...NO_TERMS, fromLotId, programId, points, given });
      continue;
    }
    const lot = position.lots.find(({ lotId }) => lotId === inEntryId);
    const { expiresAtMs, ripensAtMs = null } = lot ?? mustHave(entryOf(entries, inEntryId), 'the entry of a merge');
    if (lot === undefined && expiresAtMs !== null && expiresAtMs <= moment.trustedAtMs) continue;
    const left = lot?.remaining ?? 0;
    const paid = Math.min(owedBefore(entries, inEntryId), points);
    spentPoints += points - left - paid;
    const given = [
      { ...NO_TERMS, points: -left, lotId: inEntryId },
      { ...NO_TERMS, points: -paid },
    ];
    returning.push({ fromLotId, programId, points, expiresAtMs, ripensAtMs, given });
  }
  return spentPoints > 0 ? refuse('merge-points-spent', { points: spentPoints }) : returning;
}

function entryOf(entries: readonly EntryRow[], entryId: string): EntryRow | undefined {
  return entries.find((entry) => entry.entryId === entryId);
}

/** What was owed when an entry came in, which so paid it first. */
function owedBefore(entries: readonly EntryRow[], entryId: string): number {
  const before = entries.slice(
    0,
    entries.findIndex((entry) => entry.entryId === entryId),
  );
  return foldLots(before, before.at(-1)?.atMs ?? 0).owedPoints;
}

/** A debt that came along took from lots: what it could not take pays what is still owed, the rest comes back with their terms. */
function refundedDebt(
  entries: readonly EntryRow[],
  { moves }: Position,
  debt: { readonly entryId: string; readonly points: number },
): readonly GivenPoints[] {
  const taken = moves.filter((move) => move.entryId === debt.entryId && move.points > 0);
  const back = taken.map(({ lotId, points }) => {
    const { expiresAtMs, ripensAtMs } = mustHave(entryOf(entries, lotId), 'the entry that made a lot');
    return { points, lotId: null, expiresAtMs, ripensAtMs: ripensAtMs ?? null };
  });
  const rest = debt.points - back.reduce((sum, { points }) => sum + points, 0);
  return [{ ...NO_TERMS, points: rest }, ...back];
}

function returnLot(scope: CommandScope, merge: Merge, lot: ReturningLot): void {
  const { db, shop } = scope;
  const { programId, points, fromLotId, expiresAtMs, ripensAtMs } = lot;
  const holderOf = (id: string) => mustHave(selectHolder(db, shop.merchantId, id), 'the holder of a merged lot');
  const both = { programId, kind: 'merge', reason: 'MERGE_UNDONE' } as const;
  for (const given of lot.given) {
    if (given.points !== 0) appendEntry(scope, { ...both, member: holderOf(merge.intoCustomerId), ...given });
  }
  const member = holderOf(merge.fromCustomerId);
  const byEntryId = appendEntry(scope, { ...both, member, points, expiresAtMs, ripensAtMs });
  if (fromLotId !== null) replaceMergeLot(db, { inEntryId: fromLotId, byEntryId });
}

/** A third customer may have been enrolled meanwhile with what the first record told. */
function contactTaken({ db, shop }: CommandScope, from: Customer, into: Customer): Refusal | null {
  const { phone, email } = from.personal;
  const phoneOwner = phone === null ? null : selectPhoneOwner(db, shop.merchantId, phone);
  if (phoneOwner !== null && phoneOwner !== into.customerId) return refuse('phone-taken', { customerId: phoneOwner });
  const emailOwner = email === null ? null : selectEmailOwner(db, shop.merchantId, email);
  if (emailOwner !== null && emailOwner !== into.customerId) return refuse('email-taken', { customerId: emailOwner });
  return null;
}

/**
 * Takes out what the merge filled in and what belongs to the first record alone, and takes back a block and a consent that
 * came along; what was changed or said since stays.
 */
function emptyFilled(
  scope: CommandScope,
  merge: Merge,
  { from, into }: { readonly from: Customer; readonly into: Customer },
): void {
  const same = (field: keyof PersonalData): boolean =>
    JSON.stringify(from.personal[field]) === JSON.stringify(into.personal[field]);
  const fields = (Object.keys(EMPTY) as (keyof typeof EMPTY)[]).filter(
    (field) => merge.filled.includes(field) && same(field),
  );
  const contact = (['phone', 'email'] as const).filter((field) => into.personal[field] !== null && same(field));
  const own = merge.filled.flatMap((name) => (name.startsWith('custom:') ? [name.slice('custom:'.length)] : []));
  const custom = Object.fromEntries(
    Object.entries(into.personal.custom).filter(
      ([id, value]) => !(own.includes(id) && from.personal.custom[id] === value),
    ),
  );
  const emptied = Object.fromEntries([...fields, ...contact].map((field) => [field, EMPTY[field]]));
  const language = merge.filled.includes('language') && into.language === from.language ? null : into.language;
  const { shop, moment } = scope;
  const { customerId, code } = into;
  const { status, blockReason, consentMarketing } = standingAfterUndo(scope, merge, { from, into });
  const row = { id: customerId, merchantId: shop.merchantId, code, language, atMs: moment.atMs };
  const after = { ...row, status, consentMarketing };
  const personal = { ...into.personal, ...emptied, custom, blockReason };
  writeChange(scope, into, { after, personal, type: null, consent: { channel: 'merge' } });
  if (status !== into.status) scope.event({ type: 'customer.unblocked', category: 'EFFECT', customerId, data: {} });
}

const EMPTY = {
  fullName: '',
  callName: null,
  phone: null,
  email: null,
  birthday: null,
  contactBy: null,
  note: '',
  tags: [],
} as const;

function record(scope: CommandScope, { mergeId, fromCustomerId, intoCustomerId }: Merge, points: number): void {
  const data = { mergeId, fromCustomerId, intoCustomerId, points };
  scope.fact('customer_merges', { id: mergeId, undoneAtMs: scope.moment.trustedAtMs });
  scope.event({ type: 'customer.merge_undone', category: 'ACTION', customerId: intoCustomerId, data });
  scope.event({ type: 'customer.merge_undone', category: 'EFFECT', customerId: fromCustomerId, data });
  scope.changed({ table: 'customer_merges', recordId: mergeId, before: { undoneAtMs: null }, after: data });
  for (const topic of ['customers', 'points'] as const) scope.touch(topic);
}
