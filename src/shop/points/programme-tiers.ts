import { z } from 'zod';
import { idSchema, nameSchema } from './programme-rules.ts';

/** One rung: reached at the threshold, in minor units, points or visits, by the programme's measure. */
const tierLevelSchema = z.strictObject({
  tierId: idSchema,
  name: nameSchema,
  threshold: z.int().min(0).max(1_000_000_000_000),
  /** 15000 = half as much again on every sale. */
  multiplierBasisPoints: z.int().min(10_000).max(1_000_000).default(10_000),
  metal: z.enum(['none', 'bronze', 'silver', 'gold', 'platinum']).default('none'),
});
export type TierLevel = z.infer<typeof tierLevelSchema>;

/** Over which time progress is counted. */
const tierPeriodSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lifetime') }),
  z.strictObject({ kind: z.literal('rolling'), months: z.int().min(1).max(120) }),
  z.strictObject({ kind: z.literal('calendar'), unit: z.enum(['year', 'half-year', 'quarter', 'month']) }),
]);
export type TierPeriod = z.infer<typeof tierPeriodSchema>;

/**
 * The ladder of a programme. BALANCE follows the balance of points at once. EARNED_IN_PERIOD counts the measure over the
 * period: up at once, down at its end plus grace.
 */
export const tiersSchema = z
  .strictObject({
    mode: z.enum(['BALANCE', 'EARNED_IN_PERIOD']).default('EARNED_IN_PERIOD'),
    measure: z.enum(['spend', 'points', 'visits']).default('spend'),
    period: tierPeriodSchema.default({ kind: 'lifetime' }),
    graceDays: z.int().min(0).max(366).default(0),
    /** Whether the tier that a sale reaches already counts for that sale (C-17). */
    includesThisSale: z.boolean().default(false),
    levels: z.array(tierLevelSchema).min(1).max(20),
  })
  .refine(({ levels }) => levels[0]?.threshold === 0, { error: 'the first tier starts at 0', path: ['levels'] })
  .refine(
    ({ levels }) => levels.every((level, index) => index === 0 || level.threshold > thresholdBefore(levels, index)),
    {
      error: 'tiers rise',
      path: ['levels'],
    },
  );
export type Tiers = z.infer<typeof tiersSchema>;

function thresholdBefore(levels: readonly { readonly threshold: number }[], index: number): number {
  return levels[index - 1]?.threshold ?? 0;
}
