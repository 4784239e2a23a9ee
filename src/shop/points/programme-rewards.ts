import { z } from 'zod';
import { amountSchema, filterSchema, idSchema, minimumSchema, nameSchema, pointsSchema } from './programme-rules.ts';

const shareSchema = z.int().min(1).max(10_000);

const rewardMembers = {
  rewardId: idSchema,
  name: nameSchema.default(''),
  /** What the sale's eligible items must come to, before the reward. */
  minimumSpendMinor: minimumSchema.default(0),
  filter: filterSchema,
  /** Only for these tiers; empty for everybody. A lower price for a tier is a reward of its own. */
  tierIds: z.array(idSchema).max(100).default([]),
};

/** Points as money off: `minorPerStep` for each `pointsPerStep`, in whole steps. */
const rateRewardSchema = z.strictObject({
  kind: z.literal('rate'),
  ...rewardMembers,
  pointsPerStep: pointsSchema,
  minorPerStep: amountSchema,
  minimumPoints: z.int().min(0).max(1_000_000_000).default(0),
  maximumPoints: z.int().min(1).max(1_000_000_000).nullable().default(null),
  /** Which part of the sale points may pay: 10000 = all of it. */
  maxShareBasisPoints: shareSchema.default(10_000),
});

const pricedMembers = { ...rewardMembers, pricePoints: pointsSchema };

/** The kinds of rewards. A new kind is one more member here and one more function in reward-offer.ts. */
export const rewardSchema = z.discriminatedUnion('kind', [
  rateRewardSchema,
  z.strictObject({ kind: z.literal('fixed'), ...pricedMembers, amountMinor: amountSchema }),
  z.strictObject({
    kind: z.literal('percentage'),
    ...pricedMembers,
    rateBasisPoints: shareSchema,
    capMinor: amountSchema.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('free-product'), ...pricedMembers, units: z.int().min(1).max(100).default(1) }),
  z.strictObject({ kind: z.literal('free-choice'), ...pricedMembers }),
  z.strictObject({ kind: z.literal('cheapest-item'), ...pricedMembers, rateBasisPoints: shareSchema.default(10_000) }),
]);
export type Reward = z.infer<typeof rewardSchema>;
export type RateReward = Extract<Reward, { kind: 'rate' }>;
