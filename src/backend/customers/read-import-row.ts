import { readEmail } from '#shop/customers/email.ts';
import { foldForSearch, tidyName } from '#shop/customers/name.ts';
import { cutTo, lengthOf, tidiedLine } from '#shop/text/text-schema.ts';
import { readPhone } from '#shop/customers/phone.ts';
import { readCode } from '#shop/ids/code.ts';
import { readDate } from '#shop/time/civil-date.ts';
import type { ReadableDb } from '../db/database.ts';
import type { ColumnNames, CsvRow } from '../read-csv.ts';
import type { ImportedValues, ImportRow } from './import-schemas.ts';
import {
  type Customer,
  selectCodeOwner,
  selectCustomer,
  selectEmailOwner,
  selectPhoneOwner,
} from './customers-store.ts';

export type CustomerColumn = 'name' | 'phone' | 'email' | 'birthday' | 'code' | 'note' | 'consent';

export const CUSTOMER_COLUMNS: ColumnNames<CustomerColumn> = {
  name: ['name', 'nombre', 'full name', 'nombre completo', 'nombre y apellido', 'customer', 'cliente'],
  phone: ['phone', 'telefono', 'phone number', 'celular', 'movil', 'mobile', 'tel', 'whatsapp'],
  email: ['email', 'e mail', 'correo', 'correo electronico', 'mail'],
  birthday: ['birthday', 'cumpleanos', 'fecha de nacimiento', 'nacimiento', 'birth date', 'date of birth'],
  code: ['code', 'codigo', 'card', 'tarjeta', 'card code', 'customer code'],
  note: ['note', 'nota', 'notes', 'notas', 'observaciones'],
  consent: ['consent', 'consentimiento', 'marketing', 'acepta promociones'],
};

type RowError = ImportRow['errors'][number];

/** What the values of a row stand for in this shop. */
export interface RowContext {
  readonly db: ReadableDb;
  readonly merchantId: string;
  readonly country: string;
  /** Whether dates with slashes put the month first, as in en-US. */
  readonly isMonthFirst: boolean;
}

/** Reads the cells of a row; what cannot be read is told by column and stays out of the values. */
export function readRowValues(
  row: CsvRow<CustomerColumn>,
  context: RowContext,
): { values: ImportedValues; errors: RowError[] } {
  const errors: RowError[] = [];
  const fail = (column: CustomerColumn, code: string): null => {
    errors.push({ column, code });
    return null;
  };
  const name = tidyName(tidiedLine(row.cell('name')));
  if (lengthOf(name) > 120) fail('name', 'too-long');
  const note = row.cell('note');
  if (lengthOf(note) > 2000) fail('note', 'too-long');
  const text = (column: CustomerColumn, read: (cell: string) => string | null, code: string): string | null => {
    const cell = unguarded(row.cell(column));
    return cell === '' ? null : (read(cell) ?? fail(column, code));
  };
  const phone = text('phone', (cell) => readPhone(cell, context.country)?.e164 ?? null, 'phone-unreadable');
  const email = text('email', readEmail, 'email-unreadable');
  const birthday = text('birthday', (cell) => readBirthday(cell, context.isMonthFirst), 'date-unreadable');
  const code = text('code', readCustomerCode, 'code-unreadable');
  const isNameless = name === '' && phone === null && email === null && code === null;
  if (isNameless && errors.length === 0) fail('name', 'name-required');
  const consentMarketing = readConsent(row.cell('consent'));
  return {
    values: { name: cutTo(name, 120), phone, email, birthday, code, note: cutTo(note, 2000), consentMarketing },
    errors,
  };
}

const E164 = /^\+\d{5,15}$/;

/** Rows come back from the screen, which is not trusted: values are checked as if they had just been typed. */
function unreadable({ phone, email, code }: ImportedValues): RowError[] {
  const errors: RowError[] = [];
  if (phone !== null && !E164.test(phone)) errors.push({ column: 'phone', code: 'phone-unreadable' });
  if (email !== null && readEmail(email) !== email) errors.push({ column: 'email', code: 'email-unreadable' });
  if (code !== null && readCode(code).kind !== 'code') errors.push({ column: 'code', code: 'code-unreadable' });
  return errors;
}

/** What importing the values would do to the shop as it stands: whom they are, and what stands against it. */
export function matchValues(
  { db, merchantId }: RowContext,
  values: ImportedValues,
): { customer: Customer | null; errors: RowError[] } {
  const owners = [
    {
      column: 'code',
      code: 'code-taken',
      id: values.code === null ? null : selectCodeOwner(db, merchantId, values.code),
    },
    {
      column: 'phone',
      code: 'phone-taken',
      id: values.phone === null ? null : selectPhoneOwner(db, merchantId, values.phone),
    },
    {
      column: 'email',
      code: 'email-taken',
      id: values.email === null ? null : selectEmailOwner(db, merchantId, values.email),
    },
  ];
  const found = owners.find((owner) => owner.id !== null)?.id ?? null;
  const taken = owners
    .filter((owner) => owner.id !== null && owner.id !== found)
    .map(({ column, code }) => ({ column, code }));
  const errors = [...unreadable(values), ...taken];
  return { customer: found === null ? null : selectCustomer(db, merchantId, found), errors };
}

/** Whether a row says something about the customer that is not known yet. Empty cells say nothing. */
export function bringsNews(values: ImportedValues, { personal, consentMarketing, code }: Customer): boolean {
  return (
    (values.name !== '' && values.name !== personal.fullName) ||
    (values.phone !== null && values.phone !== personal.phone) ||
    (values.email !== null && values.email !== personal.email) ||
    (values.birthday !== null && values.birthday !== personal.birthday) ||
    (values.note !== '' && values.note !== personal.note) ||
    (values.code !== null && values.code !== code) ||
    (values.consentMarketing !== null && values.consentMarketing !== consentMarketing)
  );
}

function readCustomerCode(text: string): string | null {
  const reading = readCode(text);
  return reading.kind === 'code' ? reading.code : null;
}

/** '2001-05-31', '31/5/2001' or '31.05.2001'; the month first where the region writes it so. */
function readBirthday(text: string, isMonthFirst: boolean): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const [year, month, day] =
    iso !== null ? iso.slice(1) : [parts?.[3], parts?.[isMonthFirst ? 1 : 2], parts?.[isMonthFirst ? 2 : 1]];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return readDate(date) === null ? null : date;
}

const YES: readonly string[] = ['yes', 'y', 'si', 's', 'true', 'verdadero', '1', 'x'];
const NO: readonly string[] = ['no', 'n', 'false', 'falso', '0'];

function readConsent(text: string): boolean | null {
  const word = foldForSearch(text);
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : null;
}

/** An exported cell that begins with a quote mark against formulas is the cell behind it. */
function unguarded(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
