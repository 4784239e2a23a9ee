import { z } from 'zod';
import { idSchema } from '../ids/ids.ts';
import { MAX_AMOUNT_MINOR } from '../money/money.ts';
import { conditionsSchema, factsOf, type ConditionGroup, isSaleFact } from '../offers/conditions.ts';
import { EVERY_ITEM, itemFilterSchema } from '../offers/item-filter.ts';
import { lineText, noteText } from '../text/text-schema.ts';
import { readDate } from '../time/civil-date.ts';
import { scheduleSchema } from '../time/schedule.ts';
import { benefitSchema } from './kinds/all-kinds.ts';
import { isMonthDay } from './season.ts';
import { codeKeyOf } from './voucher-code.ts';

const MOST_USES = 1_000_000_000;
const amountSchema = z.int().min(1).max(MAX_AMOUNT_MINOR);
const countSchema = z.int().min(1).max(MOST_USES).nullable().default(null);
const daysSchema = z.int().min(1).max(3_650);
const idsSchema = z.array(idSchema).max(200).default([]);
const dateSchema = z
  .string()
  .refine((text) => readDate(text) !== null, { error: 'not a date' })
  .nullable()
  .default(null);

/**
 * When vouchers of a campaign can be used: from a date through a date, in any of the windows (none: always), and, where
 * it recurs, on the first `forDays` of every `everyDays` since its first date. All by the shop's civil clock.
 */
const validitySchema = z.strictObject({
  startsOn: dateSchema,
  endsOn: dateSchema,
  windows: z.array(scheduleSchema).max(10).default([]),
  recurrence: z.strictObject({ everyDays: daysSchema, forDays: daysSchema }).nullable().default(null),
  /** A claim ends with the day that is so many days after it; null with the campaign. */
  claimDays: daysSchema.nullable().default(null),
});
export type Validity = z.output<typeof validitySchema>;

/** How often and for how much; null is without limit. usesPerSale null: all that are left at once (C-41). */
const limitsSchema = z.strictObject({
  total: countSchema,
  perDay: countSchema,
  perCustomer: countSchema,
  perCustomerPerDay: countSchema,
  budgetMinor: amountSchema.nullable().default(null),
  usesPerCode: z.int().min(1).max(MOST_USES).nullable().default(1),
  usesPerSale: z.int().min(1).max(1_000).nullable().default(1),
});

const minimumSchema = z.strictObject({
  amountMinor: amountSchema,
  of: z.enum(['eligible', 'sale']).default('eligible'),
  withTax: z.boolean().default(true),
});

/** Who may use it; empty lists mean everybody. staffIds and shopIds: who may redeem it, and where (S3-56). */
const audienceSchema = z.strictObject({
  segmentIds: idsSchema,
  tierIds: z
    .array(lineText({ max: 64 }))
    .max(50)
    .default([]),
  shopIds: idsSchema,
  staffIds: idsSchema,
  isFirstPurchase: z.boolean().default(false),
  needsCustomer: z.boolean().default(false),
});

/** How it stands with others: offers of one group compete, groups apply in their order. Without a name: a group of its own. */
const stackingSchema = z.strictObject({
  group: lineText({ min: 0, max: 40 }).default(''),
  order: z.int().min(0).max(1_000).default(100),
  isExclusive: z.boolean().default(false),
  basis: z.enum(['remaining', 'initial']).default('remaining'),
});

/** By what rule vouchers come to customers by themselves. */
const distributionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('by-hand') }),
  z.strictObject({ kind: z.literal('enrolment') }),
  z.strictObject({ kind: z.literal('birthday'), daysBefore: z.int().min(0).max(60).default(0) }),
  z.strictObject({ kind: z.literal('win-back'), afterDays: daysSchema }),
  z.strictObject({ kind: z.literal('segment'), segmentId: idSchema }),
  /** Every year during so many days from a day of the year ('MM-DD') on, to everybody or to a segment. */
  z.strictObject({
    kind: z.literal('season'),
    startsOn: z.string().refine(isMonthDay, { error: 'not a day of the year' }),
    forDays: z.int().min(1).max(365),
    segmentId: idSchema.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('referral'), side: z.enum(['referrer', 'friend']) }),
  z.strictObject({
    kind: z.literal('after-sale'),
    minimumMinor: z.int().min(0).max(MAX_AMOUNT_MINOR).default(0),
    per: z.enum(['sale', 'unit']).default('sale'),
    filter: itemFilterSchema.default(EVERY_ITEM),
  }),
]);
export type Distribution = z.output<typeof distributionSchema>;

/** A campaign as it is published: what its vouchers give, to whom, when and how often. Money is in minor units. */
export const campaignSchema = z
  .strictObject({
    name: lineText({ max: 120 }),
    description: noteText({ max: 500 }).default(''),
    benefit: benefitSchema,
    /** By a code, or by itself on every sale that fits (a promotion). */
    trigger: z.enum(['code', 'automatic']).default('code'),
    /** Whether it can be used in the sale in which it was claimed, or is kept for a later one (VC15). */
    use: z.enum(['this-sale', 'next-sale']).default('this-sale'),
    /** One code for everybody; null where each voucher has its own. */
    genericCode: lineText({ min: 3, max: 40 }).nullable().default(null),
    validity: validitySchema.prefault({}),
    limits: limitsSchema.prefault({}),
    minimum: minimumSchema.nullable().default(null),
    /** What must be so besides: of the sale, the moment, the customer. */
    conditions: conditionsSchema.nullable().default(null),
    filter: itemFilterSchema.default(EVERY_ITEM),
    audience: audienceSchema.prefault({}),
    stacking: stackingSchema.prefault({}),
    distribution: distributionSchema.default({ kind: 'by-hand' }),
    /** So many days before a claim ends, its customer is reminded. */
    remindDays: z.int().min(1).max(60).nullable().default(null),
  })
  .check(({ value, issues }) => {
    for (const [path, error] of problemsOf(value))
      issues.push({ code: 'custom', input: value, path: [...path], message: error });
  });
export type Campaign = z.output<typeof campaignSchema>;

/** What fits together: a list of what does not. */
function problemsOf(campaign: {
  readonly benefit: { readonly kind: string };
  readonly trigger: string;
  readonly use: string;
  readonly genericCode: string | null;
  readonly validity: Validity;
  readonly conditions: ConditionGroup | null;
}): readonly (readonly [readonly string[], string])[] {
  const { benefit, trigger, use, genericCode, validity, conditions } = campaign;
  const isGiven = benefit.kind === 'credit' || benefit.kind === 'units' || benefit.kind === 'package';
  const { startsOn, endsOn, recurrence } = validity;
  const problems: (readonly [readonly string[], string])[] = [];
  if (trigger === 'automatic' && isGiven) problems.push([['benefit'], 'a promotion takes something off']);
  if (trigger === 'automatic' && genericCode !== null) problems.push([['genericCode'], 'a promotion has no code']);
  if (trigger === 'automatic' && use === 'next-sale') problems.push([['use'], 'a promotion is used at once']);
  if (genericCode !== null && codeKeyOf(genericCode) === null) problems.push([['genericCode'], 'not a code']);
  if (startsOn !== null && endsOn !== null && endsOn < startsOn)
    problems.push([['validity', 'endsOn'], 'ends before it starts']);
  if (recurrence !== null && startsOn === null)
    problems.push([['validity', 'startsOn'], 'what recurs has a first date']);
  if (isGiven && conditions !== null && factsOf(conditions).some(isSaleFact))
    problems.push([['conditions'], 'what is given outside a sale asks nothing of the sale']);
  return problems;
}

/** A published version of a campaign. */
export interface CampaignVersion {
  readonly campaignId: string;
  readonly versionId: string;
  readonly version: number;
  readonly campaign: Campaign;
}

/** What a campaign of one benefit and every default looks like. */
export function plainCampaign(name: string, benefit: Campaign['benefit']): Campaign {
  return campaignSchema.parse({ name, benefit });
}
