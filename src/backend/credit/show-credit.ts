import { z } from 'zod';
import type { CreditAllowances } from '#shop/allowance/allowance.ts';
import { availableMinorOf } from '#shop/credit/decide-spend.ts';
import { nextEndOf } from '#shop/credit/due-credit.ts';
import type { CreditLot } from '#shop/credit/fold-credit.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from '../points/accounts-store.ts';
import { creditAccountOf } from '../value/credit-account.ts';
import { creditAllowancesOf } from '../value/till-allowance.ts';
import {
  type StoredCreditAccount,
  selectCreditAccount,
  selectCreditOfCustomer,
  selectGiftCard,
} from './credit-accounts-store.ts';
import { type ListedCreditEntry, selectCreditPage } from './credit-entries-store.ts';

const LONGEST_PAGE = 200;

/** Whose credit is asked for: a customer's own, an account's, that of the card with a code. */
export const creditPositionSchema = z.union([
  z.strictObject({ customerId: idSchema }),
  z.strictObject({ accountId: idSchema }),
  z.strictObject({ code: soughtText({ min: 1, max: 80 }) }),
]);

/** What is on an account now. availableMinor leaves out what open sales have set aside, and is 0 of one that is frozen. */
export interface ShownCredit {
  /** Null: the customer never had any. */
  readonly accountId: string | null;
  readonly kind: 'credit' | 'gift-card';
  readonly customerId: string | null;
  readonly code: string | null;
  readonly status: 'active' | 'frozen' | 'replaced';
  readonly balanceMinor: number;
  readonly availableMinor: number;
  readonly heldMinor: number;
  /** In the order of use. */
  readonly lots: readonly CreditLot[];
  readonly endsNextMs: number | null;
  /** When what was left ended, where nothing is left for that reason; null otherwise. */
  readonly emptySinceMs: number | null;
  /** What this till may give out of it on its own today. */
  readonly allowances: CreditAllowances;
}

/** Shows credit as of now (W1, W10). Refuses 'not-found', 'gift-card-unknown' and, of a card that was replaced, 'credit-replaced'. */
export function showCredit(scope: ReadScope, input: z.output<typeof creditPositionSchema>): Outcome<ShownCredit> {
  const found = accountOf(scope, input);
  if (found === null) return done(nothingOf(input));
  if (found.kind === 'refused') return found;
  const { account } = found;
  const { accountId, kind, customerId, code, status } = account;
  const read = creditAccountOf(scope, account);
  const { balanceMinor, lots } = read.position;
  return done({
    accountId,
    kind,
    customerId,
    code,
    status,
    balanceMinor,
    availableMinor: availableMinorOf(read),
    heldMinor: Math.min(read.heldMinor, balanceMinor),
    lots,
    endsNextMs: nextEndOf(read.position),
    emptySinceMs: read.position.emptySinceMs,
    allowances: creditAllowancesOf(scope, account.accountId, null),
  });
}

function accountOf(
  { db, shop }: ReadScope,
  input: z.output<typeof creditPositionSchema>,
): { readonly kind: 'account'; readonly account: StoredCreditAccount } | Refusal | null {
  const { merchantId } = shop;
  if ('accountId' in input) {
    const account = selectCreditAccount(db, merchantId, input.accountId);
    return account === null ? refuse('not-found', { kind: 'credit-account' }) : { kind: 'account', account };
  }
  if ('code' in input) {
    const codeKey = codeKeyOf(input.code);
    const account = codeKey === null ? null : selectGiftCard(db, merchantId, codeKey);
    if (account === null) return refuse('gift-card-unknown');
    return account.status === 'replaced' ? refuse('credit-replaced') : { kind: 'account', account };
  }
  if (selectMember(db, merchantId, input.customerId) === null) return refuse('not-found', { kind: 'customer' });
  const account = selectCreditOfCustomer(db, merchantId, input.customerId);
  return account === null ? null : { kind: 'account', account };
}

function nothingOf(input: z.output<typeof creditPositionSchema>): ShownCredit {
  return {
    accountId: null,
    kind: 'credit',
    customerId: 'customerId' in input ? input.customerId : null,
    code: null,
    status: 'active',
    balanceMinor: 0,
    availableMinor: 0,
    heldMinor: 0,
    lots: [],
    endsNextMs: null,
    emptySinceMs: null,
    allowances: { account: null, till: null },
  };
}

export const creditEntriesSchema = z.strictObject({
  accountId: idSchema,
  /** Left out: from the newest on. */
  beforeSeq: z.int().min(1).optional(),
  limit: z.int().min(1).max(LONGEST_PAGE).default(50),
});

/** Lists the entries of an account, the newest first (W1). nextBeforeSeq null: there are no more. Refuses 'not-found'. */
export function listCreditEntries(
  { db, shop }: ReadScope,
  { accountId, beforeSeq = Number.MAX_SAFE_INTEGER, limit }: z.output<typeof creditEntriesSchema>,
): Outcome<{ readonly entries: readonly ListedCreditEntry[]; readonly nextBeforeSeq: number | null }> {
  if (selectCreditAccount(db, shop.merchantId, accountId) === null) {
    return refuse('not-found', { kind: 'credit-account' });
  }
  const page = selectCreditPage(db, { accountId, beforeSeq, limit: limit + 1 });
  const entries = page.slice(0, limit);
  return done({ entries, nextBeforeSeq: page.length > limit ? (entries.at(-1)?.seq ?? null) : null });
}
