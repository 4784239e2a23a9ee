import { z } from 'zod';
import { customFieldSchema, MAX_CUSTOM_FIELDS } from '#shop/customers/custom-field.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { noteText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { insertConsentText, selectConsentText } from './consents-store.ts';
import { replaceCustomFields, selectCustomFields } from './custom-fields-store.ts';

/** What a shop keeps of its customers besides what every shop keeps: its own fields and its wording of consent. */
export function customerFields({ db, shop }: ReadScope) {
  return {
    fields: selectCustomFields(db, shop.merchantId),
    consentText: selectConsentText(db, shop.merchantId),
  };
}

export const saveFieldsSchema = z
  .strictObject({ fields: z.array(customFieldSchema).max(MAX_CUSTOM_FIELDS) })
  .refine(({ fields }) => new Set(fields.map((field) => field.fieldId)).size === fields.length, {
    path: ['fields'],
    error: 'field ids are unique',
  });

/**
 * Puts the shop's fields, in order, in place of those before. A field that is left out is asked no more; what was told
 * stays until it is erased. Throws when a field would change its kind: screens give a new one instead.
 */
export function saveFields(
  scope: CommandScope,
  { fields }: z.output<typeof saveFieldsSchema>,
): Outcome<{ fields: number }> {
  const { db, shop, moment } = scope;
  const before = selectCustomFields(db, shop.merchantId);
  for (const field of fields) {
    const known = before.find(({ fieldId }) => fieldId === field.fieldId);
    if (known !== undefined && known.kind !== field.kind)
      return refuse('custom-value-unfit', { fieldId: field.fieldId });
  }
  const isWritten = replaceCustomFields(db, { merchantId: shop.merchantId, atMs: moment.atMs, fields });
  if (!isWritten) return refuse('not-found', { kind: 'custom-field' });
  const after = { fields: fields.map((field) => ({ ...field, choices: [...field.choices] })) };
  scope.fact('custom_fields', { merchantId: shop.merchantId, ...after, atMs: moment.atMs });
  const old = { fields: before.map((field) => ({ ...field, choices: [...field.choices] })) };
  scope.changed({ table: 'custom_fields', recordId: shop.merchantId, before: old, after });
  scope.touch('customers');
  return done({ fields: fields.length });
}

export const publishConsentSchema = z.strictObject({ text: noteText({ min: 1, max: 2000 }) });

/** Publishes a new wording of consent. Who agreed to an older one still did: each consent names its version. */
export function publishConsent(
  scope: CommandScope,
  { text }: z.output<typeof publishConsentSchema>,
): Outcome<{ version: number }> {
  const { db, shop, session, moment } = scope;
  const before = selectConsentText(db, shop.merchantId);
  if (before?.text === text) return done({ version: before.version });
  const version = (before?.version ?? 0) + 1;
  const row = { merchantId: shop.merchantId, version, text, publishedAtMs: moment.atMs, staffId: session.staffId };
  insertConsentText(db, row);
  scope.fact('consent_texts', row);
  scope.changed({
    table: 'consent_texts',
    recordId: `${version}`,
    before: before === null ? null : { ...before },
    after: row,
  });
  scope.touch('customers');
  return done({ version });
}
