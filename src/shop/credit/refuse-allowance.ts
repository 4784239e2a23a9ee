import { type Allowance, type CreditAllowances, leftOfAllowance } from '../allowance/allowance.ts';
import { type Refusal, refuse } from '../refusal.ts';

/**
 * Decides whether a till may give out so much credit on its own today: of one account (wantedMinor), and of all that the
 * same sale pays with (allWantedMinor). Refuses 'credit-day-allowance' and 'credit-till-allowance' with what is left, so that
 * the rest can be paid another way (W9). Null: it may.
 */
export function refuseAllowance(
  { account, till }: CreditAllowances,
  { wantedMinor, allWantedMinor }: { readonly wantedMinor: number; readonly allWantedMinor: number },
): Refusal | null {
  return (
    refuseBeyond('credit-day-allowance', account, wantedMinor) ??
    refuseBeyond('credit-till-allowance', till, allWantedMinor)
  );
}

function refuseBeyond(
  reason: 'credit-day-allowance' | 'credit-till-allowance',
  allowance: Allowance | null,
  neededMinor: number,
): Refusal | null {
  if (allowance === null || neededMinor <= leftOfAllowance(allowance)) return null;
  const { limit: limitMinor, given, held } = allowance;
  return refuse(reason, { limitMinor, usedMinor: given + held, leftMinor: leftOfAllowance(allowance), neededMinor });
}
