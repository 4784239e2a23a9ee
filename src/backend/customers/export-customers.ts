import { csvLine } from '#shop/csv/csv-cell.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { ReadScope } from '../context.ts';
import { EXPORT_PAGE, type ExportedCustomer } from './export-store.ts';

const HEADER = [
  'name',
  'phone',
  'email',
  'birthday',
  'code',
  'note',
  'consent',
  'points',
  'sales',
  'spent_minor',
  'last_visit',
  'enrolled',
];

/**
 * All customers as CSV that the import reads again, in pages read off the till's thread. No cell is run by a spreadsheet; the
 * byte order mark makes spreadsheets read it as UTF-8. Amounts are in minor units, dates in the shop's zone.
 */
export async function exportCustomers({ env, shop }: ReadScope): Promise<{ csvText: string }> {
  const parts = [`\ufeff${csvLine(HEADER)}`];
  let afterNumber = 0;
  for (;;) {
    const page = await env.heavy.all<ExportedCustomer>(EXPORT_PAGE, { merchantId: shop.merchantId, afterNumber });
    parts.push(page.map((customer) => lineOf(customer, shop.timeZone)).join(''));
    const last = page.at(-1);
    if (last === undefined) return { csvText: parts.join('') };
    afterNumber = last.customerNumber;
  }
}

function lineOf(customer: ExportedCustomer, timeZone: string): string {
  const dateOf = (atMs: number | null): string => (atMs === null ? '' : localDateOf(atMs, timeZone));
  const { name, phone, email, birthday, code, note, points, salesCount, spentMinor } = customer;
  const consent = customer.consent === 1 ? 'yes' : 'no';
  const dates = [dateOf(customer.lastVisitAtMs), dateOf(customer.createdAtMs)];
  return csvLine([name, phone, email, birthday, code, note, consent, points, salesCount, spentMinor, ...dates]);
}
