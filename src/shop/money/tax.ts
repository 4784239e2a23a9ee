import { mulDiv } from './money.ts';

/** Whether prices on the shelf include tax. */
export type TaxMode = 'inclusive' | 'exclusive';

/** The tax of one amount at one rate: extracted where prices include it, added where they do not. */
export function taxOn(netMinor: number, rateBasisPoints: number, taxMode: TaxMode): number {
  const divisor = taxMode === 'inclusive' ? 10_000 + rateBasisPoints : 10_000;
  return mulDiv(netMinor, rateBasisPoints, divisor, 'half-away-from-zero');
}
