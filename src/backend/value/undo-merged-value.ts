import { mustHave } from '#shop/must.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectCreditAccount, selectCreditOfCustomer, updateCreditStatus } from '../credit/credit-accounts-store.ts';
import { appendCreditEntry, selectCreditEntries } from '../credit/credit-entries-store.ts';
import { selectPass } from '../passes/passes-store.ts';
import { takeBackWithoutSale } from './coupon-claims.ts';
import { creditAccountOf } from './credit-account.ts';
import {
  type MergePart,
  replaceArrival,
  selectHeldBy,
  selectMergeParts,
  selectMovedCredit,
  selectOwnedClaim,
} from './merge-parts-store.ts';
import { moveClaimTo, moveSubject, setClaim } from './merge-value.ts';

interface Merged {
  readonly mergeId: string;
  readonly fromCustomerId: string;
  readonly intoCustomerId: string;
}

/** Credit that goes back: the entry by which it had arrived, what of it, and the lot that it had left. */
interface CreditBack {
  readonly arrivedBy: string;
  readonly amountMinor: number;
  readonly expiresAtMs: number | null;
  readonly leftLotId: string | null;
}

/** Everything of value that undoing a merge gives back. */
export interface ValueBack {
  readonly parts: readonly MergePart[];
  readonly credit: readonly CreditBack[];
}

/**
 * Decides what of vouchers, credit and passes goes back to the first record of a merge, writing nothing. Credit that has
 * ended since stays and is written off. Refuses 'merge-credit-spent' with how much of it is used or set aside.
 */
export function valueToReturn(scope: CommandScope, { mergeId, intoCustomerId }: Merged): ValueBack | Refusal {
  const { db, shop, moment } = scope;
  const parts = selectMergeParts(db, mergeId);
  const account = selectCreditOfCustomer(db, shop.merchantId, intoCustomerId);
  const arrived = parts.filter((part) => part.kind === 'credit');
  if (arrived.length === 0 || account === null) return { parts, credit: [] };
  const { position, heldMinor } = creditAccountOf(scope, account);
  const ends = new Map(selectCreditEntries(db, account.accountId).map((entry) => [entry.entryId, entry.expiresAtMs]));
  const credit: CreditBack[] = [];
  let spentMinor = 0;
  let backMinor = 0;
  for (const { subjectId, otherId } of arrived) {
    const { amountMinor, lotId } = mustHave(selectMovedCredit(db, subjectId), 'credit that went along with a merge');
    const expiresAtMs = ends.get(otherId) ?? null;
    if (expiresAtMs !== null && expiresAtMs <= moment.trustedAtMs) continue;
    const leftMinor = position.lots.find((lot) => lot.lotId === otherId)?.remainingMinor ?? 0;
    spentMinor += amountMinor - leftMinor;
    backMinor += leftMinor;
    credit.push({ arrivedBy: otherId, amountMinor, expiresAtMs, leftLotId: lotId });
  }
  spentMinor += Math.max(0, backMinor + heldMinor - position.balanceMinor);
  return spentMinor > 0 ? refuse('merge-credit-spent', { amountMinor: spentMinor }) : { parts, credit };
}

/** Gives back what was decided: a claim as it stands now, or as it stood where two had become one. */
export function returnValue(scope: CommandScope, merge: Merged, { parts, credit }: ValueBack): void {
  for (const each of credit) returnCredit(scope, merge, each);
  for (const part of parts) returnPart(scope, merge, part);
  if (parts.length > 0) scope.touch('wallet');
}

function returnCredit(scope: CommandScope, { fromCustomerId, intoCustomerId }: Merged, back: CreditBack): void {
  const accountOf = (customerId: string): string =>
    mustHave(selectCreditOfCustomer(scope.db, scope.shop.merchantId, customerId), 'an account of a merge').accountId;
  const { arrivedBy, amountMinor, expiresAtMs, leftLotId } = back;
  const both = { kind: 'transfer', reason: 'MERGE_UNDONE' } as const;
  const out = { ...both, accountId: accountOf(intoCustomerId), amountMinor: -amountMinor, lotId: arrivedBy };
  appendCreditEntry(scope, out);
  const byEntryId = appendCreditEntry(scope, {
    ...both,
    accountId: accountOf(fromCustomerId),
    amountMinor,
    expiresAtMs,
  });
  if (leftLotId !== null) replaceArrival(scope.db, { entryId: leftLotId, byEntryId });
}

function returnPart(scope: CommandScope, { fromCustomerId, intoCustomerId }: Merged, part: MergePart): void {
  const { db, shop } = scope;
  const { subjectId: id } = part;
  if (part.kind === 'joined-claim') separateClaims(scope, part);
  else if (part.kind === 'frozen') thaw(scope, id);
  else if (part.kind === 'claim') {
    if (selectOwnedClaim(db, id)?.customerId !== intoCustomerId) return;
    moveClaimTo(scope, id, fromCustomerId);
    takeBackWithoutSale(scope, id);
  } else if (part.kind !== 'credit') {
    const isTheirs =
      part.kind === 'pass'
        ? selectPass(db, shop.merchantId, id)?.customerId === intoCustomerId
        : Object.values(selectHeldBy(db, intoCustomerId)).some((ids) => ids.includes(id));
    if (isTheirs) moveSubject(scope, { kind: part.kind, id, customerId: fromCustomerId });
  }
}

/** Two claims again, as they stood; what was done since with the one that stayed was the second record's. One whose sales were all given back goes with them. */
function separateClaims(scope: CommandScope, part: Extract<MergePart, { kind: 'joined-claim' }>): void {
  const { was, subjectId, otherId } = part;
  const now = mustHave(selectOwnedClaim(scope.db, otherId), 'a claim is kept');
  const isAsJoined = now.status === was.joined.status;
  setClaim(scope, otherId, isAsJoined ? was.into : { ...was.into, status: now.status, voidReason: now.voidReason });
  setClaim(scope, subjectId, was.from);
  for (const id of [otherId, subjectId]) takeBackWithoutSale(scope, id);
}

function thaw(scope: CommandScope, accountId: string): void {
  const account = selectCreditAccount(scope.db, scope.shop.merchantId, accountId);
  if (account?.status === 'frozen') updateCreditStatus(scope, account, { status: 'active', replacedById: null });
}
