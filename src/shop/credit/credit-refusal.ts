/**
 * Why credit is refused. credit-short: neededMinor, availableMinor (of which is held elsewhere: heldMinor) ·
 * credit-expired: endedAtMs · credit-already-used: balanceMinor, neededMinor · credit-day-allowance (of one account),
 * credit-till-allowance (of all): limitMinor, usedMinor, leftMinor of this till's allowance for the day, neededMinor.
 */
export type CreditRefusal =
  | 'credit-short'
  | 'credit-expired'
  | 'credit-frozen'
  | 'credit-replaced'
  | 'credit-already-used'
  | 'credit-for-credit'
  | 'credit-day-allowance'
  | 'credit-till-allowance'
  | 'gift-card-unknown';
