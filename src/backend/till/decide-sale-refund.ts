import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import { decideRefund, type RefundDecision, usualRefundTender } from '#shop/till/decide-refund.ts';
import { MAX_SALE_LINES, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import type { TenderKind } from '#shop/till/sale.ts';
import { type EarnedOfSale, selectEarnedOfSale } from '../points/ledger-store.ts';
import { selectProgrammeVersion } from '../points/programmes-store.ts';
import { selectEarlierRefunds } from './refunds-store.ts';
import type { ShopScope } from './sale-policy.ts';
import { selectItems, selectSale, selectTenders, type StoredSale } from './sales-store.ts';

export const refundLinesSchema = z
  .array(z.strictObject({ lineId: idSchema, quantityThousandths: z.int().min(0).max(1_000_000_000) }))
  .max(MAX_SALE_LINES);

export const previewRefundSchema = z.strictObject({
  saleId: idSchema,
  lines: refundLinesSchema,
  tenderKind: tenderKindSchema.optional(),
});

export interface DecidedRefund {
  readonly kind: 'decided';
  readonly sale: StoredSale;
  readonly decision: RefundDecision;
  /** What the sale earned, where points are taken back. */
  readonly earned: EarnedOfSale | null;
}

/**
 * Decides a refund from the sale as it was frozen and what earlier refunds took; preview and commit call the same.
 * Refuses 'not-found', 'sale-not-completed', and as decideRefund does.
 */
export function decideSaleRefund(
  scope: ShopScope,
  request: z.output<typeof previewRefundSchema>,
): DecidedRefund | Refusal {
  const { db, shop, env } = scope;
  const sale = selectSale(db, shop.merchantId, request.saleId);
  if (sale === null) return refuse('not-found', { kind: 'sale' });
  if (sale.status !== 'completed') return refuse('sale-not-completed', { status: sale.status });
  const paid = selectTenders(db, sale.saleId).filter((tender) => tender.status === 'approved');
  const earned = selectEarnedOfSale(db, sale.saleId);
  const version = earned?.versionId == null ? null : selectProgrammeVersion(db, shop.merchantId, earned.versionId);
  const decision = decideRefund(
    {
      lines: selectItems(db, sale.saleId),
      taxMode: sale.taxMode,
      totalMinor: sale.totalMinor,
      cashRoundingMinor: sale.cashRoundingMinor,
      nonCashMinor: paid.reduce((sum, { kind, amountMinor }) => sum + (kind === 'cash' ? 0 : amountMinor), 0),
      cashRounding: env.settings().cashRounding,
      earnings:
        earned === null || version === null
          ? []
          : [{ programId: 'main', points: earned.points, alreadyReversedPoints: earned.reversedPoints, version }],
    },
    selectEarlierRefunds(db, sale.saleId),
    { lines: request.lines, tenderKind: request.tenderKind ?? usualTenderOf(paid) },
  );
  return decision.kind === 'refused' ? decision : { kind: 'decided', sale, decision, earned };
}

function usualTenderOf(
  paid: readonly { readonly kind: TenderKind | 'external'; readonly amountMinor: number }[],
): TenderKind {
  return usualRefundTender(
    paid.map(({ kind, amountMinor }) => ({ kind: kind === 'external' ? 'other' : kind, amountMinor })),
  );
}
