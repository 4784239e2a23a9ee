import { csvLine } from '#shop/csv/csv-cell.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { readStoredDraft } from '#shop/till/sale-draft-schema.ts';
import { runCommand } from '../command.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope, RequestContext } from '../context.ts';
import { selectReplacedCodes } from './cards-store.ts';
import { selectConsents } from './consents-store.ts';
import { selectCustomFields } from './custom-fields-store.ts';
import { type Customer, selectCustomer } from './customers-store.ts';
import { type DraftOfCustomer, selectDraftsOf, selectDuplicatesOf } from './erasure-store.ts';
import {
  PERSON_ALERTS,
  PERSON_ANSWERS,
  PERSON_ATTEMPTS,
  PERSON_AWARDS,
  PERSON_CREDIT,
  PERSON_EVENTS,
  PERSON_EXPERIMENTS,
  PERSON_ITEMS,
  PERSON_NOT_GIVEN,
  PERSON_PASSES,
  PERSON_POINTS,
  PERSON_REDEMPTIONS,
  PERSON_REFUNDS,
  PERSON_SALES,
  PERSON_SCANS,
  PERSON_VOUCHERS,
} from './person-store.ts';
import { selectSegmentsOf } from './segments-store.ts';

type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell>>;

export interface PersonFiles {
  readonly jsonText: string;
  readonly csvText: string;
}

/**
 * Everything that is known of one person, to be handed to them: as JSON for machines and as CSV to read, the same facts in
 * the same order. Instants are UTC (ISO 8601), amounts in minor units of the shop's currency. That it was handed over is
 * noted first. Refuses 'not-found'.
 */
export async function exportPerson(
  { env, clientId, scope }: RequestContext & { readonly scope: ReadScope },
  { customerId }: { customerId: string },
  operationId: string,
): Promise<Outcome<PersonFiles>> {
  const noted = runCommand(env, NOTE_EXPORT, { clientId, operationId, input: { customerId } });
  return noted.kind === 'refused' ? noted : done(await readPerson(scope, customerId));
}

const NOTE_EXPORT = { action: 'customers.exportPerson', permission: 'customers.export', handle: noteExport } as const;

/** Whose data was handed over, by whom and when: in the audit log and in the person's own history, before anything is read. */
function noteExport(scope: CommandScope, { customerId }: { customerId: string }): Outcome<{ records: number }> {
  const { db, shop } = scope;
  const known = selectCustomer(db, shop.merchantId, customerId);
  if (known === null || known.status === 'erased') return refuse('not-found', { kind: 'customer' });
  const records = 1 + selectDuplicatesOf(db, { merchantId: shop.merchantId, customerId }).length;
  scope.event({ type: 'customer.exported', category: 'ACTION', customerId, data: { records } });
  scope.changed({ table: 'customers', recordId: customerId, before: null, after: { isExported: true, records } });
  scope.touch('customers');
  return done({ records });
}

async function readPerson({ db, env, shop, moment }: ReadScope, customerId: string): Promise<PersonFiles> {
  const { merchantId } = shop;
  const ids = [customerId, ...selectDuplicatesOf(db, { merchantId, customerId })];
  const records = ids.flatMap((id) => selectCustomer(db, merchantId, id) ?? []);
  const fields = new Map(selectCustomFields(db, merchantId).map(({ fieldId, name }) => [fieldId, name]));
  const asked = { customerId, merchantId };
  const read = async (statement: string, names: Readonly<Record<string, string | number | null>> = { customerId }) =>
    (await env.heavy.all<Row>(statement, names)).map(withInstants);
  const facts: Readonly<Record<string, readonly Row[]>> = {
    person: records.map((record) => withInstants(personOf(record, fields))),
    consents: selectConsents(db, merchantId, customerId).map(({ consentId: _, ...row }) => withInstants(row)),
    cards: ids.flatMap((id) => selectReplacedCodes(db, merchantId, id).map((row) => withInstants({ ...row }))),
    segments: selectSegmentsOf(db, customerId).map(({ name, kind }) => ({ name, kind })),
    sales: await read(PERSON_SALES),
    items: await read(PERSON_ITEMS),
    refunds: await read(PERSON_REFUNDS),
    openSales: ids.flatMap((id) => selectDraftsOf(db, { merchantId, customerId: id }).flatMap(openSaleRows)),
    points: await read(PERSON_POINTS),
    pointsFor: await read(PERSON_AWARDS),
    vouchers: await read(PERSON_VOUCHERS),
    redemptions: await read(PERSON_REDEMPTIONS),
    attempts: await read(PERSON_ATTEMPTS),
    vouchersNotGiven: await read(PERSON_NOT_GIVEN),
    credit: await read(PERSON_CREDIT),
    passes: await read(PERSON_PASSES),
    alerts: await read(PERSON_ALERTS),
    satisfaction: await read(PERSON_ANSWERS),
    experiments: await read(PERSON_EXPERIMENTS),
    events: await read(PERSON_EVENTS, asked),
    scans: await read(PERSON_SCANS),
  };
  const head = { shop: shop.shopName, currency: shop.currency, exportedAt: new Date(moment.atMs).toISOString() };
  return { jsonText: `${JSON.stringify({ ...head, ...facts }, null, 2)}\n`, csvText: csvOf(facts) };
}

function personOf(record: Customer, fields: ReadonlyMap<string, string>): Row {
  const { personal, code, status, language, consentMarketing, createdAtMs, lastVisitAtMs } = record;
  const { fullName, callName, phone, email, birthday, note, tags, custom, contactBy, blockReason } = personal;
  const own = Object.entries(custom).map(([id, value]) => [`field: ${fields.get(id) ?? id}`, value] as const);
  return {
    ...{ code, status, fullName, callName, phone, email, birthday, language, contactBy, note, tags: tags.join(', ') },
    ...{
      consentMarketing,
      blockReason,
      balance: record.balance,
      spentMinor: record.spentMinor,
      sales: record.salesCount,
    },
    ...{ createdAtMs, lastVisitAtMs },
    ...Object.fromEntries(own),
  };
}

/** What is being rung up for the person now, a row for each line. */
function openSaleRows({ saleId, draft }: DraftOfCustomer): Row[] {
  const { label, note, lines } = readStoredDraft(draft);
  const sale = { saleId, label, remark: note };
  if (lines.length === 0) return [sale];
  return lines.map((line) => ({ ...sale, item: line.name, itemRemark: line.note }));
}

/** 'createdAtMs' becomes 'createdAt', written so that people and machines read it. */
function withInstants(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      name.endsWith('AtMs') || name === 'atMs'
        ? [name.slice(0, -2), typeof value === 'number' ? new Date(value).toISOString() : null]
        : [name, value],
    ),
  );
}

/** One table under the other, each with its name and its columns; no cell is run by a spreadsheet. */
function csvOf(facts: Readonly<Record<string, readonly Row[]>>): string {
  const tables = Object.entries(facts).map(([name, rows]) => {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const lines = rows.map((row) => csvLine(columns.map((column) => textOf(row[column] ?? null))));
    return [csvLine([name]), ...(rows.length === 0 ? [] : [csvLine(columns)]), ...lines].join('');
  });
  return `\ufeff${tables.join(csvLine(['']))}`;
}

function textOf(value: Cell): string | number {
  if (value === null) return '';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
}
