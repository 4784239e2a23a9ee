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
export const OPERATORS_OF = {
  number: ['at-least', 'at-most', 'is'],
  days: ['at-most', 'at-least', 'is-empty'],
  word: ['is', 'is-not', 'is-empty'],
  words: ['is', 'is-not', 'is-empty'],
  month: ['is-this-month', 'is', 'is-empty'],
  'yes-no': ['is'],
  any: ['is', 'is-not', 'at-least', 'at-most', 'is-empty'],
} as const satisfies Record<FieldKind, readonly SegmentOperator[]>;

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

const wordSchema = lineText({ max: 200 });
const numberSchema = z.number().min(-1e15).max(1e15);
const DAYS = ['lastVisitDays', 'firstVisitDays', 'createdDays'] as const;

/** Questions of some fields that share their operators and their kind of value. */
function asking<Field extends SegmentField, Operator extends SegmentOperator, Value extends z.ZodType>(
  fields: readonly Field[],
  operators: readonly Operator[],
  value: Value,
) {
  return z.strictObject({ field: z.enum(fields), fieldId: z.null(), operator: z.enum(operators), value });
}

function askingOwn<Operator extends SegmentOperator, Value extends z.ZodType>(
  operators: readonly Operator[],
  value: Value,
) {
  return z.strictObject({ field: z.literal('custom'), fieldId: idSchema, operator: z.enum(operators), value });
}

const conditionSchema = z.union([
  asking(['spentMinor', 'sales', 'visits', 'balance'], OPERATORS_OF.number, z.int()),
  asking(DAYS, ['at-most', 'at-least'], z.int()),
  asking(['tier', 'language', 'tags'], ['is', 'is-not'], wordSchema),
  asking(['birthdayMonth'], ['is'], z.int().min(1).max(12)),
  asking(['birthdayMonth'], ['is-this-month'], z.null()),
  asking([...DAYS, 'tier', 'language', 'tags', 'birthdayMonth'], ['is-empty'], z.null()),
  asking(['consent'], ['is'], z.boolean()),
  askingOwn(['is', 'is-not'], z.union([numberSchema, wordSchema, z.boolean()])),
  askingOwn(['at-least', 'at-most'], z.union([numberSchema, wordSchema])),
  askingOwn(['is-empty'], z.null()),
]);

/** Level by level and not recursive: what is nested deeper is refused without being followed. */
function ruleOfDepth(depth: number): z.ZodType<SegmentRule> {
  if (depth === 0) return conditionSchema;
  const part = ruleOfDepth(depth - 1);
  const parts = z.array(part).max(MAX_RULE_CONDITIONS);
  return z.union([
    conditionSchema,
    z.strictObject({ all: parts }),
    z.strictObject({ any: parts }),
    z.strictObject({ not: part }),
  ]);
}

/** A rule as it comes from a screen: at most 5 groups deep, at most 30 questions. */
export const segmentRuleSchema: z.ZodType<SegmentRule> = ruleOfDepth(MAX_RULE_DEPTH).refine(
  (rule) => conditionsOf(rule).length <= MAX_RULE_CONDITIONS,
  { error: 'too many conditions' },
);

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
