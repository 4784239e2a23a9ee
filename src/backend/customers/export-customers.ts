import { csvLine } from '#shop/csv/csv-cell.ts';
import { done, type Outcome } from '#shop/refusal.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { runCommand } from '../command.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope, RequestContext } from '../context.ts';
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
 * That it was done is noted first.
 */
export async function exportCustomers(
  { env, clientId, scope: { shop } }: RequestContext & { readonly scope: ReadScope },
  _input: Record<string, never>,
  operationId: string,
): Promise<Outcome<{ csvText: string }>> {
  const noted = runCommand(env, NOTE_EXPORT, { clientId, operationId, input: {} });
  if (noted.kind === 'refused') return noted;
  const parts = [`\ufeff${csvLine(HEADER)}`];
  let afterNumber = 0;
  for (;;) {
    const page = await env.heavy.all<ExportedCustomer>(EXPORT_PAGE, { merchantId: shop.merchantId, afterNumber });
    parts.push(page.map((customer) => lineOf(customer, shop.timeZone)).join(''));
    const last = page.at(-1);
    if (last === undefined) return done({ csvText: parts.join('') });
    afterNumber = last.customerNumber;
  }
}

const NOTE_EXPORT = { action: 'customers.exportCsv', permission: 'customers.import', handle: noteExport } as const;

/** That everybody's data left the shop, by whom and when: in the audit log, before anything is read. */
function noteExport({ shop, changed }: CommandScope): Outcome<Record<string, never>> {
  changed({ table: 'customers', recordId: shop.merchantId, before: null, after: { isExported: true } });
  return done({});
}

function lineOf(customer: ExportedCustomer, timeZone: string): string {
  const dateOf = (atMs: number | null): string => (atMs === null ? '' : localDateOf(atMs, timeZone));
  const { name, phone, email, birthday, code, note, points, salesCount, spentMinor } = customer;
  const consent = customer.consent === 1 ? 'yes' : 'no';
  const dates = [dateOf(customer.lastVisitAtMs), dateOf(customer.createdAtMs)];
  return csvLine([name, phone, email, birthday, code, note, consent, points, salesCount, spentMinor, ...dates]);
}
