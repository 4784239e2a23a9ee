import { z } from 'zod';
import { idSchema } from '../ids/ids.ts';
import { lengthOf, lineText } from '../text/text-schema.ts';
import { readDate } from '../time/civil-date.ts';

export const CUSTOM_FIELD_KINDS = ['text', 'number', 'date', 'choice', 'yes-no'] as const;
export type CustomFieldKind = (typeof CUSTOM_FIELD_KINDS)[number];

/** At most this many fields of its own a shop keeps of a customer. */
export const MAX_CUSTOM_FIELDS = 30;
const MAX_TEXT = 200;

/** A field that a shop added to its customers; `choices` only for a choice. */
export interface CustomField {
  readonly fieldId: string;
  readonly name: string;
  readonly kind: CustomFieldKind;
  readonly choices: readonly string[];
  /** Asked when somebody is enrolled, not only on their page. */
  readonly isAskedAtEnrolment: boolean;
  /** Nobody is enrolled without it, and it is not taken away; only where it is asked. */
  readonly isRequired: boolean;
}

export type CustomValue = string | number | boolean;
/** Values by field id; personal data, erased with the rest. */
export type CustomValues = Readonly<Record<string, CustomValue>>;

/** A field as it comes from a screen: a choice has two to 50 different choices, other kinds none. */
export const customFieldSchema = z
  .strictObject({
    fieldId: idSchema,
    name: lineText({ max: 60 }),
    kind: z.enum(CUSTOM_FIELD_KINDS),
    choices: z.array(lineText({ max: 60 })).max(50),
    isAskedAtEnrolment: z.boolean().default(false),
    isRequired: z.boolean().default(false),
  })
  .refine(
    ({ kind, choices }) =>
      kind === 'choice' ? choices.length >= 2 && new Set(choices).size === choices.length : choices.length === 0,
    { path: ['choices'], error: 'a choice has two or more different choices' },
  )
  .refine((field) => field.isAskedAtEnrolment || !field.isRequired, {
    path: ['isRequired'],
    error: 'what is required is asked',
  });

/** Values as they come from a screen; null takes one away. What fits which field is said by `misfitOf`. */
export const customValuesSchema = z
  .record(idSchema, z.union([lineText({ max: MAX_TEXT }), z.number().min(-1e12).max(1e12), z.boolean()]).nullable())
  .refine((values) => Object.keys(values).length <= MAX_CUSTOM_FIELDS, { error: 'too many values' });
export type CustomValuesInput = z.output<typeof customValuesSchema>;

/** The first field that does not take its value, or null when all fit. Unknown fields take none. */
export function misfitOf(fields: readonly CustomField[], values: CustomValuesInput): string | null {
  for (const [fieldId, value] of Object.entries(values)) {
    const field = fields.find((known) => known.fieldId === fieldId);
    if (field === undefined || (value !== null && !takes(field, value))) return fieldId;
  }
  return null;
}

/** The first required field that somebody who is being enrolled was not asked, or null. */
export function missingAtEnrolment(fields: readonly CustomField[], values: CustomValuesInput): string | null {
  return fields.find(({ fieldId, isRequired }) => isRequired && (values[fieldId] ?? null) === null)?.fieldId ?? null;
}

/** The first required field that a change would take away, or null; who never told it may go on without. */
export function takenAway(
  fields: readonly CustomField[],
  before: CustomValues,
  changes: CustomValuesInput,
): string | null {
  const isGone = ({ fieldId, isRequired }: CustomField) =>
    isRequired && changes[fieldId] === null && before[fieldId] !== undefined;
  return fields.find(isGone)?.fieldId ?? null;
}

function takes(field: CustomField, value: CustomValue): boolean {
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' && lengthOf(value) <= MAX_TEXT;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'date':
      return typeof value === 'string' && readDate(value) !== null;
    case 'choice':
      return typeof value === 'string' && field.choices.includes(value);
    case 'yes-no':
      return typeof value === 'boolean';
  }
}

/** Values after a change: what is null goes, the rest is put over what was. */
export function withCustomValues(before: CustomValues, changes: CustomValuesInput): CustomValues {
  const after = new Map(Object.entries(before));
  for (const [fieldId, value] of Object.entries(changes)) {
    if (value === null) after.delete(fieldId);
    else after.set(fieldId, value);
  }
  return Object.fromEntries([...after].sort(([a], [b]) => (a < b ? -1 : 1)));
}
