/**
 * Why credit is refused. credit-short: neededMinor, availableMinor (of which is held elsewhere: heldMinor) ·
 * credit-expired: endedAtMs · credit-already-used: balanceMinor, neededMinor.
 */
export type CreditRefusal =
  | 'credit-short'
  | 'credit-expired'
  | 'credit-frozen'
  | 'credit-replaced'
  | 'credit-already-used'
  | 'credit-for-credit'
  | 'gift-card-unknown';
