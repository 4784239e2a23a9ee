import type { z } from 'zod';
import { done, type Outcome } from '#shop/refusal.ts';
import type { TenderKind, TracedStep } from '#shop/till/sale.ts';
import type { ReadScope } from '../context.ts';
import { decideSaleRefund, type previewRefundSchema } from './decide-sale-refund.ts';

/** What a refund would hand back and take back. amountMinor = sum of the lines + cashRoundingMinor. */
export interface RefundPreview {
  readonly amountMinor: number;
  readonly lines: readonly { readonly lineId: string; readonly amountMinor: number; readonly taxMinor: number }[];
  readonly pointsReversed: number;
  readonly cashRoundingMinor: number;
  readonly tenders: readonly { readonly kind: TenderKind; readonly amountMinor: number }[];
  readonly isComplete: boolean;
  readonly trace: readonly TracedStep[];
}

/** Returns what a refund would do, by the rule that commits it. Without a tender it proposes how most was paid. */
export function showRefundPreview(
  scope: ReadScope,
  input: z.output<typeof previewRefundSchema>,
): Outcome<RefundPreview> {
  const decided = decideSaleRefund(scope, input);
  if (decided.kind === 'refused') return decided;
  const { amountMinor, lines, pointsReversed, cashRoundingMinor, tenders, isComplete, trace } = decided.decision;
  return done({
    amountMinor,
    lines: lines.map(({ lineId, amountMinor: lineMinor, taxMinor }) => ({ lineId, amountMinor: lineMinor, taxMinor })),
    pointsReversed,
    cashRoundingMinor,
    tenders,
    isComplete,
    trace,
  });
}
