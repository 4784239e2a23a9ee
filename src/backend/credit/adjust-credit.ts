import { z } from 'zod';
import { decideSpend } from '#shop/credit/decide-spend.ts';
import { creditEndOf } from '#shop/credit/due-credit.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectMember } from '../points/accounts-store.ts';
import { creditAccountOf } from '../value/credit-account.ts';
import {
  insertCreditAccount,
  type StoredCreditAccount,
  selectCreditAccount,
  selectCreditOfCustomer,
} from './credit-accounts-store.ts';
import { appendCreditEntry } from './credit-entries-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

const MAX_ADJUST_MINOR = 1_000_000_000;

export const adjustCreditSchema = z.strictObject({
  of: z.union([z.strictObject({ customerId: idSchema }), z.strictObject({ accountId: idSchema })]),
  /** Signed: what is given or taken. */
  amountMinor: z
    .int()
    .min(-MAX_ADJUST_MINOR)
    .max(MAX_ADJUST_MINOR)
    .refine((minor) => minor !== 0),
  reason: z.enum(['goodwill', 'correction']),
  /** Given credit ends with the local day that is so many days later; null never. */
  days: z.int().min(1).max(3_650).nullable().default(null),
  note: lineText({ max: 200 }),
  overrideIds: overrideIdsSchema,
});

export interface AdjustedCredit {
  readonly accountId: string;
  readonly entryId: string;
  readonly balanceMinor: number;
}

/**
 * Gives credit by hand or takes it, with a reason and a note; never more than is there and not set aside by a sale. Opens
 * a customer's account with their first credit. Refuses 'not-found', 'customer-blocked', 'credit-frozen',
 * 'credit-replaced', 'credit-short' and 'credit-expired'.
 */
export function adjustCredit(scope: CommandScope, input: z.output<typeof adjustCreditSchema>): Outcome<AdjustedCredit> {
  const { amountMinor, reason, note } = input;
  const found = accountToAdjust(scope, input.of);
  if (found.kind === 'refused') return found;
  const before = found.account === null ? null : creditAccountOf(scope, found.account);
  const refused = refuseAdjusting(before, amountMinor);
  if (refused !== null) return refused;
  const account = found.account ?? openCredit(scope, found.customerId);
  const { accountId, customerId } = account;
  const expiresAtMs = amountMinor > 0 ? creditEndOf(scope.moment.trustedAtMs, input.days, scope.shop.timeZone) : null;
  const entryId = appendCreditEntry(scope, { accountId, kind: 'adjust', amountMinor, expiresAtMs, reason });
  const balanceBefore = before?.position.balanceMinor ?? 0;
  const balanceMinor = balanceBefore + amountMinor;
  scope.event({
    type: 'customer.credit.adjusted',
    category: 'EFFECT',
    customerId,
    data: { accountId, entryId, amountMinor, balanceMinor, reason },
    pii: { note },
  });
  scope.changed({
    table: 'store_credit_transactions',
    recordId: entryId,
    before: { balanceMinor: balanceBefore },
    after: { balanceMinor, amountMinor, reason, accountId },
    personalAfter: { note },
  });
  for (const topic of ['wallet', 'customers'] as const) scope.touch(topic);
  return done({ accountId, entryId, balanceMinor });
}

type ToAdjust =
  | { readonly kind: 'account'; readonly account: StoredCreditAccount; readonly customerId: string | null }
  | { readonly kind: 'account'; readonly account: null; readonly customerId: string };

function accountToAdjust(
  { db, shop }: CommandScope,
  of: z.output<typeof adjustCreditSchema>['of'],
): ToAdjust | Refusal {
  const { merchantId } = shop;
  const named = 'accountId' in of ? selectCreditAccount(db, merchantId, of.accountId) : null;
  if ('accountId' in of && named === null) return refuse('not-found', { kind: 'credit-account' });
  const customerId = 'customerId' in of ? of.customerId : (named?.customerId ?? null);
  if (customerId !== null) {
    const member = selectMember(db, merchantId, customerId);
    if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer', customerId });
    if (member.status === 'blocked') return refuse('customer-blocked', { customerId });
  }
  if (named !== null) return { kind: 'account', account: named, customerId };
  if (customerId === null) return refuse('not-found', { kind: 'credit-account' });
  return { kind: 'account', account: selectCreditOfCustomer(db, merchantId, customerId), customerId };
}

function refuseAdjusting(account: ReturnType<typeof creditAccountOf> | null, amountMinor: number): Refusal | null {
  if (account?.status === 'frozen') return refuse('credit-frozen');
  if (account?.status === 'replaced') return refuse('credit-replaced');
  if (amountMinor > 0) return null;
  if (account === null) return refuse('credit-short', { neededMinor: -amountMinor, availableMinor: 0, heldMinor: 0 });
  const decided = decideSpend(account, -amountMinor);
  return decided.kind === 'refused' ? decided : null;
}

function openCredit(scope: CommandScope, customerId: string): StoredCreditAccount {
  return insertCreditAccount(scope, { kind: 'credit', customerId, code: null, codeKey: null });
}
