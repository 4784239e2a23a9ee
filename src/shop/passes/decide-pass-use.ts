import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import { must } from '../must.ts';
import { type FilterableItem, matchesFilter } from '../offers/item-filter.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type SoldShares, sharesBetween } from '../money/line-slices.ts';
import type { Pass } from './pass.ts';

/** A priced line that units of a pass may pay. paidUnits: what other passes of the same sale pay of it already. */
export interface PassLine extends FilterableItem, SoldShares {
  readonly isStoredValue: boolean;
  readonly paidUnits: number;
}

/** Units that pay a part of a sale: a payment, so nothing is taken off and tax stays. */
export interface PassUse {
  readonly kind: 'use';
  readonly units: number;
  readonly amountMinor: number;
}

/** Units that somebody asks for at an instant. heldUnits: what other sales that still run have set aside. */
export interface AskedUnits {
  readonly units: number;
  readonly atMs: number;
  readonly heldUnits: number;
  readonly customerId: string | null;
}

/**
 * Decides whether units of a pass may pay whole pieces of a line now, and what they pay: those pieces' share of what is
 * due for it. Refuses as PassRefusal says.
 */
export function decidePassUse(pass: Pass, line: PassLine, use: AskedUnits): PassUse | Refusal {
  const { units, atMs, heldUnits, customerId } = use;
  must(Number.isSafeInteger(units) && units > 0, 'whole units are used');
  const refused = refuseUnits(pass, { units, atMs, heldUnits, customerId });
  if (refused !== null) return refused;
  const pieces = line.quantityThousandths % UNIT_THOUSANDTHS === 0 ? line.quantityThousandths / UNIT_THOUSANDTHS : 0;
  const isCovered = !line.isStoredValue && matchesFilter(line, pass.terms.filter);
  if (!isCovered || line.paidUnits + units > pieces) return refuse('pass-not-covered');
  const paidMinor = shareOfPieces(line, line.paidUnits);
  return { kind: 'use', units, amountMinor: shareOfPieces(line, line.paidUnits + units) - paidMinor };
}

/** Whether a pass can give so many units now, whatever they pay: null when it can (S3-95). Refuses as PassRefusal says. */
export function refuseUnits(pass: Pass, { units, atMs, heldUnits, customerId }: AskedUnits): Refusal | null {
  const { revokedAtMs, endsAtMs, startsAtMs, unitsTotal, unitsUsed } = pass;
  if (pass.customerId !== customerId) return refuse('pass-of-another');
  if (revokedAtMs !== null) return refuse('pass-revoked');
  if (endsAtMs !== null && atMs >= endsAtMs) return refuse('pass-expired', { endedAtMs: endsAtMs });
  if (atMs < startsAtMs) return refuse('pass-not-started', { startsAtMs });
  if (unitsUsed >= unitsTotal) return refuse('pass-used-up', { total: unitsTotal });
  const have = Math.max(0, unitsTotal - unitsUsed - heldUnits);
  return units > have ? refuse('pass-short', { needed: units, have }) : null;
}

/** Decides whether units that were sold or given can be taken back: while that many are unused. Refuses 'pass-already-used'. */
export function decideTakeUnitsBack(
  pass: Pass,
  units: number,
): { readonly kind: 'take-back'; readonly units: number } | Refusal {
  must(Number.isSafeInteger(units) && units > 0, 'whole units are taken back');
  const left = pass.unitsTotal - pass.unitsUsed;
  return units <= left ? { kind: 'take-back', units: -units } : refuse('pass-already-used', { used: pass.unitsUsed });
}

/** What units of a pass paid of a line: the pieces from `firstPiece` on, counted from 0. */
export interface PaidPieces {
  readonly firstPiece: number;
  readonly units: number;
  readonly returnedUnits: number;
}

/**
 * Returns what comes back to a pass when so much of a line has come back in all: a refund takes a line's pieces in order,
 * so that what stored value paid comes back first (C-52), and its units are worth the shares of those very pieces.
 */
export function passReturn(
  line: SoldShares,
  { firstPiece, units, returnedUnits }: PaidPieces,
  refundedThousandths: number,
): { readonly units: number; readonly amountMinor: number } {
  const pieces = Math.floor(refundedThousandths / UNIT_THOUSANDTHS);
  const backInAll = Math.min(units, Math.max(0, pieces - firstPiece));
  must(backInAll >= returnedUnits, 'what came back stays back');
  const amountMinor = shareOfPieces(line, firstPiece + backInAll) - shareOfPieces(line, firstPiece + returnedUnits);
  return { units: backInAll - returnedUnits, amountMinor };
}

/** What the first pieces of a line cost together: as much as a refund of them gives back. */
function shareOfPieces(line: SoldShares, pieces: number): number {
  return sharesBetween(line, 0, pieces * UNIT_THOUSANDTHS).payableMinor;
}
