import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
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
 * nothing that names the person would be left, unreadable or taken phone and e-mail, and 'code-taken'.
 */
export function changeCustomer(scope: CommandScope, input: UpdateCustomerInput): Outcome<{ version: number }> {
  const { db, shop } = scope;
  const known = selectCustomer(db, shop.merchantId, input.customerId);
  if (known === null || known.status === 'erased') return refuse('not-found', { kind: 'customer' });
  if (input.version !== undefined && input.version !== known.version) {
    return refuse('changed-elsewhere', { version: known.version });
  }
  const typed = {
    phone: input.phone === undefined ? known.personal.phone : input.phone,
    email: input.email === undefined ? known.personal.email : input.email,
  };
  const contact = readContact(scope, typed, known.customerId);
  if (contact.kind === 'refused') return contact;
  const personal: PersonalData = {
    fullName: input.name ?? known.personal.fullName,
    callName: input.callName === undefined ? known.personal.callName : emptyAsNull(input.callName),
    phone: contact.phone,
    email: contact.email,
    birthday: input.birthday === undefined ? known.personal.birthday : input.birthday,
    note: input.note ?? known.personal.note,
    tags: input.tags ?? known.personal.tags,
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
    status: input.status ?? known.status,
    atMs: scope.moment.atMs,
  };
  updateCustomer(db, { ...after, customerNumber: known.customerNumber, personal });
  record(scope, known, after, personal);
  return done({ version: known.version + 1 });
}

type ChangedRow = {
  readonly id: string;
  readonly merchantId: string;
  readonly code: string;
  readonly consentMarketing: boolean;
  readonly status: 'active' | 'blocked';
  readonly atMs: number;
};

function record(scope: CommandScope, before: Customer, after: ChangedRow, personal: PersonalData): void {
  scope.fact('customers', { ...after, version: before.version + 1 });
  scope.personalFact('customer_pii', { customerId: before.customerId, ...personal });
  const fields = (Object.keys(personal) as (keyof PersonalData)[]).filter(
    (key) => JSON.stringify(personal[key]) !== JSON.stringify(before.personal[key]),
  );
  const type = eventTypeOf(before.status, after.status);
  scope.event({ type, category: 'ACTION', customerId: before.customerId, data: { fields } });
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

function eventTypeOf(before: string, after: string): string {
  if (before === after) return 'customer.updated';
  return after === 'blocked' ? 'customer.blocked' : 'customer.unblocked';
}

function emptyAsNull(text: string | null): string | null {
  return text === '' ? null : text;
}
