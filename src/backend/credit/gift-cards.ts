import { z } from 'zod';
import { availableMinorOf } from '#shop/credit/decide-spend.ts';
import { creditEndOf } from '#shop/credit/due-credit.ts';
import { moveAll } from '#shop/credit/transfer-credit.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { creditAccountOf } from '../value/credit-account.ts';
import { openGiftCard } from '../value/open-card.ts';
import {
  type StoredCreditAccount,
  selectCreditAccount,
  selectSaleFilling,
  updateCreditStatus,
} from './credit-accounts-store.ts';
import { appendCreditEntry } from './credit-entries-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

const MAX_CARD_MINOR = 1_000_000_000;

export const giveCardSchema = z.strictObject({
  amountMinor: z.int().min(1).max(MAX_CARD_MINOR),
  days: z.int().min(1).max(3_650).nullable().default(null),
  note: lineText({ max: 200 }),
  overrideIds: overrideIdsSchema,
});

/** A card and what is on it. Its code is money in whoever's hand: it is in no event and no audit row. */
export interface NewCard {
  readonly accountId: string;
  readonly code: string;
  readonly balanceMinor: number;
}

/** Gives away a gift card with credit on it, without a sale: a complaint, a prize. */
export function giveCard(scope: CommandScope, input: z.output<typeof giveCardSchema>): Outcome<NewCard> {
  const { amountMinor, days, note } = input;
  const { accountId, code } = openCard(scope, null);
  const expiresAtMs = creditEndOf(scope.moment.trustedAtMs, days, scope.shop.timeZone);
  appendCreditEntry(scope, { accountId, kind: 'grant', amountMinor, expiresAtMs, reason: 'goodwill' });
  scope.changed({
    table: 'credit_accounts',
    recordId: accountId,
    before: null,
    after: { kind: 'gift-card', amountMinor, expiresAtMs },
    personalAfter: { note },
  });
  scope.touch('wallet');
  return done({ accountId, code, balanceMinor: amountMinor });
}

export const creditAccountSchema = z.strictObject({ accountId: idSchema, overrideIds: overrideIdsSchema });
type AccountInput = z.output<typeof creditAccountSchema>;

/** Stops an account: nothing is spent of it until it is opened again (W12). Refuses 'not-found' and 'credit-replaced'. */
export function freezeCredit(scope: CommandScope, { accountId }: AccountInput): Outcome<{ status: 'frozen' }> {
  return setStatus(scope, accountId, 'frozen');
}

/** Opens a frozen account again. Refuses 'not-found' and 'credit-replaced'. */
export function unfreezeCredit(scope: CommandScope, { accountId }: AccountInput): Outcome<{ status: 'active' }> {
  return setStatus(scope, accountId, 'active');
}

function setStatus<Status extends 'active' | 'frozen'>(
  scope: CommandScope,
  accountId: string,
  status: Status,
): Outcome<{ status: Status }> {
  const account = selectCreditAccount(scope.db, scope.shop.merchantId, accountId);
  if (account === null) return refuse('not-found', { kind: 'credit-account' });
  if (account.status === 'replaced') return refuse('credit-replaced');
  if (account.status !== status) {
    updateCreditStatus(scope, account, { status, replacedById: null });
    tellStatus(scope, account, status === 'frozen' ? 'customer.credit.frozen' : 'customer.credit.unfrozen');
    const after = { status };
    scope.changed({ table: 'credit_accounts', recordId: accountId, before: { status: account.status }, after });
    scope.touch('wallet');
  }
  return done({ status });
}

/**
 * Replaces a lost card: everything on it goes to a new card with the ends of its lots, and the old code is worth nothing
 * any more, for ever (W12). Refuses 'not-found' for what is no card, 'credit-replaced', 'credit-short' while a sale has
 * some of it set aside, and 'sale-not-completed' while one whose payment waits puts something on it.
 */
export function reissueCard(scope: CommandScope, { accountId }: AccountInput): Outcome<NewCard> {
  const old = selectCreditAccount(scope.db, scope.shop.merchantId, accountId);
  if (old?.kind !== 'gift-card') return refuse('not-found', { kind: 'gift-card' });
  if (old.status === 'replaced') return refuse('credit-replaced');
  const { position, heldMinor } = creditAccountOf(scope, old);
  const { balanceMinor } = position;
  const availableMinor = availableMinorOf({ status: 'active', position, heldMinor });
  if (availableMinor < balanceMinor) {
    return refuse('credit-short', { neededMinor: balanceMinor, availableMinor, heldMinor });
  }
  const saleId = selectSaleFilling(scope.db, scope.shop.merchantId, accountId);
  if (saleId !== null) return refuse('sale-not-completed', { saleId });
  const card = openCard(scope, old.customerId);
  for (const { fromLotId: lotId, amountMinor, expiresAtMs } of moveAll(position)) {
    appendCreditEntry(scope, { accountId, kind: 'transfer', amountMinor: -amountMinor, lotId, reason: 'reissue' });
    appendCreditEntry(scope, {
      accountId: card.accountId,
      kind: 'transfer',
      amountMinor,
      expiresAtMs,
      reason: 'reissue',
    });
  }
  updateCreditStatus(scope, old, { status: 'replaced', replacedById: card.accountId });
  tellStatus(scope, old, 'customer.credit.reissued');
  scope.changed({
    table: 'credit_accounts',
    recordId: accountId,
    before: { status: old.status, balanceMinor },
    after: { status: 'replaced', replacedById: card.accountId, balanceMinor: 0 },
  });
  scope.touch('wallet');
  return done({ ...card, balanceMinor });
}

/** A new card with a code that no other has. */
function openCard(scope: CommandScope, customerId: string | null): { accountId: string; code: string } {
  const { accountId, code } = openGiftCard(scope, customerId);
  return { accountId, code: mustHave(code, 'the code of a card') };
}

function tellStatus(scope: CommandScope, { accountId, customerId }: StoredCreditAccount, type: string): void {
  if (customerId !== null) scope.event({ type, category: 'EFFECT', customerId, data: { accountId } });
}
