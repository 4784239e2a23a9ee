import { must } from '../must.ts';

/**
 * How much a till may give out of a subject on its own, and what of it is gone: uses of a code, or minor units of credit.
 * given: what was used here less what came back; held: what other sales that still run have set aside.
 */
export interface Allowance {
  readonly limit: number;
  readonly given: number;
  readonly held: number;
}

/** Two allowances that bind the same payment: of its account, and of all credit of the till. Null: no bound. */
export interface CreditAllowances {
  readonly account: Allowance | null;
  readonly till: Allowance | null;
}

/** An allowance that binds: whose it is, and how much more it lets out. */
export interface BindingAllowance {
  readonly of: 'account' | 'till';
  readonly limit: number;
  readonly left: number;
}

/** Returns how much more may be given out: never less than nothing, also where the limit was lowered below what is gone. */
export function leftOfAllowance({ limit, given, held }: Allowance): number {
  for (const count of [limit, given, held]) {
    must(Number.isSafeInteger(count) && count >= 0, 'an allowance is counted in whole units');
  }
  return Math.max(0, limit - given - held);
}

/**
 * Returns the tighter of two allowances of credit after what this sale takes already: takenMinor of the account,
 * allTakenMinor of all accounts. Null where neither binds; the account's where both leave the same.
 */
export function tighterAllowance(
  { account, till }: CreditAllowances,
  { takenMinor, allTakenMinor }: { readonly takenMinor: number; readonly allTakenMinor: number },
): BindingAllowance | null {
  const ofAccount = account === null ? null : binding('account', account, takenMinor);
  const ofTill = till === null ? null : binding('till', till, allTakenMinor);
  if (ofAccount === null || ofTill === null) return ofAccount ?? ofTill;
  return ofTill.left < ofAccount.left ? ofTill : ofAccount;
}

function binding(of: 'account' | 'till', allowance: Allowance, taken: number): BindingAllowance {
  return { of, limit: allowance.limit, left: Math.max(0, leftOfAllowance(allowance) - taken) };
}
