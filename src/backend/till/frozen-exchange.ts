import type { ExchangeDraft, SaleDraft } from '#shop/till/sale.ts';
import type { StoredSale } from './sales-store.ts';

/** What comes back with a sale, as it is kept with it while it is paid: ids and amounts, never the reason. */
export interface FrozenExchange extends Omit<ExchangeDraft, 'reason'> {
  readonly returnedMinor: number;
  readonly exchangedMinor: number;
  /** The manager who let a cashier take the goods back when the payment began. */
  readonly approvedByStaffId: string | null;
}

/** What came back in the ticket of a sale; null for a plain one. */
export function exchangeOf({ exchange }: Pick<StoredSale, 'exchange'>): FrozenExchange | null {
  return exchange === null ? null : (JSON.parse(exchange) as FrozenExchange);
}

/** Whether a draft still brings back what was frozen with its sale. */
export function hasSameExchange({ exchange }: SaleDraft, frozen: FrozenExchange | null): boolean {
  const textOf = (each: Omit<ExchangeDraft, 'reason'>): string =>
    JSON.stringify([each.saleId, each.lines.map(({ lineId, quantityThousandths }) => [lineId, quantityThousandths])]);
  if (exchange === undefined || frozen === null) return exchange === undefined && frozen === null;
  return textOf(exchange) === textOf(frozen);
}
