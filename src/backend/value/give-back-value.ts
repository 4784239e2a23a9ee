import { creditEndOf } from '#shop/credit/due-credit.ts';
import { itemAt, must, mustHave } from '#shop/must.ts';
import type { StoredValueReturn } from '#shop/till/stored-value.ts';
import type { CommandScope } from '../command-scope.ts';
import {
  insertCreditAccount,
  type StoredCreditAccount,
  selectCreditAccount,
  selectCreditOfCustomer,
} from '../credit/credit-accounts-store.ts';
import { appendCreditEntry } from '../credit/credit-entries-store.ts';
import { appendPassUnits, selectPass } from '../passes/passes-store.ts';
import { selectHolder } from '../points/accounts-store.ts';
import type { ValueToGiveBack } from './decide-give-back.ts';
import { type BookedUnits, selectCreditOfSale, selectUsesOfLine } from './give-back-store.ts';
import { takeBackClaim } from './coupon-claims.ts';
import { revokeIssue, rollBack } from './roll-back.ts';
import { followMergeOfCredit } from './merge-value.ts';
import { openGiftCard } from './open-card.ts';
import { takeBackConversions } from './settle-experiments.ts';

/** Credit that comes back to a lot that has ended runs so many days more, as points do. */
const GRACE_DAYS = 30;

/** What a give-back is part of. */
export interface GiveBackCause {
  readonly saleId: string;
  /** Null where the sale is cancelled. */
  readonly refundId: string | null;
}

/** Where a tender of stored value went back to. */
export interface ReturnedTender {
  readonly ofTenderId: string;
  readonly kind: StoredValueReturn['kind'];
  readonly amountMinor: number;
  readonly accountId: string | null;
  readonly passId: string | null;
}

/**
 * Where each part of stored value goes back to: its account, or the card that has replaced it since. Nothing is written.
 */
export function returnedTendersOf(
  scope: CommandScope,
  { paid }: ValueToGiveBack,
  returns: readonly StoredValueReturn[],
): ReturnedTender[] {
  return returns.map(({ tenderId, kind, amountMinor }) => {
    const { accountId, passId } = mustHave(
      paid.find((tender) => tender.tenderId === tenderId),
      'the tender that goes back',
    );
    const account = accountId === null ? null : standingAccount(scope, accountId);
    return { ofTenderId: tenderId, kind, amountMinor, accountId: account?.accountId ?? null, passId };
  });
}

/** The account, or the one that everything on it went to. */
function standingAccount(scope: CommandScope, accountId: string): StoredCreditAccount {
  const account = mustHave(selectCreditAccount(scope.db, scope.shop.merchantId, accountId), 'an account is kept');
  return account.replacedById === null ? account : standingAccount(scope, account.replacedById);
}

/**
 * Writes what was decided to go the other way: money to its accounts and the units that paid to their passes, redemptions,
 * and what lines had sold. To be called when the refund or the cancellation stands written. Nothing is decided here.
 */
export function giveBackValue(
  scope: CommandScope,
  cause: GiveBackCause,
  value: ValueToGiveBack,
  returns: readonly StoredValueReturn[],
): void {
  for (const { tenderId, amountMinor } of returns) returnMoney(scope, cause, value, { tenderId, amountMinor });
  for (const { tenderId, units, amountMinor } of value.units) {
    const { passId, lineId } = mustHave(
      value.paid.find((tender) => tender.tenderId === tenderId),
      'the units that come back',
    );
    returnUnits(scope, cause, { passId: passId ?? '', lineId: lineId ?? '', units, amountMinor });
  }
  for (const taken of value.takenBack) takeBackSold(scope, cause, taken);
  for (const each of value.rolledBack) rollBack(scope, cause, each);
  for (const { voucherId } of value.revoked) revokeIssue(scope, voucherId);
  for (const claim of value.closedClaims) takeBackClaim(scope, claim);
  takeBackConversions(scope, cause.saleId);
  scope.touch('wallet');
  scope.touch('vouchers');
}

function returnMoney(
  scope: CommandScope,
  { saleId, refundId }: GiveBackCause,
  { paid }: ValueToGiveBack,
  { tenderId, amountMinor }: { readonly tenderId: string; readonly amountMinor: number },
): void {
  const { accountId } = mustHave(
    paid.find((tender) => tender.tenderId === tenderId),
    'the tender that goes back',
  );
  if (accountId === null) return;
  const account = standingAccount(scope, accountId);
  const what = { saleId, refundId, tenderId, amountMinor };
  if (account.accountId === accountId) {
    const spends = selectCreditOfSale(scope.db, { saleId, accountId }).filter((entry) => entry.tenderId === tenderId);
    const { entryId } = itemAt(spends, 0);
    const expiresAtMs = creditEndOf(scope.moment.trustedAtMs, GRACE_DAYS, scope.shop.timeZone);
    const reverses = { entryId, kind: 'spend' as const };
    appendCreditEntry(scope, { ...what, accountId, kind: 'return', reverses, expiresAtMs });
  } else {
    appendCreditEntry(scope, { ...what, accountId: account.accountId, kind: 'refund', reason: 'REISSUED' });
  }
  tellReturn(scope, account, { saleId, refundId, amountMinor });
}

function tellReturn(
  scope: CommandScope,
  { accountId, customerId }: StoredCreditAccount,
  what: { readonly saleId: string; readonly refundId: string | null; readonly amountMinor: number },
): void {
  if (customerId === null) return;
  scope.event({ type: 'customer.credit.returned', category: 'EFFECT', customerId, data: { accountId, ...what } });
  followMergeOfCredit(scope, customerId);
}

/** Spreads units over the entries that they came by, in their order, each up to what is left of it. */
function spread(entries: readonly BookedUnits[], units: number): { entryId: string; units: number }[] {
  let left = units;
  const found = entries.flatMap(({ entryId, units: whole, goneUnits }) => {
    const taken = Math.min(left, whole - goneUnits);
    left -= taken;
    return taken === 0 ? [] : [{ entryId, units: taken }];
  });
  must(left === 0, 'no more units come back than there were');
  return found;
}

function returnUnits(
  scope: CommandScope,
  { saleId, refundId }: GiveBackCause,
  back: { readonly passId: string; readonly lineId: string; readonly units: number; readonly amountMinor: number },
): void {
  const { passId, lineId, units, amountMinor } = back;
  for (const each of spread(selectUsesOfLine(scope.db, { lineId, passId }), units)) {
    const { entryId: reversesId } = each;
    appendPassUnits(scope, {
      passId,
      kind: 'return',
      units: each.units,
      reversesId,
      saleId,
      lineId,
      amountMinor,
      refundId,
    });
  }
  tellPass(scope, 'customer.pass.returned', passId, { saleId, refundId, units });
}

function tellPass(
  scope: CommandScope,
  type: string,
  passId: string,
  data: { readonly saleId: string; readonly refundId: string | null; readonly units: number },
): void {
  const { customerId, name: passName } = mustHave(
    selectPass(scope.db, scope.shop.merchantId, passId),
    'a pass is kept',
  );
  scope.event({ type, category: 'EFFECT', customerId, data: { passId, passName, ...data } });
}

function takeBackSold(
  scope: CommandScope,
  { saleId, refundId }: GiveBackCause,
  { subject, entries }: ValueToGiveBack['takenBack'][number],
): void {
  const { subjectId } = subject;
  const amount = entries.reduce((sum, each) => sum + each.amount, 0);
  if (subject.kind === 'package') {
    for (const { entryId: reversesId, amount: units } of entries) {
      appendPassUnits(scope, { passId: subjectId, kind: 'take-back', units: -units, reversesId, saleId, refundId });
    }
    tellPass(scope, 'customer.pass.taken_back', subjectId, { saleId, refundId, units: -amount });
    return;
  }
  for (const { entryId, amount: minor } of entries) {
    const reverses = { entryId, kind: 'top-up' as const };
    const entry = { accountId: subjectId, amountMinor: -minor, reverses, saleId, refundId };
    appendCreditEntry(scope, { ...entry, kind: 'reverse' });
  }
  const account = standingAccount(scope, subjectId);
  const { customerId } = account;
  const data = { accountId: subjectId, saleId, refundId, amountMinor: -amount };
  if (customerId !== null) scope.event({ type: 'customer.credit.reversed', category: 'EFFECT', customerId, data });
}

/** The account that a refund chosen as credit goes to: the customer's own, opened with it, or the card that is named, or a new one. */
export function refundAccount(
  scope: CommandScope,
  chosen: {
    readonly kind: 'credit' | 'gift-card';
    readonly customerId: string | null;
    readonly accountId: string | null;
  },
): StoredCreditAccount {
  const { db, shop } = scope;
  if (chosen.accountId !== null) return standingAccount(scope, chosen.accountId);
  if (chosen.kind === 'gift-card') return openGiftCard(scope, null);
  const customerId = mustHave(chosen.customerId, 'whose credit it becomes');
  const holderId = selectHolder(db, shop.merchantId, customerId)?.mergedInto ?? customerId;
  return (
    selectCreditOfCustomer(db, shop.merchantId, holderId) ??
    insertCreditAccount(scope, { kind: 'credit', customerId: holderId, code: null, codeKey: null })
  );
}

/** Books a refund that was chosen as credit (W5, C-40). */
export function bookRefundAsCredit(
  scope: CommandScope,
  account: StoredCreditAccount,
  what: { readonly saleId: string; readonly refundId: string; readonly amountMinor: number },
): void {
  appendCreditEntry(scope, { ...what, accountId: account.accountId, kind: 'refund' });
  const { accountId, customerId } = account;
  if (customerId === null) return;
  scope.event({ type: 'customer.credit.refunded', category: 'EFFECT', customerId, data: { accountId, ...what } });
}
