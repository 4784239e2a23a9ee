import type { CustomField, CustomFieldKind } from '#shop/customers/custom-field.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_FIELDS = sql`
  SELECT id AS fieldId, name, kind, choices
  FROM custom_fields
  WHERE merchant_id = :merchantId
    AND is_active = 1
  ORDER BY position, id
  LIMIT 100`;

const RETIRE_FIELDS = sql`
  UPDATE custom_fields
  SET is_active = 0, version = version + 1, updated_at_ms = :atMs
  WHERE merchant_id = :merchantId
    AND is_active = 1
    AND id NOT IN (SELECT value FROM json_each(:kept))`;

const UPSERT_FIELD = sql`
  INSERT INTO custom_fields (id, merchant_id, name, kind, choices, position, updated_at_ms)
  VALUES (:fieldId, :merchantId, :name, :kind, :choices, :position, :atMs)
  ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    choices = excluded.choices,
    position = excluded.position,
    is_active = 1,
    version = version + 1,
    updated_at_ms = excluded.updated_at_ms
  WHERE merchant_id = excluded.merchant_id
    AND kind = excluded.kind`;

/** The shop's own fields in their order. */
export function selectCustomFields(db: ReadableDb, merchantId: string): CustomField[] {
  return db
    .all<{ fieldId: string; name: string; kind: CustomFieldKind; choices: string }>(SELECT_FIELDS, { merchantId })
    .map((row) => ({ ...row, choices: JSON.parse(row.choices) as string[] }));
}

/** Puts the shop's fields in place of those before; returns whether each was written: a field never changes its kind. */
export function replaceCustomFields(
  db: WritableDb,
  given: { readonly merchantId: string; readonly atMs: number; readonly fields: readonly CustomField[] },
): boolean {
  const { merchantId, atMs, fields } = given;
  db.run(RETIRE_FIELDS, { merchantId, atMs, kept: JSON.stringify(fields.map((field) => field.fieldId)) });
  return fields.every(
    (field, position) =>
      db.run(UPSERT_FIELD, { ...field, choices: JSON.stringify(field.choices), merchantId, position, atMs }) === 1,
  );
}
