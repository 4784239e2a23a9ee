import { mulDiv, sumOf } from '../money/money.ts';

/** What was counted of a voucher or a campaign. People are customers that were known; anonymous scans are no people. */
export interface FunnelCounts {
  readonly impressions: number;
  readonly scans: number;
  readonly uniqueScanners: number;
  readonly claims: number;
  /** Claims that were used, and are not given back. */
  readonly claimsUsed: number;
  readonly redemptions: number;
  /** Known customers who used it once or more, and twice or more. */
  readonly customers: number;
  readonly repeatCustomers: number;
}

/** Shares in basis points; null where nothing was counted that they could be a share of. */
export interface FunnelRates {
  /** claims / unique scanners (S0-49): over 10000 where more claim than were seen scanning. */
  readonly conversionBasisPoints: number | null;
  /** claims used / claims (S0-65). */
  readonly claimsUsedBasisPoints: number | null;
  /** customers with a second use / customers with a first. */
  readonly repeatBasisPoints: number | null;
}

/** Returns the shares of a funnel; each by the formula that the screen shows. */
export function funnelRates(counts: FunnelCounts): FunnelRates {
  return {
    conversionBasisPoints: shareIn(counts.claims, counts.uniqueScanners),
    claimsUsedBasisPoints: shareIn(counts.claimsUsed, counts.claims),
    repeatBasisPoints: shareIn(counts.repeatCustomers, counts.customers),
  };
}

function shareIn(part: number, whole: number): number | null {
  return whole === 0 ? null : mulDiv(part, 10_000, whole, 'half-away-from-zero');
}

/** Tenths of a day, mean and median (S0-50), and the same in whole ms for what took less than a day. */
export interface Duration {
  readonly meanMs: number;
  readonly medianMs: number;
  readonly meanTenths: number;
  readonly medianTenths: number;
}

const TENTH_OF_DAY_MS = 8_640_000;

/** Returns the mean and median of spans of time in ms; null without any. */
export function durationOf(spansMs: readonly number[]): Duration | null {
  if (spansMs.length === 0) return null;
  const sorted = [...spansMs].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const middles = sorted.length % 2 === 1 ? sorted.slice(middle, middle + 1) : sorted.slice(middle - 1, middle + 1);
  return {
    meanMs: meanIn(sorted, 1),
    medianMs: meanIn(middles, 1),
    meanTenths: meanIn(sorted, TENTH_OF_DAY_MS),
    medianTenths: meanIn(middles, TENTH_OF_DAY_MS),
  };
}

function meanIn(spansMs: readonly number[], unitMs: number): number {
  return mulDiv(sumOf(spansMs), 1, spansMs.length * unitMs, 'half-away-from-zero');
}
