import { uuidV5 } from '#shop/ids/uuid.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { insertEvent } from '../activity/events-store.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { type CsvRow, eachInTurns, readCsv } from '../read-csv.ts';
import { refusalError } from '../trpc.ts';
import { insertReplacedCode } from './cards-store.ts';
import { insertConsent } from './consents-store.ts';
import { insertCustomer, NOTHING_TOLD, type PersonalData, selectCustomer, updateCustomer } from './customers-store.ts';
import { newCode } from './enrol-customer.ts';
import type { ImportedValues, ImportRow, ImportRowsInput } from './import-schemas.ts';
import {
  bringsNews,
  CUSTOMER_COLUMNS,
  type CustomerColumn,
  matchValues,
  readRowValues,
  type RowContext,
} from './read-import-row.ts';

/**
 * Says what each row of a file would do, writing nothing: a row that names a known code, phone or e-mail updates that customer
 * with the cells that are filled. Throws the refusal 'import-unreadable'.
 */
export async function previewImport(scope: ReadScope, { csvText }: { csvText: string }) {
  const table = readCsv(csvText, CUSTOMER_COLUMNS);
  if (table === null) throw refusalError(refuse('import-unreadable'));
  const context = contextOf(scope);
  const seen = new Set<string>();
  const rows = await eachInTurns(table.rows, (row) => previewRow(row, context, seen));
  const counts = { create: 0, update: 0, skip: 0, error: 0 };
  for (const row of rows) counts[row.action] += 1;
  return { columns: table.columns, rows, counts };
}

function previewRow(row: CsvRow<CustomerColumn>, context: RowContext, seen: Set<string>): ImportRow {
  const { values, errors } = readRowValues(row, context);
  const { customer, errors: taken } = matchValues(context, values);
  const problems = [...errors, ...taken];
  const keys = [values.phone, values.email, values.code].filter((key) => key !== null);
  if (keys.some((key) => seen.has(key))) problems.push({ column: 'name', code: 'duplicate' });
  for (const key of keys) seen.add(key);
  const known = customer === null || bringsNews(values, customer) ? 'update' : 'skip';
  const action = problems.length > 0 ? 'error' : customer === null ? 'create' : known;
  return { line: row.line, action, name: values.name, errors: problems, values };
}

/**
 * Writes one page of an import in one transaction. What a row does is decided anew, on the shop as it is now; a row that does
 * not fit is left out and told. A customer's id is derived from the import and the line, so that no retry enrols twice.
 */
export function importRows(scope: CommandScope, input: ImportRowsInput): Outcome<ImportResult> {
  const context = contextOf(scope);
  const result = { created: 0, updated: 0, skipped: 0, errors: [] as ImportResult['errors'] };
  const written: (readonly [id: string, code: string, consentMarketing: boolean])[] = [];
  for (const { line, values } of input.rows) {
    const { customer, errors } = matchValues(context, values);
    const id = uuidV5(input.importId, `customer:${line}`);
    if (errors.length > 0) result.errors.push(...errors.map((error) => ({ line, ...error })));
    else if (customer !== null && !bringsNews(values, customer)) result.skipped += 1;
    else if (customer !== null) {
      written.push(updateFrom(scope, customer, values));
      result.updated += 1;
    } else if (selectCustomer(scope.db, scope.shop.merchantId, id) !== null) result.skipped += 1;
    else {
      written.push(createFrom(scope, id, values));
      result.created += 1;
    }
  }
  record(scope, input, result, written);
  return done(result);
}

export interface ImportResult {
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly errors: { readonly line: number; readonly column: string; readonly code: string }[];
}

function createFrom(scope: CommandScope, id: string, values: ImportedValues): readonly [string, string, boolean] {
  const code = values.code ?? newCode(scope);
  const consentMarketing = values.consentMarketing ?? false;
  const { name: fullName, phone, email, birthday, note } = values;
  const personal = { ...NOTHING_TOLD, fullName, phone, email, birthday, note };
  insertCustomer(scope.db, {
    id,
    merchantId: scope.shop.merchantId,
    code,
    language: null,
    consentMarketing,
    personal,
    atMs: scope.moment.atMs,
  });
  if (consentMarketing) insertConsent(scope, consentOf(scope, id, true));
  remember(scope, 'customer.created', id, { code }, personal);
  return [id, code, consentMarketing];
}

function updateFrom(
  scope: CommandScope,
  known: NonNullable<ReturnType<typeof matchValues>['customer']>,
  values: ImportedValues,
): readonly [string, string, boolean] {
  const code = values.code ?? known.code;
  const consentMarketing = values.consentMarketing ?? known.consentMarketing;
  const personal: PersonalData = {
    ...known.personal,
    fullName: values.name === '' ? known.personal.fullName : values.name,
    phone: values.phone ?? known.personal.phone,
    email: values.email ?? known.personal.email,
    birthday: values.birthday ?? known.personal.birthday,
    note: values.note === '' ? known.personal.note : values.note,
  };
  updateCustomer(scope.db, {
    id: known.customerId,
    customerNumber: known.customerNumber,
    merchantId: scope.shop.merchantId,
    code,
    language: known.language,
    consentMarketing,
    status: known.status === 'blocked' ? 'blocked' : 'active',
    personal,
    atMs: scope.moment.atMs,
  });
  if (code !== known.code) insertReplacedCode(scope, known.customerId, known.code);
  if (consentMarketing !== known.consentMarketing)
    insertConsent(scope, consentOf(scope, known.customerId, consentMarketing));
  remember(scope, 'customer.updated', known.customerId, { fields: ['import'] }, personal);
  return [known.customerId, code, consentMarketing];
}

/** The consent of an imported row; as its event it follows from the row and is not in the op. */
function consentOf(scope: CommandScope, customerId: string, isGiven: boolean) {
  return { id: uuidV5(scope.operationId, `consent:${customerId}`), customerId, isGiven, channel: 'import' } as const;
}

/** The event of an imported row. It is not in the op: it follows from the row, and 500 of them would not fit in one. */
function remember(
  scope: CommandScope,
  type: string,
  customerId: string,
  data: Record<string, string | string[]>,
  personal: PersonalData,
): void {
  const { db, shop, session, groupId, moment } = scope;
  const event = { type, category: 'ACTION', customerId, data, source: 'Import' } as const;
  insertEvent(db, {
    event,
    id: uuidV5(scope.operationId, `${type}:${customerId}`),
    shop,
    staffId: session.staffId,
    groupId,
    moment,
  });
  scope.personalFact('customer_pii', { customerId, ...personal });
}

/** One fact for the page, its columns named once: the op holds 500 rows. */
function record(
  scope: CommandScope,
  { importId, fromLine }: ImportRowsInput,
  { created, updated, skipped }: ImportResult,
  written: readonly (readonly [string, string, boolean])[],
): void {
  if (written.length > 0) {
    const columns = ['id', 'code', 'consentMarketing'];
    scope.fact('customers', { merchantId: scope.shop.merchantId, columns, rows: written, atMs: scope.moment.atMs });
  }
  const after = { fromLine, created, updated, skipped, customerIds: written.map(([id]) => id) };
  scope.changed({ table: 'customers', recordId: importId, before: null, after });
  scope.touch('customers');
}

function contextOf({ db, shop, env }: Pick<ReadScope, 'db' | 'shop' | 'env'>): RowContext {
  const isMonthFirst = env.settings().region === 'en-US';
  return { db, merchantId: shop.merchantId, country: shop.country, isMonthFirst };
}
