import { randomBytes } from 'node:crypto';
import { misfitOf, missingAtEnrolment, withCustomValues } from '#shop/customers/custom-field.ts';
import { readEmail } from '#shop/customers/email.ts';
import { readPhone } from '#shop/customers/phone.ts';
import { makeCode, readCode } from '#shop/ids/code.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { CommandScope } from '../command-scope.ts';
import { awardEvent } from '../ledger/award-event.ts';
import { bringFriend } from '../ledger/settle-referral.ts';
import { type Member, selectHolder } from '../points/accounts-store.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import type { EnrolCustomerInput } from './customer-schemas.ts';
import { writeConsent } from './consents-store.ts';
import { selectCustomFields } from './custom-fields-store.ts';
import {
  insertCustomer,
  NOTHING_TOLD,
  type PersonalData,
  selectCodeOwner,
  selectEmailOwner,
  selectPhoneOwner,
} from './customers-store.ts';
import { issueOnJoining } from '../value/issue-on-joining.ts';

/**
 * Enrols a customer: by name, phone, e-mail or a blank card, whose code becomes theirs; otherwise a code is made. Refuses
 * 'name-required' when nothing is told, 'phone-unreadable', 'email-unreadable', 'custom-value-unfit' and
 * 'custom-value-required' with the field, and
 * 'phone-taken', 'email-taken' and 'code-taken' with the id of the customer who holds it.
 */
export function enrolCustomer(
  scope: CommandScope,
  input: EnrolCustomerInput,
): Outcome<{ customerId: string; code: string; points: number }> {
  const contact = readContact(scope, { phone: input.phone ?? null, email: input.email ?? null }, null);
  if (contact.kind === 'refused') return contact;
  const hasIdentity =
    input.name !== '' || contact.phone !== null || contact.email !== null || input.cardCode !== undefined;
  if (!hasIdentity) return refuse('name-required');
  const code = input.cardCode === undefined ? newCode(scope) : storedCode(input.cardCode);
  if (input.cardCode !== undefined) {
    const owner = selectCodeOwner(scope.db, scope.shop.merchantId, code);
    if (owner !== null) return refuse('code-taken', { customerId: owner });
  }
  const fields = selectCustomFields(scope.db, scope.shop.merchantId);
  const misfit = misfitOf(fields, input.custom ?? {});
  if (misfit !== null) return refuse('custom-value-unfit', { fieldId: misfit });
  const missing = missingAtEnrolment(fields, input.custom ?? {});
  if (missing !== null) return refuse('custom-value-required', { fieldId: missing });
  const referrer = input.broughtBy === undefined ? null : referrerOf(scope, input.broughtBy);
  if (referrer !== null && 'reason' in referrer) return referrer;
  const { phone, email } = contact;
  const personal: PersonalData = {
    ...NOTHING_TOLD,
    ...{ fullName: input.name, phone, email, birthday: input.birthday ?? null },
    custom: withCustomValues({}, input.custom ?? {}),
  };
  const { consentMarketing, language = null } = input;
  const customerId = writeNewCustomer(scope, { code, consentMarketing, language, personal });
  return done({ customerId, code, points: welcome(scope, customerId, referrer) });
}

/** Who brings somebody is a regular in good standing; a record that was merged stands for who it was merged into. */
function referrerOf({ db, shop }: CommandScope, customerId: string): Member | Refusal {
  const named = selectHolder(db, shop.merchantId, customerId);
  const held = named?.mergedInto == null ? named : selectHolder(db, shop.merchantId, named.mergedInto);
  if (held === null || held.status === 'erased') return refuse('not-found', { kind: 'customer', customerId });
  return held.status === 'blocked' ? refuse('customer-blocked', { customerId: held.customerId }) : held;
}

/** Gives what the programmes give for joining; returns the new customer's points. */
function welcome(scope: CommandScope, customerId: string, referrer: Member | null): number {
  const { db, shop, moment } = scope;
  const memberOf = (): Member => mustHave(selectHolder(db, shop.merchantId, customerId), 'the new customer');
  const countedOn = localDateOf(moment.atMs, shop.timeZone);
  const versions = selectLiveProgrammes(db, shop.merchantId);
  awardEvent(scope, memberOf(), { event: 'enrolment', occasion: '', countedOn }, versions);
  if (referrer !== null) bringFriend(scope, memberOf(), referrer);
  issueOnJoining(scope, customerId, referrer !== null);
  return memberOf().balance;
}

/** Writes a new customer that has been decided in every respect: rows, op, event and audit. Returns the id. */
export function writeNewCustomer(
  scope: CommandScope,
  given: {
    readonly id?: string;
    readonly code: string;
    readonly language?: string | null;
    readonly consentMarketing: boolean;
    readonly personal: PersonalData;
    readonly source?: 'Till' | 'Import';
  },
): string {
  const id = given.id ?? scope.newId();
  const { code, consentMarketing, personal } = given;
  const language = given.language ?? null;
  const row = { id, merchantId: scope.shop.merchantId, code, language, consentMarketing, atMs: scope.moment.atMs };
  insertCustomer(scope.db, { ...row, personal });
  scope.fact('customers', row);
  scope.personalFact('customer_pii', { customerId: id, ...personal });
  scope.event({
    type: 'customer.created',
    category: 'ACTION',
    customerId: id,
    data: { code },
    source: given.source ?? 'Till',
  });
  if (consentMarketing) writeConsent(scope, { customerId: id, isGiven: true, channel: 'till' });
  scope.changed({ table: 'customers', recordId: id, before: null, after: row, personalAfter: { ...personal } });
  scope.touch('customers');
  return id;
}

/** A code that nobody has. 50 random bits: a second try is needed about never. */
export function newCode(scope: CommandScope): string {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const code = makeCode((bytes) => void bytes.set(randomBytes(bytes.length)));
    if (selectCodeOwner(scope.db, scope.shop.merchantId, code) === null) return code;
  }
  throw new Error('no free customer code was found');
}

/** A code that has been checked by its schema, as it is stored. */
export function storedCode(text: string): string {
  const reading = readCode(text);
  if (reading.kind !== 'code') throw new Error('a card code passed its check and cannot be read');
  return reading.code;
}

/** Reads phone and e-mail and looks who holds them; `ownId` is the customer who may. */
export function readContact(
  scope: CommandScope,
  typed: { readonly phone: string | null; readonly email: string | null },
  ownId: string | null,
): { readonly kind: 'read'; readonly phone: string | null; readonly email: string | null } | Refusal {
  const { db, shop } = scope;
  const phone = isEmpty(typed.phone) ? null : readPhone(typed.phone ?? '', shop.country);
  if (phone === null && !isEmpty(typed.phone)) return refuse('phone-unreadable');
  const email = isEmpty(typed.email) ? null : readEmail(typed.email ?? '');
  if (email === null && !isEmpty(typed.email)) return refuse('email-unreadable');
  const phoneOwner = phone === null ? null : selectPhoneOwner(db, shop.merchantId, phone.e164);
  if (phoneOwner !== null && phoneOwner !== ownId) return refuse('phone-taken', { customerId: phoneOwner });
  const emailOwner = email === null ? null : selectEmailOwner(db, shop.merchantId, email);
  if (emailOwner !== null && emailOwner !== ownId) return refuse('email-taken', { customerId: emailOwner });
  return { kind: 'read', phone: phone?.e164 ?? null, email };
}

function isEmpty(text: string | null): boolean {
  return text === null || text.trim() === '';
}
