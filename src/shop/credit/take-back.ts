import { must } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type CreditAccount, availableMinorOf } from './decide-spend.ts';

/** An entry of credit that was sold or given, and is to be taken back: the sale comes back, the voucher is rolled back. */
export interface GivenCredit {
  readonly entryId: string;
  readonly amountMinor: number;
  readonly takenBackMinor: number;
}

/**
 * Decides whether credit that was sold or given can be taken back: as long as that much is left on the account, whatever
 * it came from. Refuses 'credit-already-used' with what is left, and what stands against a frozen or replaced account.
 */
export function decideTakeBack(
  account: CreditAccount,
  { entryId, amountMinor, takenBackMinor }: GivenCredit,
  wantedMinor: number,
): { readonly kind: 'reverse'; readonly entryId: string; readonly amountMinor: number } | Refusal {
  must(wantedMinor > 0 && wantedMinor <= amountMinor - takenBackMinor, 'no more is taken back than was given');
  if (account.status === 'replaced') return refuse('credit-replaced');
  const leftMinor = availableMinorOf({ ...account, status: 'active' });
  if (wantedMinor > leftMinor)
    return refuse('credit-already-used', { balanceMinor: leftMinor, neededMinor: wantedMinor });
  return { kind: 'reverse', entryId, amountMinor: -wantedMinor };
}
