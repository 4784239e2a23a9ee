import { moveAll } from '#shop/credit/transfer-credit.ts';
import { mustHave } from '#shop/must.ts';
import { claimThatStays } from '#shop/vouchers/join-claims.ts';
import type { CommandScope } from '../command-scope.ts';
import {
  insertCreditAccount,
  type StoredCreditAccount,
  selectCreditOfCustomer,
  updateCreditStatus,
} from '../credit/credit-accounts-store.ts';
import { appendCreditEntry } from '../credit/credit-entries-store.ts';
import type { ReadScope } from '../context.ts';
import { selectStandingMerge } from '../customers/merges-store.ts';
import { selectPassesOf } from '../passes/passes-store.ts';
import { selectHolder } from '../points/accounts-store.ts';
import { creditAccountOf } from './credit-account.ts';
import {
  type ClaimTerms,
  insertMergeParts,
  type MergePart,
  moveClaim,
  moveToCustomer,
  type StandingClaim,
  selectHeldBy,
  selectOwnedClaims,
  updateClaimTerms,
} from './merge-parts-store.ts';

/** Whose things go to whom. */
interface Pair {
  readonly fromCustomerId: string;
  readonly intoCustomerId: string;
}

/** What of vouchers, credit and passes would go along with a merge; amounts in minor units. */
export interface ValueToMerge {
  readonly claims: number;
  /** Of them those of a voucher that both have: one stays. */
  readonly joinedClaims: number;
  readonly creditMinor: number;
  readonly creditAfterMinor: number;
  readonly giftCards: number;
  readonly passes: number;
}

/** Says what a merge would take along, writing nothing. */
export function previewMergedValue(scope: ReadScope, { fromCustomerId, intoCustomerId }: Pair): ValueToMerge {
  const { db, shop } = scope;
  const claims = selectOwnedClaims(db, fromCustomerId);
  const known = new Set(selectOwnedClaims(db, intoCustomerId).map(({ voucherId }) => voucherId));
  const creditMinor = balanceOf(scope, fromCustomerId);
  return {
    claims: claims.length,
    joinedClaims: claims.filter(({ voucherId }) => known.has(voucherId)).length,
    creditMinor,
    creditAfterMinor: creditMinor + balanceOf(scope, intoCustomerId),
    giftCards: selectHeldBy(db, fromCustomerId).giftCards.length,
    passes: selectPassesOf(db, shop.merchantId, fromCustomerId).length,
  };
}

function balanceOf(scope: ReadScope, customerId: string): number {
  const account = selectCreditOfCustomer(scope.db, scope.shop.merchantId, customerId);
  return account === null ? 0 : creditAccountOf(scope, account).position.balanceMinor;
}

/**
 * Takes everything of value along with a merge (C-48): claims, of a voucher that both claimed one stays and the other is void
 * with the reason MERGED; vouchers that are theirs alone, gift cards and passes; credit lot by lot with its ends.
 * An account that was frozen freezes the one that its credit goes to. Remembers all of it, so that it can be undone.
 */
export function mergeValue(scope: CommandScope, mergeId: string, pair: Pair): void {
  const { db, shop } = scope;
  const { fromCustomerId, intoCustomerId } = pair;
  const { vouchers, giftCards } = selectHeldBy(db, fromCustomerId);
  const passes = selectPassesOf(db, shop.merchantId, fromCustomerId).map(({ passId }) => passId);
  const moved = (
    [
      ['voucher', vouchers],
      ['gift-card', giftCards],
      ['pass', passes],
    ] as const
  ).flatMap(([kind, ids]) => ids.map((subjectId) => ({ kind, subjectId })));
  const parts: MergePart[] = [...mergeClaims(scope, pair), ...moved];
  for (const { kind, subjectId } of moved) moveSubject(scope, { kind, id: subjectId, customerId: intoCustomerId });
  parts.push(...moveCredit(scope, pair));
  if (parts.length === 0) return;
  insertMergeParts(db, { mergeId, merchantId: shop.merchantId, parts });
  scope.touch('wallet');
}

const TABLES = {
  voucher: ['vouchers', 'holderCustomerId'],
  'gift-card': ['credit_accounts', 'customerId'],
  pass: ['customer_packages', 'customerId'],
} as const;

/** Gives a voucher, a card or a pass to another record, and puts that into the op. */
export function moveSubject(
  scope: CommandScope,
  moved: { readonly kind: keyof typeof TABLES; readonly id: string; readonly customerId: string | null },
): void {
  moveToCustomer(scope.db, moved);
  const [table, column] = TABLES[moved.kind];
  scope.fact(table, { id: moved.id, [column]: moved.customerId });
}

/** Gives a claim to another record, at the end of its wallet, and puts that into the op. */
export function moveClaimTo(scope: CommandScope, id: string, customerId: string): void {
  scope.fact('customer_vouchers', { id, customerId, walletOrder: moveClaim(scope.db, { id, customerId }) });
}

/** Writes how a claim stands, and puts that into the op. */
export function setClaim(scope: CommandScope, id: string, terms: ClaimTerms): void {
  updateClaimTerms(scope.db, id, terms);
  const { status, voidReason, claimedAtMs, claimedSaleId, expiresAtMs } = terms;
  scope.fact('customer_vouchers', { id, status, voidReason, claimedAtMs, claimedSaleId, expiresAtMs });
}

function mergeClaims(scope: CommandScope, { fromCustomerId, intoCustomerId }: Pair): MergePart[] {
  const known = new Map(selectOwnedClaims(scope.db, intoCustomerId).map((claim) => [claim.voucherId, claim]));
  return selectOwnedClaims(scope.db, fromCustomerId).map((claim) => {
    const other = known.get(claim.voucherId);
    const { customerVoucherId: id } = claim;
    if (other !== undefined) return joinClaims(scope, claim, other);
    moveClaimTo(scope, id, intoCustomerId);
    return { kind: 'claim', subjectId: id };
  });
}

/** The claim of the record that stays has the terms of the one that stays; the other is void, on the record that goes. */
function joinClaims(scope: CommandScope, from: StandingClaim, into: StandingClaim): MergePart {
  const [stays, goes] = claimThatStays(from, into) === 'first' ? [from, into] : [into, from];
  const joined = termsOf(stays);
  setClaim(scope, into.customerVoucherId, joined);
  setClaim(scope, from.customerVoucherId, { ...termsOf(goes), status: 'VOIDED', voidReason: 'MERGED' });
  const was = { from: termsOf(from), into: termsOf(into), joined };
  return { kind: 'joined-claim', subjectId: from.customerVoucherId, otherId: into.customerVoucherId, was };
}

function termsOf({ status, voidReason, claimedAtMs, claimedSaleId, expiresAtMs }: ClaimTerms): ClaimTerms {
  return { status, voidReason, claimedAtMs, claimedSaleId, expiresAtMs };
}

/** Moves all that runs of a customer's credit; what has ended stays where it was and is written off there. */
function moveCredit(scope: CommandScope, { fromCustomerId, intoCustomerId }: Pair): MergePart[] {
  const { db, shop } = scope;
  const from = selectCreditOfCustomer(db, shop.merchantId, fromCustomerId);
  if (from === null) return [];
  const lots = moveAll(creditAccountOf(scope, from).position);
  if (lots.length === 0) return [];
  const into =
    selectCreditOfCustomer(db, shop.merchantId, intoCustomerId) ??
    insertCreditAccount(scope, { kind: 'credit', customerId: intoCustomerId, code: null, codeKey: null });
  const parts: MergePart[] = lots.map(({ fromLotId, amountMinor, expiresAtMs }) => {
    const both = { kind: 'transfer', reason: 'MERGED' } as const;
    const out = { ...both, accountId: from.accountId, amountMinor: -amountMinor, lotId: fromLotId };
    const subjectId = appendCreditEntry(scope, out);
    const otherId = appendCreditEntry(scope, { ...both, accountId: into.accountId, amountMinor, expiresAtMs });
    return { kind: 'credit', subjectId, otherId };
  });
  return [...parts, ...freezeAlike(scope, from, into)];
}

function freezeAlike(scope: CommandScope, from: StoredCreditAccount, into: StoredCreditAccount): MergePart[] {
  if (from.status !== 'frozen' || into.status !== 'active') return [];
  updateCreditStatus(scope, into, { status: 'frozen', replacedById: null });
  return [{ kind: 'frozen', subjectId: into.accountId }];
}

/**
 * After a sale of a record that was merged into another was refunded: credit that came back goes where its credit went, and
 * is remembered with the merge, so that undoing it takes it back.
 */
export function followMergeOfCredit(scope: CommandScope, fromCustomerId: string): void {
  const { db, shop } = scope;
  const intoCustomerId = selectHolder(db, shop.merchantId, fromCustomerId)?.mergedInto ?? null;
  if (intoCustomerId === null) return;
  const mergeId = mustHave(selectStandingMerge(db, fromCustomerId), 'the merge by which a record is another’s');
  const parts = moveCredit(scope, { fromCustomerId, intoCustomerId });
  insertMergeParts(db, { mergeId, merchantId: shop.merchantId, parts });
}
