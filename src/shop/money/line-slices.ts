import { mulDiv } from './money.ts';
import { amountOfFirst, UNIT_THOUSANDTHS } from './unit-shares.ts';

/** The shares of a line, frozen in the sale, with its quantity. */
export interface SoldShares {
  readonly quantityThousandths: number;
  readonly grossMinor: number;
  /** grossMinor - netMinor is all that was taken off. */
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
}

/** What of an amount belongs to the first part of a quantity. */
interface SliceShares {
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
}

/**
 * Returns the shares of the first `thousandths` of a line. Gross and discount are split over its units; what is net is
 * the difference, and the tax follows the net, so that no slice is negative.
 */
function sharesOfFirst(line: SoldShares, thousandths: number): SliceShares {
  const netMinor = netOfFirst(line, thousandths);
  const taxMinor = line.netMinor === 0 ? 0 : mulDiv(line.taxMinor, netMinor, line.netMinor, 'half-away-from-zero');
  const isTaxAdded = line.payableMinor !== line.netMinor;
  return {
    netMinor,
    taxMinor,
    payableMinor: netMinor + (isTaxAdded ? taxMinor : 0),
  };
}

function netOfFirst(line: SoldShares, thousandths: number): number {
  const quantity = line.quantityThousandths;
  if (quantity % UNIT_THOUSANDTHS !== 0) return amountOfFirst(line.netMinor, thousandths, quantity);
  const lower = thousandths - (thousandths % UNIT_THOUSANDTHS);
  const below = netOfUnits(line, lower);
  if (lower === thousandths) return below;
  return (
    below +
    mulDiv(
      netOfUnits(line, lower + UNIT_THOUSANDTHS) - below,
      thousandths - lower,
      UNIT_THOUSANDTHS,
      'half-away-from-zero',
    )
  );
}

function netOfUnits(line: SoldShares, thousandths: number): number {
  const discountMinor = line.grossMinor - line.netMinor;
  const gross = amountOfFirst(line.grossMinor, thousandths, line.quantityThousandths);
  return gross - amountOfFirst(discountMinor, thousandths, line.quantityThousandths);
}

/** The shares of a stretch of a line: what lies between two quantities. */
export function sharesBetween(line: SoldShares, fromThousandths: number, toThousandths: number): SliceShares {
  const to = sharesOfFirst(line, toThousandths);
  const from = sharesOfFirst(line, fromThousandths);
  return {
    netMinor: to.netMinor - from.netMinor,
    taxMinor: to.taxMinor - from.taxMinor,
    payableMinor: to.payableMinor - from.payableMinor,
  };
}
