import { mustHave } from '../must.ts';
import type { EarningSale } from '../points/earning.ts';
import type { PriceableLine } from './price-sale.ts';
import type { PricedSale, TaxMode } from './sale.ts';

/** A line as it was priced, with whether it sells stored value: such a line earns nothing (C-38). */
export type SoldItem = PriceableLine & { readonly isStoredValue?: boolean };

/**
 * Returns a priced sale as the programmes see it: preview, commit and what-if hand over the same. Lines stand in the order
 * in which they were priced. `storedValueMinor` is what credit and the like pay of it.
 */
export function earningSaleOf(
  items: readonly SoldItem[],
  priced: Pick<PricedSale, 'lines' | 'totalMinor'>,
  taxMode: TaxMode,
  storedValueMinor = 0,
): EarningSale {
  return {
    lines: priced.lines.map((line, index) => {
      const item = mustHave(items[index], 'an item for each priced line');
      return {
        ...line,
        productId: item.productId,
        categoryId: item.categoryId,
        tags: item.tags ?? [],
        isStoredValue: item.isStoredValue ?? false,
        quantityThousandths: item.quantityThousandths,
      };
    }),
    taxMode,
    paid: { storedValueMinor, totalMinor: priced.totalMinor },
  };
}
