import type { Allowance, CreditAllowances } from '#shop/allowance/allowance.ts';
import { refuseAllowance } from '#shop/credit/refuse-allowance.ts';
import type { Refusal } from '#shop/refusal.ts';
import { selectGivenOfAccount, selectGivenOfTill, selectUsesHere } from './allowance-store.ts';
import type { FactsScope } from './voucher-facts.ts';

type AllowanceScope = Pick<FactsScope, 'db' | 'shop' | 'moment' | 'env'>;

/**
 * Returns what this till may give out of an account's credit, and of all credit, on its own in this business day; what saleId
 * itself has set aside does not count. Nothing is read where the shop sets no bound.
 */
export function creditAllowancesOf(scope: AllowanceScope, accountId: string, saleId: string | null): CreditAllowances {
  const { db, shop, moment, env } = scope;
  const { creditPerAccountMinor, creditPerDayMinor } = env.settings().allowance;
  const { merchantId, terminalId } = shop;
  const ofDay = { terminalId, businessDate: moment.businessDate, saleId: saleId ?? '', atMs: moment.trustedAtMs };
  return {
    account:
      creditPerAccountMinor === null
        ? null
        : { limit: creditPerAccountMinor, ...selectGivenOfAccount(db, { ...ofDay, accountId }) },
    till:
      creditPerDayMinor === null
        ? null
        : { limit: creditPerDayMinor, ...selectGivenOfTill(db, { ...ofDay, merchantId }) },
  };
}

/**
 * Decides whether this till may let a sale have so much credit of an account on its own, and so much of all accounts. Refuses
 * 'credit-day-allowance' and 'credit-till-allowance'. Null: it may.
 */
export function refuseCreditHere(
  scope: AllowanceScope,
  saleId: string,
  asked: { readonly accountId: string; readonly wantedMinor: number; readonly allWantedMinor: number },
): Refusal | null {
  const refused = refuseAllowance(creditAllowancesOf(scope, asked.accountId, saleId), asked);
  return refused === null ? null : { ...refused, facts: { ...refused.facts, accountId: asked.accountId } };
}

/**
 * Returns how often this till may let a code be used on its own, or null where nothing bounds it: a code without a limit of
 * its own cannot be used too often. heldUses: what other sales have set aside of it.
 */
export function codeAllowanceOf(
  { db, shop, env }: AllowanceScope,
  { voucherId, usageLimit, heldUses }: { voucherId: string; usageLimit: number | null; heldUses: number },
): Allowance | null {
  const { allowance, usesCountedFromMs: fromMs } = env.settings();
  if (allowance.usesPerCode === null || fromMs === null || usageLimit === null) return null;
  const given = selectUsesHere(db, { voucherId, terminalId: shop.terminalId, fromMs });
  return { limit: allowance.usesPerCode, given, held: heldUses };
}
