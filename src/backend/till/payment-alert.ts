import type { CommandScope } from '../command-scope.ts';
import { raiseAlert } from '../alerts/alerts-store.ts';
import { selectBookedOfSale } from '../points/ledger-store.ts';
import { selectSaleHolds } from '../value/sale-holds-store.ts';
import type { StoredSale, StoredTender } from './sales-store.ts';

/** What a sale whose payment runs has set aside or paid with points: all of it is free again when the payment fails. */
export interface SetAside {
  readonly points: number;
  readonly creditMinor: number;
  readonly units: number;
  readonly vouchers: number;
}

/** Reads what a payment that fails will free; before it is freed. */
export function setAsideOf({ db, shop }: CommandScope, saleId: string): SetAside {
  const holds = selectSaleHolds(db, shop.merchantId, saleId);
  const sum = (kind: string, amount: (hold: (typeof holds)[number]) => number): number =>
    holds.reduce((total, hold) => (hold.subjectKind === kind ? total + amount(hold) : total), 0);
  const redeemed = selectBookedOfSale(db, saleId).filter(({ kind }) => kind === 'redeem');
  return {
    points: redeemed.reduce((total, entry) => total - entry.points + entry.reversedPoints, 0),
    creditMinor: sum('credit', ({ amountMinor }) => amountMinor),
    units: sum('pass', ({ uses }) => uses),
    vouchers: sum('voucher', ({ uses }) => uses),
  };
}

/**
 * Tells whoever is in charge that a payment failed (S3-100): counted by till and kind of tender, because a terminal that is
 * out of order fails sale after sale.
 */
export function tellFailedPayment(
  scope: CommandScope,
  { saleId, customerId }: Pick<StoredSale, 'saleId' | 'customerId'>,
  { kind: tenderKind, amountMinor }: Pick<StoredTender, 'kind' | 'amountMinor'>,
  { reason, ...setAside }: SetAside & { readonly reason: 'declined' | 'given-up' },
): void {
  raiseAlert(scope, {
    kind: 'payment-failed',
    subject: `${scope.shop.terminalId}:${tenderKind}`,
    facts: { reason, tenderKind, amountMinor, ...setAside },
    ...{ customerId, saleId },
  });
}

/**
 * The part of a payment that was given up which somebody outside the till was still to pay. What was declined was told
 * then, and what was taken back by hand has not failed.
 */
export function unpaidOutside(tenders: readonly StoredTender[]): StoredTender | null {
  const isAwaited = ({ kind, status }: StoredTender): boolean =>
    (kind === 'card' || kind === 'other') && status === 'pending';
  return tenders.findLast(isAwaited) ?? null;
}
