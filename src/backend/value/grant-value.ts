import { creditEndOf } from '#shop/credit/due-credit.ts';
import { datesOfPass, passToFill } from '#shop/passes/pass.ts';
import { mustHave } from '#shop/must.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import type { Grant } from '#shop/vouchers/kinds/kind.ts';
import type { CommandScope } from '../command-scope.ts';
import {
  insertCreditAccount,
  type StoredCreditAccount,
  selectCreditAccount,
  selectCreditOfCustomer,
} from '../credit/credit-accounts-store.ts';
import { appendCreditEntry } from '../credit/credit-entries-store.ts';
import { selectPassPlan } from '../passes/pass-plans-store.ts';
import { appendPassUnits, insertPass, selectPass, selectPassesOf } from '../passes/passes-store.ts';
import { creditAccountOf } from './credit-account.ts';

type CreditGrant = Extract<Grant, { to: 'credit' }>;
type PassGrant = Extract<Grant, { to: 'pass' }>;

/** Where a grant goes: onto an account, which may have to be opened, or into a pass. Nothing has been written. */
export type GrantTarget =
  | { readonly to: 'account'; readonly account: StoredCreditAccount | null }
  | { readonly to: 'pass'; readonly customerId: string };

/** For whom a voucher gives something: a customer, or for credit whoever bears a gift card. */
export interface GrantHolder {
  readonly customerId: string | null;
  readonly accountId: string | null;
}

/**
 * Decides where a grant goes. Refuses 'voucher-needs-customer', 'credit-frozen', 'credit-replaced', and 'not-found' for
 * what is no gift card.
 */
export function decideGrant(
  { db, shop }: Pick<CommandScope, 'db' | 'shop'>,
  grant: Grant,
  { customerId, accountId }: GrantHolder,
): GrantTarget | Refusal {
  if (grant.to === 'pass') return customerId === null ? refuse('voucher-needs-customer') : { to: 'pass', customerId };
  const card = accountId === null ? null : selectCreditAccount(db, shop.merchantId, accountId);
  if (accountId !== null && card?.kind !== 'gift-card') return refuse('not-found', { kind: 'gift-card' });
  if (card === null && customerId === null) return refuse('voucher-needs-customer');
  const account = card ?? selectCreditOfCustomer(db, shop.merchantId, customerId ?? '');
  if (account?.status === 'frozen') return refuse('credit-frozen');
  return account?.status === 'replaced' ? refuse('credit-replaced') : { to: 'account', account };
}

export interface GrantedCredit {
  readonly accountId: string;
  readonly amountMinor: number;
  readonly balanceMinor: number;
  readonly endsAtMs: number | null;
}

/**
 * Gives credit by a voucher. The redemption names the entry and the entry the redemption: `writeOf` writes it, with the
 * entry's id, before the entry.
 */
export function giveCredit(
  scope: CommandScope,
  { amountMinor, days }: CreditGrant,
  { account, customerId }: { readonly account: StoredCreditAccount | null; readonly customerId: string | null },
  writeOf: (entryId: string) => string,
): GrantedCredit {
  const opened = account ?? insertCreditAccount(scope, { kind: 'credit', customerId, code: null, codeKey: null });
  const { accountId } = opened;
  const entryId = scope.newId();
  const redemptionId = writeOf(entryId);
  const endsAtMs = creditEndOf(scope.moment.trustedAtMs, days, scope.shop.timeZone);
  const entry = { entryId, accountId, kind: 'grant' as const, amountMinor, expiresAtMs: endsAtMs, reason: 'voucher' };
  appendCreditEntry(scope, { ...entry, redemptionId });
  const { balanceMinor } = creditAccountOf(scope, opened).position;
  return { accountId, amountMinor, balanceMinor, endsAtMs };
}

export interface GrantedPass {
  readonly passId: string;
  readonly name: string;
  readonly units: number;
  readonly unitsLeft: number;
  readonly endsAtMs: number | null;
}

/** Gives units by a voucher: into the running pass of the same plan, or a pass of their own (S3-14, S3-20 to S3-23). */
export function givePassUnits(
  scope: CommandScope,
  grant: PassGrant,
  { customerId, voucherId }: { readonly customerId: string; readonly voucherId: string },
  writeOf: (passId: string) => string,
): GrantedPass {
  const { db, shop, moment } = scope;
  const { kind, name, units, days, filter } = grant;
  const plan = grant.planId === null ? null : selectPassPlan(db, shop.merchantId, grant.planId);
  const planId = plan?.planId ?? null;
  const filled = passToFill(selectPassesOf(db, shop.merchantId, customerId), { kind, planId, name, days });
  const terms = { units, days, filter };
  const dates = datesOfPass(terms, moment.trustedAtMs, shop.timeZone);
  const passId =
    filled?.passId ?? insertPass(scope, { customerId, planId, name, kind, terms, ...dates }, { voucherId });
  const redemptionId = writeOf(passId);
  appendPassUnits(scope, { passId, kind: 'grant', units, reason: 'voucher', redemptionId });
  const pass = mustHave(selectPass(db, shop.merchantId, passId), 'a pass that was filled');
  const given = { passId, name, units, unitsLeft: pass.unitsTotal - pass.unitsUsed, endsAtMs: pass.endsAtMs };
  scope.event({
    type: 'customer.pass.activated',
    category: 'EFFECT',
    customerId,
    data: { ...given, planId, voucherId },
  });
  return given;
}
