import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { MAX_AMOUNT_MINOR } from '#shop/money/money.ts';
import { mustHave } from '#shop/must.ts';
import { MAX_MANUAL_POINTS } from '#shop/points/decide-adjustment.ts';
import { amountSaleOf, previewPoints } from '#shop/points/earning.ts';
import type { PointsPreview } from '#shop/points/points-preview.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from './accounts-store.ts';
import { awardReasonSchema } from './award-points.ts';
import { earnInProgrammes } from '../ledger/earn-in-programmes.ts';
import { selectLiveProgrammes } from './programmes-store.ts';
import { standingsOf } from '../ledger/standing.ts';

export const previewAwardSchema = z.strictObject({
  customerId: idSchema.nullable(),
  reason: awardReasonSchema,
  amountMinor: z.int().min(0).max(MAX_AMOUNT_MINOR).optional(),
  points: z.int().min(-MAX_MANUAL_POINTS).max(MAX_MANUAL_POINTS).optional(),
});

/** Returns what an award would do, by the rule that commits it. Refuses 'no-programme'. */
export function previewAward(scope: ReadScope, input: z.output<typeof previewAwardSchema>): Outcome<PointsPreview> {
  const { db, shop, moment } = scope;
  const member = input.customerId === null ? null : selectMember(db, shop.merchantId, input.customerId);
  const standings = standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId));
  const [main] = standings;
  if (main === undefined) return refuse('no-programme');
  const { version } = main;
  const balanceBefore = main.balance();
  if (input.reason === 'purchase') {
    const { atMs, trustedAtMs } = moment;
    const occasion = { saleId: '', atMs, trustedAtMs };
    const [earned] = earnInProgrammes(scope, [main], amountSaleOf(input.amountMinor ?? 0), occasion);
    return done(previewPoints(mustHave(earned, 'the earning of the main programme').earning, version, balanceBefore));
  }
  const points = input.points ?? 0;
  return done({
    programmeVersionId: version.versionId,
    points,
    parts: [],
    balanceBefore,
    spentPoints: 0,
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
