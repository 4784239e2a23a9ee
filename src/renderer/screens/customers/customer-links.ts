import { navigateTo } from '../../ui/route.ts';

export function openCustomer(customerId: string): void {
  navigateTo('customers', customerId);
}

/** The till takes the customer from the address. */
export function startSaleFor(customerId: string): void {
  navigateTo('till', 'customer', customerId);
}

/** The award screen takes the customer from the address. */
export function awardTo(customerId: string): void {
  navigateTo('award', customerId);
}

/** The till takes the customer and the voucher that is to be used from the address. */
export function sellWithVoucher(customerId: string, voucherId: string): void {
  navigateTo('till', 'customer', customerId, 'voucher', voucherId);
}
