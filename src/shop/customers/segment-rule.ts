import { z } from 'zod';
import { idSchema } from '../ids/ids.ts';
import { lineText } from '../text/text-schema.ts';
import type { CustomValues } from './custom-field.ts';

/** What a rule can ask of a customer, by how it is compared. */
export const SEGMENT_FIELDS = {
  spentMinor: 'number',
  sales: 'number',
  visits: 'number',
  balance: 'number',
  lastVisitDays: 'days',
  firstVisitDays: 'days',
  createdDays: 'days',
  tier: 'word',
  language: 'word',
  tags: 'words',
  birthdayMonth: 'month',
  consent: 'yes-no',
  custom: 'any',
} as const;
export type SegmentField = keyof typeof SEGMENT_FIELDS;
type FieldKind = (typeof SEGMENT_FIELDS)[SegmentField];

export const SEGMENT_OPERATORS = ['at-least', 'at-most', 'is', 'is-not', 'is-empty', 'is-this-month'] as const;
export type SegmentOperator = (typeof SEGMENT_OPERATORS)[number];

/** The operators that a field of each kind knows. Days are counted back from now: at most 30 is "within 30 days". */
export const OPERATORS_OF: Readonly<Record<FieldKind, readonly SegmentOperator[]>> = {
  number: ['at-least', 'at-most', 'is'],
  days: ['at-most', 'at-least', 'is-empty'],
  word: ['is', 'is-not', 'is-empty'],
  words: ['is', 'is-not', 'is-empty'],
  month: ['is-this-month', 'is', 'is-empty'],
  'yes-no': ['is'],
  any: ['is', 'is-not', 'at-least', 'at-most', 'is-empty'],
};

/** One question. fieldId names a field of the shop's own, for 'custom' alone; value is null where the operator needs none. */
export interface SegmentCondition {
  readonly field: SegmentField;
  readonly fieldId: string | null;
  readonly operator: SegmentOperator;
  readonly value: number | string | boolean | null;
}

/** A question, or a group of them; an empty group 'all' holds for everybody, an empty 'any' for nobody. */
export type SegmentRule =
  | SegmentCondition
  | { readonly all: readonly SegmentRule[] }
  | { readonly any: readonly SegmentRule[] }
  | { readonly not: SegmentRule };

export const MAX_RULE_DEPTH = 5;
export const MAX_RULE_CONDITIONS = 30;

const FIELDS = Object.keys(SEGMENT_FIELDS) as [SegmentField, ...SegmentField[]];

const conditionSchema = z
  .strictObject({
    field: z.enum(FIELDS),
    fieldId: idSchema.nullable(),
    operator: z.enum(SEGMENT_OPERATORS),
    value: z.union([z.number().min(-1e15).max(1e15), lineText({ max: 200 }), z.boolean()]).nullable(),
  })
  .refine(isWellFormed, { error: 'the operator or value does not fit the field' });

const ruleShape: z.ZodType<SegmentRule> = z.lazy(() =>
  z.union([
    conditionSchema,
    z.strictObject({ all: z.array(ruleShape).max(MAX_RULE_CONDITIONS) }),
    z.strictObject({ any: z.array(ruleShape).max(MAX_RULE_CONDITIONS) }),
    z.strictObject({ not: ruleShape }),
  ]),
);

/** A rule as it comes from a screen: at most 5 groups deep, at most 30 questions. The depth is judged before the shape. */
export const segmentRuleSchema: z.ZodType<SegmentRule> = z
  .unknown()
  .refine((rule) => isShallow(rule, MAX_RULE_DEPTH), { error: 'too deep' })
  .pipe(ruleShape)
  .refine((rule) => conditionsOf(rule).length <= MAX_RULE_CONDITIONS, { error: 'too many conditions' }) as never;

function isShallow(rule: unknown, depthLeft: number): boolean {
  if (typeof rule !== 'object' || rule === null) return true;
  const group = rule as { all?: unknown; any?: unknown; not?: unknown };
  const parts = [group.all, group.any, group.not === undefined ? undefined : [group.not]].filter(Array.isArray).flat();
  return parts.length === 0 || (depthLeft > 0 && parts.every((part) => isShallow(part, depthLeft - 1)));
}

function isWellFormed({ field, fieldId, operator, value }: SegmentCondition): boolean {
  const kind = SEGMENT_FIELDS[field];
  if ((field === 'custom') !== (fieldId !== null) || !OPERATORS_OF[kind].includes(operator)) return false;
  if (operator === 'is-empty' || operator === 'is-this-month') return value === null;
  if (kind === 'number' || kind === 'days') return Number.isSafeInteger(value);
  if (kind === 'month') return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 12;
  if (kind === 'yes-no') return typeof value === 'boolean';
  if (kind === 'any') return value !== null && !(typeof value === 'boolean' && operator.startsWith('at-'));
  return typeof value === 'string';
}

/** Every question of a rule, in order. */
export function conditionsOf(rule: SegmentRule): readonly SegmentCondition[] {
  if ('not' in rule) return conditionsOf(rule.not);
  if ('all' in rule) return rule.all.flatMap(conditionsOf);
  return 'any' in rule ? rule.any.flatMap(conditionsOf) : [rule];
}

/** What a rule reads of one customer as of an instant. Days are whole days of 24 hours back; null: never, or not told. */
export interface SegmentFacts {
  readonly spentMinor: number;
  readonly sales: number;
  readonly visits: number;
  readonly balance: number;
  readonly lastVisitDays: number | null;
  readonly firstVisitDays: number | null;
  readonly createdDays: number;
  readonly tier: string | null;
  readonly language: string | null;
  readonly tags: readonly string[];
  readonly birthdayMonth: number | null;
  readonly consent: boolean;
  readonly custom: CustomValues;
}

/** Whether a customer belongs to the segment. thisMonth: the month of the shop's business date, 1 to 12. */
export function isInSegment(rule: SegmentRule, facts: SegmentFacts, thisMonth: number): boolean {
  if ('not' in rule) return !isInSegment(rule.not, facts, thisMonth);
  if ('all' in rule) return rule.all.every((part) => isInSegment(part, facts, thisMonth));
  if ('any' in rule) return rule.any.some((part) => isInSegment(part, facts, thisMonth));
  return holds(rule, facts, thisMonth);
}

function holds({ field, fieldId, operator, value }: SegmentCondition, facts: SegmentFacts, thisMonth: number): boolean {
  if (field === 'tags') return holdsOfTags(operator, value, facts.tags);
  const found = field === 'custom' ? (facts.custom[fieldId ?? ''] ?? null) : facts[field];
  switch (operator) {
    case 'is':
      return found === value;
    case 'is-not':
      return found !== value;
    case 'is-empty':
      return found === null;
    case 'is-this-month':
      return found === thisMonth;
    case 'at-least':
      return typeof found === typeof value && found !== null && value !== null && found >= value;
    case 'at-most':
      return typeof found === typeof value && found !== null && value !== null && found <= value;
  }
}

function holdsOfTags(operator: SegmentOperator, value: SegmentCondition['value'], tags: readonly string[]): boolean {
  if (operator === 'is-empty') return tags.length === 0;
  return tags.some((tag) => tag === value) === (operator === 'is');
}
