/**
 * Why a pass is refused. pass-used-up: total · pass-expired: endedAtMs · pass-not-started: startsAtMs ·
 * pass-short: needed, have · pass-already-used: used.
 */
export type PassRefusal =
  | 'pass-used-up'
  | 'pass-expired'
  | 'pass-not-started'
  | 'pass-revoked'
  | 'pass-not-covered'
  | 'pass-of-another'
  | 'pass-short'
  | 'pass-already-used';
