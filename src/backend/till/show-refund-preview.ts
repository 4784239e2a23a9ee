import type { z } from 'zod';
import { done, type Outcome } from '#shop/refusal.ts';
import type { BookedTenderKind, TracedStep } from '#shop/till/sale.ts';
import type { PointsToAdjust } from '../ledger/reverse-sale-points.ts';
import type { ReadScope } from '../context.ts';
import { previewValueBack, type ValueBackPreview } from '../value/preview-give-back.ts';
import { decideSaleRefund, type previewRefundSchema } from './decide-sale-refund.ts';

/** What a refund would hand back and take back. amountMinor = sum of the lines + cashRoundingMinor. */
export interface RefundPreview {
  readonly amountMinor: number;
  readonly lines: readonly { readonly lineId: string; readonly amountMinor: number; readonly taxMinor: number }[];
  /** Points of all programmes that are taken back, and those that go back to their lots. */
  readonly pointsReversed: number;
  readonly pointsReturned: number;
  /** What is kept of the money for points that the customer no longer has (C-10). */
  readonly deductedMinor: number;
  /** What is given in points so that a balance does not stay below zero, by programme. */
  readonly adjustments: readonly PointsToAdjust[];
  readonly cashRoundingMinor: number;
  readonly tenders: readonly { readonly kind: BookedTenderKind; readonly amountMinor: number }[];
  readonly isComplete: boolean;
  readonly trace: readonly TracedStep[];
  /** What of vouchers, credit and passes goes the other way. */
  readonly value: ValueBackPreview;
}

/** Returns what a refund would do, by the rule that commits it. Without a tender it proposes how most was paid. */
export function showRefundPreview(
  scope: ReadScope,
  input: z.output<typeof previewRefundSchema>,
): Outcome<RefundPreview> {
  const decided = decideSaleRefund(scope, input);
  if (decided.kind === 'refused') return decided;
  const { amountMinor, lines, pointsReversed, pointsReturned, deductedMinor } = decided.decision;
  const { cashRoundingMinor, tenders, isComplete, trace } = decided.decision;
  return done({
    amountMinor,
    lines: lines.map(({ lineId, amountMinor: lineMinor, taxMinor }) => ({ lineId, amountMinor: lineMinor, taxMinor })),
    pointsReversed,
    pointsReturned,
    deductedMinor,
    adjustments: decided.points.adjustments,
    cashRoundingMinor,
    tenders,
    isComplete,
    trace,
    value: previewValueBack(scope, decided.value, decided.decision.storedValue),
  });
}
