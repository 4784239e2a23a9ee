import { z } from 'zod';
import { answer, command, query, router } from '../trpc.ts';
import { completeSale, completeSaleSchema } from './complete-sale.ts';
import { previewRefundSchema } from './decide-sale-refund.ts';
import { listDrafts } from './list-drafts.ts';
import { listSales, listSalesSchema } from './list-sales.ts';
import { refundSale, refundSchema } from './refund-sale.ts';
import { discardDraft, discardDraftSchema, saveDraft, saveDraftSchema } from './save-draft.ts';
import { previewSchema, showPreview } from './show-preview.ts';
import { showRefundPreview } from './show-refund-preview.ts';
import { showSale, showSaleSchema } from './show-sale.ts';

export const tillRouter = router({
  preview: query('till.preview', 'sale.make', previewSchema, (scope, input) => answer(showPreview(scope, input))),
  drafts: query('till.drafts', 'sale.make', z.void(), listDrafts),
  saveDraft: command('till.saveDraft', 'sale.make', saveDraftSchema, saveDraft),
  discardDraft: command('till.discardDraft', 'sale.make', discardDraftSchema, discardDraft),
  completeSale: command('till.completeSale', 'sale.make', completeSaleSchema, completeSale),
  sales: query('till.sales', 'customers.read', listSalesSchema, listSales),
  sale: query('till.sale', 'customers.read', showSaleSchema, (scope, input) => answer(showSale(scope, input))),
  previewRefund: query('till.previewRefund', 'sale.make', previewRefundSchema, (scope, input) =>
    answer(showRefundPreview(scope, input)),
  ),
  refund: command('till.refund', 'sale.refund', refundSchema, refundSale),
});
