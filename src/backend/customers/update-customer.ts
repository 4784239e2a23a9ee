import { misfitOf, takenAway, withCustomValues } from '#shop/customers/custom-field.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { insertReplacedCode } from './cards-store.ts';
import { type NewConsent, writeConsent } from './consents-store.ts';
import { selectCustomFields } from './custom-fields-store.ts';
import type { UpdateCustomerInput } from './customer-schemas.ts';
import {
  type Customer,
  type PersonalData,
  selectCodeOwner,
  selectCustomer,
  updateCustomer,
} from './customers-store.ts';
import { readContact, storedCode } from './enrol-customer.ts';

/**
 * Changes what is told of a customer. Refuses 'not-found', 'changed-elsewhere' (with the version now), 'name-required' when
 * nothing that names the person would be left, unreadable or taken phone and e-mail, 'custom-value-unfit' and
 * 'custom-value-required' with the field, 'code-taken', and
 * 'merge-already' with who holds a record that was merged.
 */
export function changeCustomer(scope: CommandScope, input: UpdateCustomerInput): Outcome<{ version: number }> {
  const { db, shop } = scope;
  const known = selectCustomer(db, shop.merchantId, input.customerId);
  if (known === null || known.status === 'erased') return refuse('not-found', { kind: 'customer' });
  if (known.duplicateOf !== null) return refuse('merge-already', { customerId: known.duplicateOf });
  if (input.version !== undefined && input.version !== known.version) {
    return refuse('changed-elsewhere', { version: known.version });
  }
  const typed = {
    phone: input.phone === undefined ? known.personal.phone : input.phone,
    email: input.email === undefined ? known.personal.email : input.email,
  };
  const contact = readContact(scope, typed, known.customerId);
  if (contact.kind === 'refused') return contact;
  const fields = selectCustomFields(db, shop.merchantId);
  const misfit = misfitOf(fields, input.custom ?? {});
  if (misfit !== null) return refuse('custom-value-unfit', { fieldId: misfit });
  const missing = takenAway(fields, known.personal.custom, input.custom ?? {});
  if (missing !== null) return refuse('custom-value-required', { fieldId: missing });
  const personal: PersonalData = {
    ...known.personal,
    fullName: input.name ?? known.personal.fullName,
    callName: input.callName === undefined ? known.personal.callName : emptyAsNull(input.callName),
    phone: contact.phone,
    email: contact.email,
    birthday: input.birthday === undefined ? known.personal.birthday : input.birthday,
    note: input.note ?? known.personal.note,
    tags: input.tags ?? known.personal.tags,
    custom: withCustomValues(known.personal.custom, input.custom ?? {}),
    contactBy: input.contactBy === undefined ? known.personal.contactBy : input.contactBy,
  };
  if (input.name === '' && personal.phone === null && personal.email === null) return refuse('name-required');
  const code = input.cardCode === undefined ? known.code : storedCode(input.cardCode);
  const codeOwner = code === known.code ? null : selectCodeOwner(db, shop.merchantId, code);
  if (codeOwner !== null) return refuse('code-taken', { customerId: codeOwner });
  const after = {
    id: known.customerId,
    merchantId: shop.merchantId,
    code,
    consentMarketing: input.consentMarketing ?? known.consentMarketing,
    language: input.language === undefined ? known.language : input.language,
    status: known.status,
    atMs: scope.moment.atMs,
  };
  return done(writeChange(scope, known, { after, personal, type: 'customer.updated' }));
}

/** What becomes of a customer's row. */
export type ChangedRow = {
  readonly id: string;
  readonly merchantId: string;
  readonly code: string;
  readonly language: string | null;
  readonly consentMarketing: boolean;
  readonly status: 'active' | 'blocked';
  readonly atMs: number;
};

/**
 * Writes a change that has been decided in every respect: rows, the card that it replaces, the consent that it gives or
 * takes back, op, event and audit. Returns the version now.
 */
export function writeChange(
  scope: CommandScope,
  known: Customer,
  change: {
    readonly after: ChangedRow;
    readonly personal: PersonalData;
    /** What it is called in the history; null where another event of the command tells it. */
    readonly type: string | null;
    /** How consent was given or taken back, where the change does either; left out: at the counter, today. */
    readonly consent?: Omit<NewConsent, 'id' | 'customerId' | 'isGiven'>;
  },
): { version: number } {
  const { after, personal, type } = change;
  updateCustomer(scope.db, { ...after, customerNumber: known.customerNumber, personal });
  if (after.code !== known.code) insertReplacedCode(scope, known.customerId, known.code);
  record(scope, known, { after, personal, type });
  if (after.consentMarketing !== known.consentMarketing) {
    const isGiven = after.consentMarketing;
    writeConsent(scope, { channel: 'till', ...change.consent, customerId: known.customerId, isGiven });
  }
  return { version: known.version + 1 };
}

function record(
  scope: CommandScope,
  before: Customer,
  {
    after,
    personal,
    type,
  }: { readonly after: ChangedRow; readonly personal: PersonalData; readonly type: string | null },
): void {
  scope.fact('customers', { ...after, version: before.version + 1 });
  scope.personalFact('customer_pii', { customerId: before.customerId, ...personal });
  const fields = (Object.keys(personal) as (keyof PersonalData)[]).filter(
    (key) => JSON.stringify(personal[key]) !== JSON.stringify(before.personal[key]),
  );
  if (type !== null) scope.event({ type, category: 'ACTION', customerId: before.customerId, data: { fields } });
  const { code, consentMarketing, status } = before;
  scope.changed({
    table: 'customers',
    recordId: before.customerId,
    before: { code, consentMarketing, status },
    after: { ...after, version: before.version + 1 },
    personalBefore: { ...before.personal },
    personalAfter: { ...personal },
  });
  scope.touch('customers');
}

function emptyAsNull(text: string | null): string | null {
  return text === '' ? null : text;
}
