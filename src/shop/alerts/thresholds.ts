import type { CampaignLimit } from './alert.ts';

// When something is an alert. Sources: S3-100 (a payment fails), S0-28 (attempts show fraud), RELIABILITY (guessed codes).

/** A limit is near when nine tenths of it are used: so that a manager can raise it before customers are refused. */
const NEAR_BASIS_POINTS = 9_000;
const WHOLE_BASIS_POINTS = 10_000;

/** So many different unknown codes at one till within the window: more than misreading, less than an evening's guessing. */
export const UNKNOWN_CODES = { most: 10, windowMs: 10 * 60_000 } as const;

/** A payment that the cashier puts right has not failed: the amount was changed, or a part was entered by mistake. */
const CORRECTIONS: ReadonlySet<string> = new Set(['taken-back', 'amount-changed']);

/** Reasons that lie with the customer: the rule did what it says, and the voucher's page tells who was meant. */
const OF_THE_CUSTOMER: ReadonlySet<string> = new Set([
  ...['customer-blocked', 'not-found', 'voucher-segment', 'voucher-tier', 'voucher-not-first-purchase'],
  ...['voucher-other-arm', 'voucher-already-claimed', 'voucher-of-another', 'voucher-needs-customer'],
  ...['voucher-customer-limit', 'voucher-customer-day-limit'],
]);

/** Reasons that the terms gave in advance: a campaign that is over gives nothing, and whoever ended it knows. */
const OF_ITS_END: ReadonlySet<string> = new Set(['voucher-expired', 'voucher-ended']);

/** Whether a tender that was ended for this reason is a failed payment. */
export function isFailedPayment(reason: string): boolean {
  return !CORRECTIONS.has(reason);
}

/** Whether a campaign that gave nothing for this reason needs somebody. */
export function isCampaignsFault(reason: string): boolean {
  return !OF_THE_CUSTOMER.has(reason) && !OF_ITS_END.has(reason);
}

/** How a limit stands: 'reached', 'near' from 90 % on, or null. */
export function limitStandingOf({ used, of }: CampaignLimit): 'near' | 'reached' | null {
  if (used >= of) return 'reached';
  return BigInt(used) * BigInt(WHOLE_BASIS_POINTS) >= BigInt(of) * BigInt(NEAR_BASIS_POINTS) ? 'near' : null;
}
