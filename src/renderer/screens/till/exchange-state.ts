import { create } from 'zustand';
import { setCustomer, startSale, useTillState } from './till-state.ts';
import type { SaleDetail } from './till-types.ts';

/** Goods that come back for the sale being rung up. */
export interface Exchange {
  /** The sale that is rung up in return; with any other the exchange is over. */
  readonly forSaleId: string;
  readonly ofSaleId: string;
  readonly receiptNumber: string;
  readonly lines: readonly { readonly lineId: string; readonly quantityThousandths: number }[];
  readonly reason: string;
  /** What the goods pay of the new ones. */
  readonly returnedMinor: number;
}

const useExchangeState = create<{ readonly exchange: Exchange | null }>(() => ({ exchange: null }));

/** The exchange that belongs to the sale on screen, or null. */
export function useExchange(): Exchange | null {
  const exchange = useExchangeState((state) => state.exchange);
  const saleId = useTillState((state) => state.draft.saleId);
  return exchange?.forSaleId === saleId ? exchange : null;
}

/** The same, outside of a component. */
export function currentExchange(): Exchange | null {
  const { exchange } = useExchangeState.getState();
  return exchange?.forSaleId === useTillState.getState().draft.saleId ? exchange : null;
}

/** Begins a new sale, for the same customer, that the returned goods pay first. */
export function startExchange(
  detail: SaleDetail,
  returned: Pick<Exchange, 'lines' | 'reason' | 'returnedMinor'>,
  nowMs: number,
): void {
  startSale();
  const { customerId, customerName } = detail;
  if (customerId !== null) {
    setCustomer(
      { customerId, identifiedBy: 'search', identifiedAtMs: nowMs },
      { customerId, displayName: customerName ?? '', balance: detail.points.balanceAfter ?? 0 },
    );
  }
  const forSaleId = useTillState.getState().draft.saleId;
  const { saleId: ofSaleId, receiptNumber } = detail;
  useExchangeState.setState({
    exchange: { forSaleId, ofSaleId, receiptNumber: receiptNumber ?? '', ...returned },
  });
}

/** The sale on screen goes on as a plain sale. */
export function endExchange(): void {
  useExchangeState.setState({ exchange: null });
}
