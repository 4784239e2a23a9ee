import { z } from 'zod';
import { lineText } from '../text/text-schema.ts';

const countSchema = z.int().min(0);

/** What a customer has had of one rule or promotion before a sale, by the shop's civil days. Refunds give nothing back (C-55). */
const ruleUseSchema = z.strictObject({
  pointsToday: countSchema.default(0),
  timesToday: countSchema.default(0),
  pointsEver: countSchema.default(0),
  timesThisYear: countSchema.default(0),
});
export type RuleUse = z.infer<typeof ruleUseSchema>;

/**
 * The world that earning reads besides the sale, frozen with it: a refund recomputes under the same (LOYALTY.md 4).
 * tierId is the tier that counts for this sale (C-17). used is keyed by rule or promotion id.
 */
export const earningContextSchema = z.strictObject({
  atMs: z.int(),
  zone: lineText({ max: 64 }),
  tierId: lineText({ max: 64 }).nullable().default(null),
  segmentIds: z.array(lineText({ max: 64 })).default([]),
  used: z.record(z.string(), ruleUseSchema).default({}),
  /** What the programme gave the customer today, by all rules. */
  programmePointsToday: countSchema.default(0),
});
export type EarningContext = z.infer<typeof earningContextSchema>;

/** What has been had of a rule or promotion before. */
export function hadOf(context: EarningContext | null, id: string): RuleUse {
  return context?.used[id] ?? { pointsToday: 0, timesToday: 0, pointsEver: 0, timesThisYear: 0 };
}
