/** What somebody once said about being written to. */
export interface ConsentStatement {
  readonly isGiven: boolean;
  /** The day on which it was said, 'YYYY-MM-DD': a form may be filled in before it is recorded. */
  readonly saidOn: string;
}

/** Whether a statement says what holds now: nothing was said on a later day. Of one day, what is recorded last holds. */
export function holdsNow(stated: ConsentStatement, known: readonly ConsentStatement[]): boolean {
  return known.every(({ saidOn }) => saidOn <= stated.saidOn);
}

/** How a customer stands: someone who never said anything is not someone who said no. */
export type ConsentStanding = 'given' | 'withdrawn' | 'not-asked';

/** How a customer stands by what holds now and by everything that they said. */
export function consentStanding(holds: boolean, statements: readonly ConsentStatement[]): ConsentStanding {
  if (holds) return 'given';
  return statements.some(({ isGiven }) => !isGiven) ? 'withdrawn' : 'not-asked';
}

/**
 * How one person stands whose two records are joined. A no on either record is the person's no, whenever it was said: whoever
 * wrote to them all the same would be wrong in law, whoever does not has lost an advertisement. A yes on one of them is the
 * person's yes where the other record never asked.
 */
export function joinedConsent(from: ConsentStanding, into: ConsentStanding): ConsentStanding {
  if (from === 'withdrawn' || into === 'withdrawn') return 'withdrawn';
  return from === 'given' || into === 'given' ? 'given' : 'not-asked';
}

/**
 * Whether one person may buy and earn whose two records are joined. Somebody blocked one of them for a reason that is the
 * person's: joining must be no way around it, and who may join may also unblock.
 */
export function joinedStatus(from: 'active' | 'blocked', into: 'active' | 'blocked'): 'active' | 'blocked' {
  return from === 'blocked' || into === 'blocked' ? 'blocked' : 'active';
}
