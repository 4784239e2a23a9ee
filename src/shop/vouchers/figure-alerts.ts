import type { FunnelCounts, FunnelRates } from './funnel.ts';

/** What a manager is warned of in the figures of vouchers. Rates are in basis points. */
export type FigureAlert =
  | { readonly kind: 'low-conversion'; readonly conversionBasisPoints: number }
  | { readonly kind: 'many-refused'; readonly refused: number; readonly attempts: number };

/** Fewer people or attempts than these say nothing yet. */
const PEOPLE_NEEDED = 20;
const ATTEMPTS_NEEDED = 20;
/** Claims for each person who scanned, below which a voucher is not wanted (S2-58). */
const LOW_CONVERSION_BASIS_POINTS = 1_000;
/** More than one attempt in three was refused: the rules or their words are not understood at the counter. */
const MANY_REFUSED_OF = 3;

/** Returns what is wrong with the figures of a span of days: few claim what they scan (S0-70), much is refused (S0-71). */
export function figureAlerts({
  counts,
  rates,
  refused,
}: {
  readonly counts: Pick<FunnelCounts, 'uniqueScanners' | 'redemptions'>;
  readonly rates: Pick<FunnelRates, 'conversionBasisPoints'>;
  readonly refused: number;
}): FigureAlert[] {
  const alerts: FigureAlert[] = [];
  const { conversionBasisPoints } = rates;
  const isLow = conversionBasisPoints !== null && conversionBasisPoints < LOW_CONVERSION_BASIS_POINTS;
  if (isLow && counts.uniqueScanners >= PEOPLE_NEEDED) alerts.push({ kind: 'low-conversion', conversionBasisPoints });
  const attempts = counts.redemptions + refused;
  if (attempts >= ATTEMPTS_NEEDED && refused * MANY_REFUSED_OF > attempts) {
    alerts.push({ kind: 'many-refused', refused, attempts });
  }
  return alerts;
}
