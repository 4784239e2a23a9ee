import { mulDiv } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { must } from '../must.ts';
import type { NegativeBalance, PointValue } from './programme.ts';

/** What becomes of a balance that a refund takes below zero. */
export interface NegativeDecision {
  /** Points that an 'adjust' entry gives after the reversal, with the reason; 0 where nothing is adjusted. */
  readonly adjustPoints: number;
  readonly reason: 'FLOORED' | 'DEDUCTED' | null;
  /** Kept from the money of the refund. */
  readonly deductedMinor: number;
  readonly trace: readonly TracedStep[];
}

/**
 * Returns what the programme does about a balance that taking points back leaves below zero (C-10): ALLOW_NEGATIVE leaves
 * it, FLOOR_AT_ZERO forgives what is missing, DEDUCT_CASH keeps its worth from the refund's money, as far as that goes,
 * rounded down in the customer's favour; what money does not cover stays owed.
 */
export function decideNegative(given: {
  readonly policy: NegativeBalance;
  /** After the points were taken back. */
  readonly balanceAfter: number;
  readonly reversedPoints: number;
  /** The money that the refund hands back. */
  readonly refundMinor: number;
  readonly pointValue: PointValue;
}): NegativeDecision {
  const { policy, balanceAfter, reversedPoints, refundMinor, pointValue } = given;
  must(reversedPoints >= 0 && refundMinor >= 0, 'a refund takes back and hands back');
  const missing = Math.min(reversedPoints, Math.max(0, -balanceAfter));
  if (policy === 'ALLOW_NEGATIVE' || missing === 0) return NOTHING;
  if (policy === 'FLOOR_AT_ZERO') {
    const step = { what: 'floored', inputs: { balanceAfter, reversedPoints }, operation: 'up-to-zero' };
    return {
      adjustPoints: missing,
      reason: 'FLOORED',
      deductedMinor: 0,
      trace: [{ ...step, rounding: 'none', result: missing }],
    };
  }
  const affordable = mulDiv(refundMinor, pointValue.points, pointValue.perMinor, 'floor');
  const adjustPoints = Math.min(missing, affordable);
  const deductedMinor = mulDiv(adjustPoints, pointValue.perMinor, pointValue.points, 'floor');
  if (adjustPoints === 0) return NOTHING;
  const inputs = { points: adjustPoints, perMinor: pointValue.perMinor, pointsPer: pointValue.points };
  return {
    adjustPoints,
    reason: 'DEDUCTED',
    deductedMinor,
    trace: [{ what: 'deducted', inputs, operation: 'points-times-value', rounding: 'floor', result: deductedMinor }],
  };
}

const NOTHING: NegativeDecision = { adjustPoints: 0, reason: null, deductedMinor: 0, trace: [] };
