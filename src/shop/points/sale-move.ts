import type { EarningSale } from './earning.ts';
import type { TierMove } from './tier-rights.ts';

/** What a sale counts for on the ladder: what is paid for goods, and the visit; stored value counts for nothing (C-38). */
export function saleMoveOf(sale: EarningSale): Pick<TierMove, 'spendMinor' | 'visits'> {
  const lines = sale.lines.filter((line) => line.isStoredValue !== true);
  return { spendMinor: lines.reduce((sum, line) => sum + line.payableMinor, 0), visits: lines.length > 0 ? 1 : 0 };
}
