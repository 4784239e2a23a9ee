import { must } from '../must.ts';
import { mulDiv } from './money.ts';

/** Thousandths in one whole unit. */
export const UNIT_THOUSANDTHS = 1000;

/**
 * Returns what belongs to the first `thousandths` of a quantity when an amount is split over its units by largest
 * remainder, in order (LOYALTY.md 4): 10.00 over three units is 3.34, 3.33, 3.33. A part of a unit, and a part of a
 * weighed quantity, gets its share rounded half away from zero. Being cumulative, slices always sum to the whole,
 * however they are cut.
 */
export function amountOfFirst(amountMinor: number, thousandths: number, quantityThousandths: number): number {
  must(thousandths >= 0 && thousandths <= quantityThousandths, 'a slice lies within its line');
  must(amountMinor >= 0 && quantityThousandths > 0, 'a line has an amount and a quantity');
  if (quantityThousandths % UNIT_THOUSANDTHS !== 0) {
    return mulDiv(amountMinor, thousandths, quantityThousandths, 'half-away-from-zero');
  }
  const count = quantityThousandths / UNIT_THOUSANDTHS;
  const whole = Math.floor(thousandths / UNIT_THOUSANDTHS);
  const extras = amountMinor % count;
  const floorMinor = (amountMinor - extras) / count;
  const unitMinor = floorMinor + (whole < extras ? 1 : 0);
  const partMinor = mulDiv(unitMinor, thousandths - whole * UNIT_THOUSANDTHS, UNIT_THOUSANDTHS, 'half-away-from-zero');
  return floorMinor * whole + Math.min(whole, extras) + partMinor;
}
