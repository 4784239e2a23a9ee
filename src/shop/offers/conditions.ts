import { z } from 'zod';
import { idSchema } from '../ids/ids.ts';
import { MAX_AMOUNT_MINOR } from '../money/money.ts';
import { lineText } from '../text/text-schema.ts';
import { scheduleSchema } from '../time/schedule.ts';
import { EVERY_ITEM, itemFilterSchema } from './item-filter.ts';

export const MAX_CONDITION_DEPTH = 3;
export const MAX_CONDITION_FACTS = 20;
/** As many items of a filter as a sentence at the till names. */
export const MOST_NAMED = 4;
const MOST_COUNTED = 10_000;

const countSchema = z.int().min(1).max(MOST_COUNTED);
const filterSchema = itemFilterSchema.default(EVERY_ITEM);
const FACTS = [
  /** Pieces of items, or what was weighed of them: at least so many. */
  z.strictObject({ kind: z.literal('quantity'), filter: filterSchema, atLeast: countSchema }),
  /** Different products among the items: at least so many. What is not in the catalogue is none. */
  z.strictObject({ kind: z.literal('variety'), filter: filterSchema, atLeast: countSchema }),
  /** Spent on items, counted as the minimum of an offer is: at least this. */
  z.strictObject({
    kind: z.literal('spend'),
    filter: filterSchema,
    amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR),
    withTax: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('time'), window: scheduleSchema }),
  z.strictObject({ kind: z.literal('tier'), tierId: lineText({ max: 64 }) }),
  z.strictObject({ kind: z.literal('segment'), segmentId: idSchema }),
  /** Sales of the customer before this one: at least so many. */
  z.strictObject({ kind: z.literal('purchases'), atLeast: countSchema }),
] as const;
const factSchema = z.discriminatedUnion('kind', FACTS);

/** One thing that is so or is not: of the sale, of the moment, or of the customer. */
export type ConditionFact = z.output<typeof factSchema>;
type SaleFact = Extract<ConditionFact, { kind: 'quantity' | 'variety' | 'spend' }>;
/** What is known without the sale. */
export type OutsideFact = Exclude<ConditionFact, SaleFact>;

export const CONDITION_GROUPS = ['all', 'any', 'none'] as const;
type GroupKind = (typeof CONDITION_GROUPS)[number];

/** Conditions of which all, at least one, or none must hold. */
export interface ConditionGroup {
  readonly kind: GroupKind;
  readonly parts: readonly Condition[];
}
export type Condition = ConditionFact | ConditionGroup;

/** Level by level and not recursive: what is nested deeper is refused without being followed. */
function groupsOf<Part extends z.ZodType>(part: Part) {
  const parts = z.array(part).min(1, { error: 'an empty group' }).max(MAX_CONDITION_FACTS);
  const group = <Kind extends GroupKind>(kind: Kind) => z.strictObject({ kind: z.literal(kind), parts });
  return [group('all'), group('any'), group('none')] as const;
}
const innermost = groupsOf(factSchema);
const inner = groupsOf(z.discriminatedUnion('kind', [...FACTS, ...innermost]));
const outer = groupsOf(z.discriminatedUnion('kind', [...FACTS, ...inner]));

/** A fact or a group of them, as a refusal tells what is missing. */
export const conditionSchema: z.ZodType<Condition> = z.discriminatedUnion('kind', [...FACTS, ...outer]);

/** Conditions as they come from a screen: at most 3 groups deep, at most 20 facts, no group empty. */
export const conditionsSchema: z.ZodType<ConditionGroup> = z
  .discriminatedUnion('kind', outer)
  .refine((group) => factsOf(group).length <= MAX_CONDITION_FACTS, { error: 'too many conditions' });

/** Every fact that conditions ask for, in order. */
export function factsOf(condition: Condition): readonly ConditionFact[] {
  return isGroup(condition) ? condition.parts.flatMap(factsOf) : [condition];
}

export function isGroup<Part extends { readonly kind: string }>(
  part: Part,
): part is Extract<Part, { readonly kind: GroupKind }> {
  return CONDITION_GROUPS.some((kind) => kind === part.kind);
}

export function isSaleFact(fact: ConditionFact): fact is SaleFact {
  return fact.kind === 'quantity' || fact.kind === 'variety' || fact.kind === 'spend';
}
