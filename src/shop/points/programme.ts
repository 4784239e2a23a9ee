import { z } from 'zod';
import { countingUnitMinor } from '../money/currency.ts';
import { lineText } from '../text/text-schema.ts';
import { rewardSchema } from './programme-rewards.ts';
import {
  amountSchema,
  earningRuleSchema,
  idSchema,
  minimumSchema,
  pointsSchema,
  promotionSchema,
} from './programme-rules.ts';
import { tiersSchema } from './programme-tiers.ts';

/**
 * Which money earns: as the shop shows prices (the default), or with tax, or before tax in any case
 * (SCENARIOS.md, decided default 1).
 */
const earningBaseSchema = z.enum(['as-priced', 'with-tax', 'before-tax']);

const daysSchema = z.int().min(0).max(366);
const monthsSchema = z.int().min(0).max(120).nullable();
const capSchema = z.int().min(1).max(1_000_000_000).nullable().default(null);
const excludedSchema = z.array(idSchema).max(500).default([]);

/** What never earns, by any rule. */
const excludeSchema = z.strictObject({
  excludeProductIds: excludedSchema,
  excludeCategoryIds: excludedSchema,
  excludeTags: excludedSchema,
});

const NOTHING_EXCLUDED = { excludeProductIds: [], excludeCategoryIds: [], excludeTags: [] };

/** What becomes of a balance that a refund takes below zero (C-10). */
const negativeBalanceSchema = z.enum(['ALLOW_NEGATIVE', 'FLOOR_AT_ZERO', 'DEDUCT_CASH']);
export type NegativeBalance = z.infer<typeof negativeBalanceSchema>;

/** What points are worth: `points` for `perMinor`. For the liability figure and for DEDUCT_CASH. */
const pointValueSchema = z.strictObject({ points: pointsSchema, perMinor: amountSchema });
export type PointValue = z.infer<typeof pointValueSchema>;

/** Earning: which money counts, and the limits over all rules. */
const earningMembers = {
  rules: z.array(earningRuleSchema).min(0).max(100),
  promotions: z.array(promotionSchema).max(100).default([]),
  base: earningBaseSchema.default('as-priced'),
  /** Whether a discount on the whole sale also lowers what a rule for some items counts (C-6). */
  discountsLower: z.enum(['all', 'in-filter-only']).default('all'),
  /** Whether money paid from stored value earns (decided default: it does). */
  storedValueTenderCounts: z.boolean().default(true),
  /** Whether points used as money off lower the base (decided default: they do). */
  pointsDiscountLowers: z.boolean().default(true),
  exclude: excludeSchema.default(NOTHING_EXCLUDED),
  minimumSpendMinor: minimumSchema.default(0),
  caps: z
    .strictObject({ pointsPerSale: capSchema, pointsPerDay: capSchema })
    .default({ pointsPerSale: null, pointsPerDay: null }),
};

/** Lots: when points can be used, and until when. */
const lotMembers = {
  pendingDays: z.int().min(0).max(90).default(0),
  expiryMonths: monthsSchema.default(null),
  expiryRounding: z.enum(['none', 'month', 'quarter', 'half-year', 'year']).default('none'),
  /** Whether every purchase or use moves the end of all the customer's points. */
  expirySlides: z.boolean().default(false),
  warnDays: daysSchema.default(30),
  refundGraceDays: daysSchema.default(30),
  lateAttachDays: daysSchema.default(14),
};

/**
 * One published version of a programme: immutable, stored as JSON and named by every sale that used it (C-11).
 * expiryMonths null means that points do not expire. Members may be added with a default; none changes its meaning.
 */
export const programmeSchema = z
  .strictObject({
    name: lineText({ max: 80 }),
    /** What the shop calls its points; '' for "points". */
    pointName: lineText({ min: 0, max: 20 }).default(''),
    ...earningMembers,
    ...lotMembers,
    negativeBalance: negativeBalanceSchema.default('ALLOW_NEGATIVE'),
    pointValue: pointValueSchema.default({ points: 50, perMinor: 100 }),
    tiers: tiersSchema.nullable().default(null),
    rewards: z.array(rewardSchema).max(100).default([]),
  })
  .refine((programme) => hasDistinctIds(programme), { error: 'ids are used twice' })
  .refine(({ pendingDays, expiryMonths }) => expiryMonths === null || pendingDays <= expiryMonths * SHORTEST_MONTH, {
    error: 'points would end before they can be used',
    path: ['pendingDays'],
  });
export type Programme = z.infer<typeof programmeSchema>;
/** A programme as it is written down: what is left out has its default. */
export type ProgrammeInput = z.input<typeof programmeSchema>;

const SHORTEST_MONTH = 28;

function hasDistinctIds(programme: {
  readonly rules: readonly { readonly ruleId: string }[];
  readonly promotions: readonly { readonly promotionId: string }[];
  readonly rewards: readonly { readonly rewardId: string }[];
  readonly tiers: { readonly levels: readonly { readonly tierId: string }[] } | null;
}): boolean {
  const uses = [...programme.rules.map((rule) => rule.ruleId), ...programme.promotions.map((each) => each.promotionId)];
  const rewards = programme.rewards.map((reward) => reward.rewardId);
  const tiers = (programme.tiers?.levels ?? []).map((level) => level.tierId);
  return [uses, rewards, tiers].every((ids) => new Set(ids).size === ids.length);
}

/** A programme with the id and number of its version. */
export interface ProgrammeVersion {
  readonly versionId: string;
  readonly version: number;
  readonly programme: Programme;
}

/** The rule that every programme of the basic form has. */
const BASE_RULE_ID = 'base';

/** What a manager sets on the basic programme page. */
export const basicProgrammeSchema = z.strictObject({
  name: lineText({ max: 80 }),
  points: pointsSchema,
  perMinor: amountSchema,
  minimumSpendMinor: minimumSchema,
  expiryMonths: monthsSchema,
});
export type BasicProgramme = z.infer<typeof basicProgrammeSchema>;

/** The programme that follows from the basic form: one rule by money spent; `from` keeps whatever else it has. */
export function programmeOf(
  { name, points, perMinor, minimumSpendMinor, expiryMonths }: BasicProgramme,
  from: Programme | null = null,
): Programme {
  const basicRule = { ruleId: BASE_RULE_ID, kind: 'spend' as const, points, perMinor };
  const rules = [basicRule, ...(from?.rules ?? []).filter((rule) => rule.ruleId !== BASE_RULE_ID)];
  return programmeSchema.parse({ ...from, name, rules, minimumSpendMinor, expiryMonths });
}

/** What a new shop starts with: 1 point per 1.00, per 1.000 in a currency without decimals; points do not expire. */
export function defaultProgramme(currency: string, name: string): Programme {
  const perMinor = countingUnitMinor(currency);
  const basic = programmeOf({ name, points: 1, perMinor, minimumSpendMinor: 0, expiryMonths: null });
  return { ...basic, pointValue: { points: 50, perMinor } };
}

/** The rule that the basic form shows, or null where the programme has none. */
export function basicRuleOf(programme: Programme): { readonly points: number; readonly perMinor: number } | null {
  const rule = programme.rules.find((each) => each.ruleId === BASE_RULE_ID) ?? programme.rules[0];
  return rule?.kind === 'spend' ? { points: rule.points, perMinor: rule.perMinor } : null;
}
