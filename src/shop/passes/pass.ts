import { z } from 'zod';
import { EVERY_ITEM, itemFilterSchema } from '../offers/item-filter.ts';
import { localDateOf, startOfLocalDay } from '../time/business-day.ts';
import { addDays } from '../time/civil-date.ts';

/** What a plan gives: units, for so many days (null: for ever), and the goods of which a unit pays one piece. */
export const passTermsSchema = z.strictObject({
  units: z.int().min(1).max(100_000),
  days: z.int().min(1).max(3_650).nullable().default(null),
  filter: itemFilterSchema.default(EVERY_ITEM),
});
export type PassTerms = z.output<typeof passTermsSchema>;

/** A pass as it stands. Instants are UTC ms; it ends at endsAtMs, which is no longer in it. */
export interface Pass {
  readonly passId: string;
  readonly customerId: string;
  readonly planId: string | null;
  readonly name: string;
  readonly kind: 'units' | 'package';
  readonly terms: PassTerms;
  readonly unitsTotal: number;
  readonly unitsUsed: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
  readonly revokedAtMs: number | null;
}

/** The dates of a pass that begins now: from this instant through the day that is so many days later (S3-21, S3-23). */
export function datesOfPass(
  { days }: Pick<PassTerms, 'days'>,
  atMs: number,
  zone: string,
): { readonly startsAtMs: number; readonly endsAtMs: number | null } {
  const endsAtMs = days === null ? null : startOfLocalDay(addDays(localDateOf(atMs, zone), days + 1), zone);
  return { startsAtMs: atMs, endsAtMs };
}

/** How a pass stands at an instant, in one word of the customer's page. */
export function passStandingOf(pass: Pass, atMs: number): 'running' | 'not-started' | 'used-up' | 'ended' | 'revoked' {
  if (pass.revokedAtMs !== null) return 'revoked';
  if (pass.endsAtMs !== null && atMs >= pass.endsAtMs) return 'ended';
  if (atMs < pass.startsAtMs) return 'not-started';
  return pass.unitsUsed >= pass.unitsTotal ? 'used-up' : 'running';
}

/**
 * Returns the pass that units of a plan are added to (S3-14, S3-15): the customer's own of that plan, or of that name
 * where it has none, that is no package, has no end and is not revoked; the newest of them. Null: they get a pass of their own.
 */
export function passToFill(
  passes: readonly Pass[],
  given: {
    readonly kind: Pass['kind'];
    readonly planId: string | null;
    readonly name: string;
    readonly days: number | null;
  },
): Pass | null {
  if (given.kind === 'package' || given.days !== null) return null;
  const isSame = (pass: Pass) =>
    given.planId === null ? pass.planId === null && pass.name === given.name : pass.planId === given.planId;
  const fitting = passes.filter(
    (pass) => pass.kind === 'units' && pass.endsAtMs === null && pass.revokedAtMs === null && isSame(pass),
  );
  return [...fitting].sort((a, b) => b.startsAtMs - a.startsAtMs)[0] ?? null;
}
