import type { CustomField, CustomFieldKind } from '#shop/customers/custom-field.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_FIELDS = sql`
  SELECT id AS fieldId, name, kind, choices, is_asked_at_enrolment AS isAskedAtEnrolment, is_required AS isRequired
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
  INSERT INTO custom_fields (
    id, merchant_id, name, kind, choices, position, is_asked_at_enrolment, is_required, updated_at_ms)
  VALUES (:fieldId, :merchantId, :name, :kind, :choices, :position, :isAskedAtEnrolment, :isRequired, :atMs)
  ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    choices = excluded.choices,
    position = excluded.position,
    is_asked_at_enrolment = excluded.is_asked_at_enrolment,
    is_required = excluded.is_required,
    is_active = 1,
    version = version + 1,
    updated_at_ms = excluded.updated_at_ms
  WHERE merchant_id = excluded.merchant_id
    AND kind = excluded.kind`;

/** The shop's own fields in their order. */
export function selectCustomFields(db: ReadableDb, merchantId: string): CustomField[] {
  return db.all<FieldRow>(SELECT_FIELDS, { merchantId }).map((row) => ({
    ...row,
    choices: JSON.parse(row.choices) as string[],
    isAskedAtEnrolment: row.isAskedAtEnrolment === 1,
    isRequired: row.isRequired === 1,
  }));
}

interface FieldRow {
  readonly fieldId: string;
  readonly name: string;
  readonly kind: CustomFieldKind;
  readonly choices: string;
  readonly isAskedAtEnrolment: number;
  readonly isRequired: number;
}

/** Puts the shop's fields in place of those before; returns whether each was written: a field never changes its kind. */
export function replaceCustomFields(
  db: WritableDb,
  given: { readonly merchantId: string; readonly atMs: number; readonly fields: readonly CustomField[] },
): boolean {
  const { merchantId, atMs, fields } = given;
  db.run(RETIRE_FIELDS, { merchantId, atMs, kept: JSON.stringify(fields.map((field) => field.fieldId)) });
  return fields.every((field, position) => {
    const asked = { isAskedAtEnrolment: field.isAskedAtEnrolment ? 1 : 0, isRequired: field.isRequired ? 1 : 0 };
    const row = { ...field, ...asked, choices: JSON.stringify(field.choices), merchantId, position, atMs };
    return db.run(UPSERT_FIELD, row) === 1;
  });
}
