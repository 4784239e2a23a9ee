import { z } from 'zod';
import { consentStanding, holdsNow } from '#shop/customers/consent.ts';
import { TOLD_CHANNELS } from '#shop/customers/customer-schema.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { noteText } from '#shop/text/text-schema.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { readDate } from '#shop/time/civil-date.ts';
import type { CommandScope } from '../command-scope.ts';
import { type ConsentRow, selectConsents, selectConsentText, writeConsent } from './consents-store.ts';
import { type Customer, selectCustomer } from './customers-store.ts';
import { writeChange } from './update-customer.ts';

export const setConsentSchema = z.strictObject({
  customerId: idSchema,
  isGiven: z.boolean(),
  channel: z.enum(TOLD_CHANNELS),
  /** The day on which it was said, 'YYYY-MM-DD'; left out: today. */
  saidOn: z
    .string()
    .refine((text) => readDate(text) !== null, { error: 'not a date of the calendar' })
    .optional(),
  note: noteText({ max: 500 }).optional(),
});

/**
 * Records what a customer said about being written to: at the counter, by phone, on paper or in a message, on which day, and
 * what is to be noted of it. What was said on a later day goes on holding: `holds` tells whether this says what holds now.
 * Refuses 'not-found', 'merge-already', and 'consent-day-ahead' for a day that has not come.
 */
export function setConsent(
  scope: CommandScope,
  input: z.output<typeof setConsentSchema>,
): Outcome<{ version: number; holds: boolean }> {
  const { db, shop, moment } = scope;
  const known = selectCustomer(db, shop.merchantId, input.customerId);
  if (known === null || known.status === 'erased') return refuse('not-found', { kind: 'customer' });
  if (known.duplicateOf !== null) return refuse('merge-already', { customerId: known.duplicateOf });
  const today = localDateOf(moment.atMs, shop.timeZone);
  const statement = { ...input, saidOn: input.saidOn ?? today };
  if (statement.saidOn > today) return refuse('consent-day-ahead', { today });
  const { channel, saidOn, note } = statement;
  const said = { channel, saidOn, note, category: 'ACTION' } as const;
  const before = selectConsents(db, shop.merchantId, known.customerId);
  const holds = holdsNow(statement, before);
  if (isSaidAlready(statement, before[0], selectConsentText(db, shop.merchantId)?.version ?? 0)) {
    return done({ version: known.version, holds });
  }
  const isChange = holds && known.consentMarketing !== input.isGiven;
  if (isChange) {
    const { code, language, status, personal } = known;
    const row = { id: known.customerId, merchantId: shop.merchantId, code, language, atMs: moment.atMs };
    const after = {
      ...row,
      status: status === 'blocked' ? status : ('active' as const),
      consentMarketing: input.isGiven,
    };
    return done({
      ...writeChange(scope, known, { after, personal, type: null, consent: said }),
      holds,
    });
  }
  writeConsent(scope, { ...said, customerId: known.customerId, isGiven: input.isGiven });
  noteStatement(scope, known, statement, consentStanding(known.consentMarketing, before));
  return done({ version: known.version, holds });
}

/** The same thing again, of the same day under the same wording, says nothing new. */
function isSaidAlready(
  { isGiven, channel, saidOn, note = '' }: z.output<typeof setConsentSchema>,
  last: ConsentRow | undefined,
  textVersion: number,
): boolean {
  if (last === undefined) return false;
  const isSame = last.isGiven === isGiven && last.channel === channel && last.saidOn === saidOn;
  return isSame && last.textVersion === textVersion && (note === '' || last.note === note);
}

/** What changes nothing of the customer's row is told to the audit log by itself. */
function noteStatement(
  scope: CommandScope,
  { customerId }: Customer,
  { isGiven, channel, saidOn, note }: z.output<typeof setConsentSchema>,
  standing: string,
): void {
  scope.changed({
    table: 'customer_consents',
    recordId: customerId,
    before: { standing },
    after: { isGiven, channel, saidOn: saidOn ?? null },
    ...(note === undefined || note === '' ? {} : { personalAfter: { note } }),
  });
  scope.touch('customers');
}
