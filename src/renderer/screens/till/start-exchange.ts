import type { ExchangeDraft } from '#shop/till/sale.ts';
import { setCustomer, setExchange, startSale } from './till-state.ts';
import type { SaleDetail } from './till-types.ts';

/** Begins a new sale, for the same customer, that the returned goods pay first; it is saved like any open sale. */
export function startExchange(
  { saleId, customerId, customerName, points }: SaleDetail,
  returned: Pick<ExchangeDraft, 'lines' | 'reason'>,
  nowMs: number,
): void {
  startSale();
  setExchange({ saleId, ...returned });
  if (customerId === null) return;
  setCustomer(
    { customerId, identifiedBy: 'search', identifiedAtMs: nowMs },
    { customerId, displayName: customerName ?? '', balance: points.balanceAfter ?? 0 },
  );
}
