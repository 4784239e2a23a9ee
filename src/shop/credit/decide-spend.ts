import { must } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { CreditPosition } from './fold-credit.ts';

/** What of an account is not set aside: heldMinor is what other sales that still run have set aside. */
export interface CreditAccount {
  readonly status: 'active' | 'frozen' | 'replaced';
  readonly position: CreditPosition;
  readonly heldMinor: number;
}

/** Credit that may be spent, or set aside until the sale is paid. */
export interface CreditSpend {
  readonly kind: 'spend';
  readonly amountMinor: number;
  /** What is left for other sales afterwards. */
  readonly leftMinor: number;
}

/** What a sale may use of an account now: nothing of one that is frozen or replaced. */
export function availableMinorOf({ status, position, heldMinor }: CreditAccount): number {
  return status === 'active' ? Math.max(0, position.balanceMinor - heldMinor) : 0;
}

/**
 * Decides whether a sale may spend so much: never more than is there and not set aside by another sale. Asked for more it
 * is refused as 'credit-short' with what there is, so that a part can be offered (C-35, S3-95 to S3-97); as
 * 'credit-expired' where all that was there has ended (C-40).
 */
export function decideSpend(account: CreditAccount, amountMinor: number): CreditSpend | Refusal {
  must(Number.isSafeInteger(amountMinor) && amountMinor > 0, 'a spend is positive');
  const { status, position, heldMinor } = account;
  if (status === 'frozen') return refuse('credit-frozen');
  if (status === 'replaced') return refuse('credit-replaced');
  const availableMinor = availableMinorOf(account);
  if (amountMinor <= availableMinor) return { kind: 'spend', amountMinor, leftMinor: availableMinor - amountMinor };
  const { emptySinceMs } = position;
  if (emptySinceMs !== null) return refuse('credit-expired', { endedAtMs: emptySinceMs });
  return refuse('credit-short', {
    neededMinor: amountMinor,
    availableMinor,
    heldMinor: Math.min(heldMinor, position.balanceMinor),
  });
}
