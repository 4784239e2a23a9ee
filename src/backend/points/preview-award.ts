import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { MAX_AMOUNT_MINOR } from '#shop/money/money.ts';
import { MAX_MANUAL_POINTS } from '#shop/points/decide-adjustment.ts';
import { computeAmountEarning, previewPoints } from '#shop/points/earning.ts';
import type { PointsPreview } from '#shop/points/points-preview.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from './accounts-store.ts';
import { awardReasonSchema } from './award-points.ts';
import { selectCurrentProgramme } from './programmes-store.ts';

export const previewAwardSchema = z.strictObject({
  customerId: idSchema.nullable(),
  reason: awardReasonSchema,
  amountMinor: z.int().min(0).max(MAX_AMOUNT_MINOR).optional(),
  points: z.int().min(-MAX_MANUAL_POINTS).max(MAX_MANUAL_POINTS).optional(),
});

/** Returns what an award would do, by the rule that commits it. Refuses 'no-programme'. */
export function previewAward(scope: ReadScope, input: z.output<typeof previewAwardSchema>): Outcome<PointsPreview> {
  const { db, shop } = scope;
  const programme = selectCurrentProgramme(db, shop.merchantId);
  if (programme === null) return refuse('no-programme');
  const member = input.customerId === null ? null : selectMember(db, shop.merchantId, input.customerId);
  const balanceBefore = member?.balance ?? 0;
  if (input.reason === 'purchase') {
    return done(previewPoints(computeAmountEarning(input.amountMinor ?? 0, programme), programme, balanceBefore));
  }
  const points = input.points ?? 0;
  return done({
    programmeVersionId: programme.versionId,
    points,
    parts: [],
    balanceBefore,
    balanceAfter: balanceBefore + points,
    minimumMet: true,
    trace: [
      {
        what: 'points-by-hand',
        inputs: { points, balanceBefore },
        operation: 'add',
        rounding: 'none',
        result: balanceBefore + points,
      },
    ],
  });
}
