import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '../money/money.ts';
import { EVERY_ITEM, itemFilterSchema } from '../offers/item-filter.ts';
import { lineText } from '../text/text-schema.ts';
import { scheduleSchema } from '../time/schedule.ts';

export const idSchema = lineText({ max: 64 });
export const nameSchema = lineText({ min: 0, max: 80 });
export const pointsSchema = z.int().min(1).max(1_000_000);
export const amountSchema = z.int().min(1).max(MAX_AMOUNT_MINOR);
export const minimumSchema = z.int().min(0).max(MAX_AMOUNT_MINOR);
/** Which items: everything unless said otherwise. */
export const filterSchema = itemFilterSchema.default(EVERY_ITEM);
const capSchema = z.int().min(1).max(1_000_000_000).nullable().default(null);
const namesSchema = z.array(idSchema).max(100).default([]);

/** At most so many points or times; null means no limit. A day is a civil day of the shop. */
const limitsSchema = z.strictObject({
  pointsPerSale: capSchema,
  pointsPerDay: capSchema,
  pointsEver: capSchema,
  timesPerDay: capSchema,
});
export type EarningLimits = z.infer<typeof limitsSchema>;

/** The limits of a rule that has none. */
export const NO_LIMITS: EarningLimits = {
  pointsPerSale: null,
  pointsPerDay: null,
  pointsEver: null,
  timesPerDay: null,
};

/** When a rule or promotion holds and for whom; empty lists mean for everybody. */
const conditionMembers = {
  limits: limitsSchema.default(NO_LIMITS),
  schedule: scheduleSchema.nullable().default(null),
  segmentIds: namesSchema,
  tierIds: namesSchema,
};

const ruleMembers = {
  ruleId: idSchema,
  name: nameSchema.default(''),
  /** 10000 = x1. Applies to the rule's whole points, which are floored again (C-4). */
  multiplierBasisPoints: z.int().min(1).max(1_000_000).default(10_000),
  /** How the rule's points are made whole, once per sale. */
  rounding: z.enum(['floor', 'half-up']).default('floor'),
  ...conditionMembers,
};

/** Earn by money spent on eligible items: `points` for each `perMinor` of the base. */
const spendRuleSchema = z.strictObject({
  kind: z.literal('spend'),
  ...ruleMembers,
  points: pointsSchema,
  perMinor: amountSchema,
  filter: filterSchema,
  minimumSpendMinor: minimumSchema.default(0),
});

/** Earn by coming: `points` for a sale of at least so much. */
const visitRuleSchema = z.strictObject({
  kind: z.literal('visit'),
  ...ruleMembers,
  points: pointsSchema,
  minimumSpendMinor: minimumSchema.default(0),
});

/** Earn by the piece: points for each unit paid for; free units earn nothing. */
const productRuleSchema = z.strictObject({
  kind: z.literal('product'),
  ...ruleMembers,
  pointsPerUnit: pointsSchema,
  filter: filterSchema,
});

/** As by product, chosen by category. */
const categoryRuleSchema = productRuleSchema.extend({ kind: z.literal('category') });

/** Earn by what happens outside a sale: a birthday, a review, a friend brought along, or the shop's own code. */
const eventRuleSchema = z.strictObject({
  kind: z.literal('event'),
  ...ruleMembers,
  event: idSchema,
  points: pointsSchema,
  timesPerYear: capSchema,
  /** For 'referral' alone: what the friend gets; when both are given theirs, and for which first purchase. */
  friendPoints: pointsSchema.nullable().default(null),
  on: z.enum(['enrolment', 'first-purchase']).default('first-purchase'),
  minimumSpendMinor: minimumSchema.default(0),
});
export type EventRule = z.infer<typeof eventRuleSchema>;

/** The kinds of earning rules. A new kind is one more member here and one more function in earn-by-kind.ts. */
export const earningRuleSchema = z.discriminatedUnion('kind', [
  spendRuleSchema,
  visitRuleSchema,
  productRuleSchema,
  categoryRuleSchema,
  eventRuleSchema,
]);
export type EarningRule = z.infer<typeof earningRuleSchema>;

/** More points on the lines that it covers: adds floor(their points x (multiplier - 1)), never multiplies others (C-51). */
export const promotionSchema = z.strictObject({
  promotionId: idSchema,
  name: nameSchema.default(''),
  multiplierBasisPoints: z.int().min(10_000).max(1_000_000),
  filter: filterSchema,
  ...conditionMembers,
});
export type Promotion = z.infer<typeof promotionSchema>;

/** What both rules and promotions ask before they hold. */
export type EarningConditions = Pick<Promotion, keyof typeof conditionMembers>;
