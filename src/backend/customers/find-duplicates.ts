import { z } from 'zod';
import {
  type ComparedPerson,
  DUPLICATE_REASONS,
  type DuplicateReason,
  duplicateReason,
} from '#shop/customers/duplicates.ts';
import { readEmail } from '#shop/customers/email.ts';
import { readPhone, shownPhone } from '#shop/customers/phone.ts';
import { birthdaySchema } from '#shop/customers/customer-schema.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { refusalError } from '../trpc.ts';
import {
  findByEmailStart,
  findNameCandidates,
  SEARCH_LEVELS,
  selectFound,
  selectFoundByPhone,
} from './customer-search-store.ts';
import { selectCustomer } from './customers-store.ts';
import { insertDistinct, selectDistinctFrom } from './merges-store.ts';
import { nameTerms, slipMatch, wordStartMatch } from './name-query.ts';

const MOST_PROPOSED = 5;
/** Of a name that very many have, the first so many of each level are compared. */
const CANDIDATES_PER_LEVEL = 100;

export interface ProposedDuplicate {
  readonly customerId: string;
  readonly displayName: string;
  readonly code: string;
  readonly phoneNational: string | null;
  readonly email: string | null;
  readonly balance: number;
  readonly lastVisitAtMs: number | null;
  readonly reason: DuplicateReason;
}

export const similarSchema = z.strictObject({
  name: soughtText({ max: 120 }),
  phone: soughtText({ max: 40 }).optional(),
  email: soughtText({ max: 254 }).optional(),
  birthday: birthdaySchema.nullish(),
});

/** Who may be the person that is being enrolled, the surest first. */
export function similarCustomers(
  scope: ReadScope,
  { name, phone, email, birthday }: z.output<typeof similarSchema>,
): { customers: ProposedDuplicate[] } {
  const person = {
    fullName: name,
    phone: readPhone(phone ?? '', scope.shop.country)?.e164 ?? null,
    email: readEmail(email ?? ''),
    birthday: birthday ?? null,
  };
  return { customers: proposed(scope, person, new Set()) };
}

/** Who may be the same person as this customer, the surest first; none of whom somebody said that they are not. */
export function duplicatesOf(
  scope: ReadScope,
  { customerId }: { customerId: string },
): { customers: ProposedDuplicate[] } {
  const { db, shop } = scope;
  const known = selectCustomer(db, shop.merchantId, customerId);
  if (known === null) throw refusalError(refuse('not-found', { kind: 'customer' }));
  if (known.status === 'erased' || known.duplicateOf !== null) return { customers: [] };
  return { customers: proposed(scope, known.personal, new Set([customerId, ...selectDistinctFrom(db, customerId)])) };
}

export const distinctSchema = z.strictObject({ customerId: idSchema, otherCustomerId: idSchema });

/** Keeps that two customers are two people: they are not proposed again. Refuses 'not-found' and 'merge-same'. */
export function markDistinct(
  scope: CommandScope,
  { customerId, otherCustomerId }: z.output<typeof distinctSchema>,
): Outcome<{ customerId: string }> {
  const { db, shop, session, moment } = scope;
  if (customerId === otherCustomerId) return refuse('merge-same');
  for (const id of [customerId, otherCustomerId]) {
    if (selectCustomer(db, shop.merchantId, id) === null) return refuse('not-found', { kind: 'customer' });
  }
  const row = {
    a: customerId,
    b: otherCustomerId,
    merchantId: shop.merchantId,
    staffId: session.staffId,
    atMs: moment.atMs,
  };
  insertDistinct(db, row);
  scope.fact('distinct_customers', row);
  scope.changed({ table: 'distinct_customers', recordId: customerId, before: null, after: { otherCustomerId } });
  scope.touch('customers');
  return done({ customerId });
}

function proposed(scope: ReadScope, person: ComparedPerson, without: ReadonlySet<string>): ProposedDuplicate[] {
  const { db, shop } = scope;
  const found = selectFound(db, candidatesOf(scope, person)).flatMap((row) => {
    if (without.has(row.customerId) || row.status === 'erased') return [];
    const birthday = selectCustomer(db, shop.merchantId, row.customerId)?.personal.birthday ?? null;
    const reason = duplicateReason(person, { ...row, birthday });
    return reason === null ? [] : [{ row, reason }];
  });
  const rank = ({ reason }: { reason: DuplicateReason }): number => DUPLICATE_REASONS.indexOf(reason);
  found.sort((a, b) => rank(a) - rank(b));
  return found.slice(0, MOST_PROPOSED).map(({ row, reason }) => ({
    customerId: row.customerId,
    displayName: row.fullName === '' ? row.code : row.fullName,
    code: row.code,
    phoneNational: row.phone === null ? null : shownPhone(row.phone, shop.country),
    email: row.email,
    balance: row.balance,
    lastVisitAtMs: row.lastVisitAtMs,
    reason,
  }));
}

function candidatesOf({ db, shop }: ReadScope, { fullName, phone, email }: ComparedPerson): number[] {
  const { merchantId } = shop;
  const numbers = new Set<number>();
  const byPhone = phone === null ? null : selectFoundByPhone(db, merchantId, phone);
  if (byPhone !== null) numbers.add(byPhone.customerNumber);
  const mailbox = (email ?? '').split(/[+@]/)[0] ?? '';
  if (mailbox.length >= 3) for (const number of findByEmailStart(db, merchantId, mailbox, 50)) numbers.add(number);
  const terms = nameTerms(fullName).filter((term) => term.length > 1);
  if (terms.length < 2) return [...numbers];
  // The whole name with one slip, and the longest of its words alone: a slip in a short first name is found by the other.
  const [longest = ''] = terms.toSorted((a, b) => b.length - a.length);
  for (const match of [slipMatch(terms), wordStartMatch([longest])]) {
    if (match === null) continue;
    for (const fromRowid of SEARCH_LEVELS) {
      const asked = { merchantId, match, fromRowid, limit: CANDIDATES_PER_LEVEL };
      for (const { customerNumber } of findNameCandidates(db, asked)) numbers.add(customerNumber);
    }
  }
  return [...numbers];
}
