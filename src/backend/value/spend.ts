import { decideSpend } from '#shop/credit/decide-spend.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import type { BookedTenderKind } from '#shop/till/sale.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectCreditAccount } from '../credit/credit-accounts-store.ts';
import { appendCreditEntry } from '../credit/credit-entries-store.ts';
import { creditAccountOf } from './credit-account.ts';
import type { Leaving } from './leaving.ts';
import { selectWaitingCredit } from './sale-holds-store.ts';
import { refuseCreditHere } from './till-allowance.ts';
import type { FactsScope } from './voucher-facts.ts';

/** A sale that is paid in part with credit. payableMinor: the most that credit may pay of it. */
export interface CreditSale {
  readonly saleId: string;
  readonly customerId: string | null;
  readonly payableMinor: number;
  readonly leaving: Leaving;
}

/** What credit and gift cards pay, of a tender each. */
export interface CreditTender {
  readonly tenderId: string;
  readonly kind: 'credit' | 'gift-card';
  readonly accountId: string;
  readonly amountMinor: number;
}

/** The tenders that credit pays; one of nothing pays nothing. */
export function creditTendersOf(
  tenders: readonly {
    readonly tenderId: string;
    readonly kind: BookedTenderKind;
    readonly accountId?: string | null | undefined;
    readonly amountMinor: number;
  }[],
): CreditTender[] {
  return tenders.flatMap(({ tenderId, kind, accountId, amountMinor }) =>
    (kind === 'credit' || kind === 'gift-card') && accountId != null && amountMinor > 0
      ? [{ tenderId, kind, accountId, amountMinor }]
      : [],
  );
}

/**
 * Decides whether the accounts can pay, all tenders of one together; what this sale has set aside does not stand against it.
 * What was set aside when the payment began counts as it was then: credit that has ended while a card was asked pays still.
 * A customer's own credit is for their own sales, a card is of whoever brings it. Refuses 'not-found', 'credit-for-credit'
 * (credit buys no credit; availableMinor is the most it may pay of this sale), 'credit-short', 'credit-expired',
 * 'credit-frozen' and 'credit-replaced', and 'credit-day-allowance' and 'credit-till-allowance' beyond what this till may give out.
 */
export function refuseSpends(
  scope: Pick<FactsScope, 'db' | 'shop' | 'moment' | 'env'>,
  { saleId, customerId, payableMinor, leaving }: CreditSale,
  tenders: readonly CreditTender[],
): Refusal | null {
  const wanted = wantedOf(tenders);
  const paidMinor = [...wanted.values()].reduce((sum, minor) => sum + minor, 0);
  if (paidMinor > payableMinor)
    return refuse('credit-for-credit', { availableMinor: payableMinor, neededMinor: paidMinor });
  for (const [accountId, amountMinor] of wanted) {
    const account = selectCreditAccount(scope.db, scope.shop.merchantId, accountId);
    const isOwn = account?.kind === 'gift-card' || account?.customerId === customerId;
    const isNamed = tenders.every((tender) => tender.accountId !== accountId || tender.kind === account?.kind);
    if (account === null || !isOwn || !isNamed) return refuse('not-found', { kind: 'credit-account' });
    const waitingSinceMs = waitingSince(scope, saleId, { accountId, amountMinor });
    const read = creditAccountOf(scope, account, saleId, waitingSinceMs ?? scope.moment.trustedAtMs);
    const heldMinor = read.heldMinor + (leaving.amounts.get(accountId) ?? 0);
    const decided = decideSpend({ ...read, heldMinor }, amountMinor);
    if (decided.kind === 'refused') return { ...decided, facts: { ...decided.facts, accountId } };
    // What waits for a card was allowed when it was set aside, and has counted as given out since.
    const spend = { accountId, wantedMinor: amountMinor, allWantedMinor: paidMinor };
    const beyond = waitingSinceMs === null ? refuseCreditHere(scope, saleId, spend) : null;
    if (beyond !== null) return beyond;
  }
  return null;
}

/** What each account is to pay, all its tenders together. */
function wantedOf(tenders: readonly CreditTender[]): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const { accountId, amountMinor } of tenders) {
    wanted.set(accountId, (wanted.get(accountId) ?? 0) + amountMinor);
  }
  return wanted;
}

/** Since when the sale that waits has so much of an account set aside, trusted time; null: it has not. */
function waitingSince(
  { db }: Pick<FactsScope, 'db'>,
  saleId: string,
  { accountId, amountMinor }: { readonly accountId: string; readonly amountMinor: number },
): number | null {
  const waiting = selectWaitingCredit(db, saleId, accountId);
  return waiting !== null && amountMinor <= waiting.amountMinor ? waiting.takenAtMs : null;
}

/** Takes from the accounts what their tenders pay of a sale that stands written; each is told to whom the account belongs. */
export function spendCredit(
  scope: CommandScope,
  { saleId, customerId }: Pick<CreditSale, 'saleId' | 'customerId'>,
  tenders: readonly CreditTender[],
): void {
  const since = new Map<string, number>();
  for (const [accountId, amountMinor] of wantedOf(tenders)) {
    since.set(accountId, waitingSince(scope, saleId, { accountId, amountMinor }) ?? scope.moment.trustedAtMs);
  }
  for (const { tenderId, accountId, amountMinor } of tenders) {
    const trustedAtMs = since.get(accountId) ?? scope.moment.trustedAtMs;
    const spend = { accountId, kind: 'spend', amountMinor: -amountMinor, saleId, tenderId, trustedAtMs } as const;
    const entryId = appendCreditEntry(scope, spend);
    const account = selectCreditAccount(scope.db, scope.shop.merchantId, accountId);
    const owner = account?.customerId ?? customerId;
    if (owner === null) continue;
    const data = { accountId, entryId, saleId, amountMinor };
    scope.event({ type: 'customer.credit.spent', category: 'EFFECT', customerId: owner, data });
  }
  if (tenders.length > 0) scope.touch('wallet');
}
