import type { SaleStatus } from './sale.ts';

/**
 * What a sale may become: paid, failed or given up while it is pending; cancelled (void) after completion while nothing
 * has been refunded and its business day lasts. Everything else that happens to a completed sale is a refund.
 */
const NEXT: Readonly<Record<SaleStatus, readonly SaleStatus[]>> = {
  pending: ['completed', 'failed', 'cancelled'],
  completed: ['cancelled'],
  failed: [],
  cancelled: [],
};

/** Whether a sale may go from one status to another. */
export function canBecome(from: SaleStatus, to: SaleStatus): boolean {
  return NEXT[from].includes(to);
}

/**
 * Whether a completed sale may still be cancelled: on its own business day, with nothing refunded, and not paid with goods
 * that came back in the same ticket.
 */
export function canCancel(sale: {
  readonly status: SaleStatus;
  readonly businessDate: string;
  readonly todayBusinessDate: string;
  readonly hasRefunds: boolean;
  readonly isPaidWithGoods: boolean;
}): boolean {
  const isOfToday = sale.businessDate === sale.todayBusinessDate;
  return canBecome(sale.status, 'cancelled') && isOfToday && !sale.hasRefunds && !sale.isPaidWithGoods;
}
