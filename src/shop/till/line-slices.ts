import { mulDiv } from '../money/money.ts';
import { must } from '../must.ts';

/** The shares of a line, frozen in the sale, with its quantity. */
export interface SoldShares {
  readonly quantityThousandths: number;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
  readonly saleDiscountShareMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
}

/** What of an amount belongs to the first part of a quantity. */
export interface SliceShares {
  readonly grossMinor: number;
  readonly discountMinor: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
}

const UNIT = 1000;

/**
 * Returns what belongs to the first `thousandths` of a quantity when an amount is split over its units by largest
 * remainder, in order (LOYALTY.md 4): 10.00 over three units is 3.34, 3.33, 3.33. A part of a unit gets its share of
 * that unit, rounded half away from zero. Being cumulative, slices always sum to the whole, however they are cut.
 */
export function amountOfFirst(amountMinor: number, thousandths: number, quantityThousandths: number): number {
  must(thousandths >= 0 && thousandths <= quantityThousandths, 'a slice lies within its line');
  must(amountMinor >= 0 && quantityThousandths > 0, 'a line has an amount and a quantity');
  const units = splitOverUnits(amountMinor, quantityThousandths);
  const whole = Math.floor(thousandths / UNIT);
  const rest = thousandths - whole * UNIT;
  const beforeMinor = units.floorMinor * whole + Math.min(whole, units.extras);
  if (rest === 0) return beforeMinor;
  if (whole === units.count)
    return beforeMinor + mulDiv(units.lastMinor, rest, units.lastThousandths, 'half-away-from-zero');
  const unitMinor = units.floorMinor + (whole < units.extras ? 1 : 0);
  return beforeMinor + mulDiv(unitMinor, rest, UNIT, 'half-away-from-zero');
}

interface Units {
  /** Whole units; the first `extras` of them hold floorMinor + 1. */
  readonly count: number;
  readonly floorMinor: number;
  readonly extras: number;
  /** The unit that is not whole, at the end: 0.250 of 1.250. */
  readonly lastThousandths: number;
  readonly lastMinor: number;
}

function splitOverUnits(amountMinor: number, quantityThousandths: number): Units {
  const count = Math.floor(quantityThousandths / UNIT);
  const lastThousandths = quantityThousandths - count * UNIT;
  const floorMinor = count === 0 ? 0 : mulDiv(amountMinor, UNIT, quantityThousandths, 'floor');
  const lastFloorMinor = mulDiv(amountMinor, lastThousandths, quantityThousandths, 'floor');
  const left = amountMinor - floorMinor * count - lastFloorMinor;
  if (lastThousandths === 0) return { count, floorMinor, extras: left, lastThousandths, lastMinor: 0 };
  const unitRest = remainder(amountMinor, UNIT, quantityThousandths);
  const lastRest = remainder(amountMinor, lastThousandths, quantityThousandths);
  const lastComesFirst = count === 0 || lastRest > unitRest;
  const lastGets = left > 0 && (lastComesFirst || left > count) ? 1 : 0;
  return { count, floorMinor, extras: left - lastGets, lastThousandths, lastMinor: lastFloorMinor + lastGets };
}

function remainder(amountMinor: number, multiplier: number, divisor: number): number {
  return Number((BigInt(amountMinor) * BigInt(multiplier)) % BigInt(divisor));
}

/**
 * Returns the shares of the first `thousandths` of a line. Gross and discount are split over the units; what is net is
 * the difference, and the tax follows the net, so that no slice is negative.
 */
export function sharesOfFirst(line: SoldShares, thousandths: number): SliceShares {
  const quantity = line.quantityThousandths;
  const grossMinor = amountOfFirst(line.grossMinor, thousandths, quantity);
  const allDiscountMinor = line.lineDiscountMinor + line.saleDiscountShareMinor;
  const discountMinor = Math.min(grossMinor, amountOfFirst(allDiscountMinor, thousandths, quantity));
  const netMinor = grossMinor - discountMinor;
  const taxMinor = line.netMinor === 0 ? 0 : mulDiv(line.taxMinor, netMinor, line.netMinor, 'half-away-from-zero');
  const isTaxAdded = line.payableMinor !== line.netMinor;
  return { grossMinor, discountMinor, netMinor, taxMinor, payableMinor: netMinor + (isTaxAdded ? taxMinor : 0) };
}

/** The shares of a stretch of a line: what lies between two quantities. */
export function sharesBetween(line: SoldShares, fromThousandths: number, toThousandths: number): SliceShares {
  const to = sharesOfFirst(line, toThousandths);
  const from = sharesOfFirst(line, fromThousandths);
  return {
    grossMinor: to.grossMinor - from.grossMinor,
    discountMinor: to.discountMinor - from.discountMinor,
    netMinor: to.netMinor - from.netMinor,
    taxMinor: to.taxMinor - from.taxMinor,
    payableMinor: to.payableMinor - from.payableMinor,
  };
}
