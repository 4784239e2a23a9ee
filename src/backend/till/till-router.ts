import { z } from 'zod';
import { attachCustomer, attachCustomerSchema } from './attach-customer.ts';
import { answer, command, query, router } from '../trpc.ts';
import { beginPayment, beginPaymentSchema } from './begin-payment.ts';
import { cancelSale, cancelSaleSchema } from './cancel-sale.ts';
import { completeSale, completeSaleSchema } from './complete-sale.ts';
import { previewRefundSchema } from './decide-sale-refund.ts';
import { earnsMore, earnsMoreSchema } from './earns-more.ts';
import { failTender, failTenderSchema, giveUpPayment, giveUpPaymentSchema } from './end-payment.ts';
import { lastReceipt } from './last-receipt.ts';
import { listDrafts } from './list-drafts.ts';
import { listSales, listSalesSchema } from './list-sales.ts';
import { refundSale, refundSchema } from './refund-sale.ts';
import { discardDraft, discardDraftSchema, saveDraft, saveDraftSchema } from './save-draft.ts';
import { closeShift, closeShiftSchema, openShift, openShiftSchema, showShift } from './shift.ts';
import { previewSchema, showPreview } from './show-preview.ts';
import { markPrinted, receiptSchema, showReceipt } from './show-receipt.ts';
import { showRefundPreview } from './show-refund-preview.ts';
import { showSale, showSaleSchema } from './show-sale.ts';

export const tillRouter = router({
  preview: query('till.preview', 'sale.make', previewSchema, (scope, input) => answer(showPreview(scope, input))),
  earnsMore: query('till.earnsMore', 'sale.make', earnsMoreSchema, earnsMore),
  drafts: query('till.drafts', 'sale.make', z.void(), listDrafts),
  saveDraft: command('till.saveDraft', 'sale.make', saveDraftSchema, saveDraft),
  discardDraft: command('till.discardDraft', 'sale.make', discardDraftSchema, discardDraft),
  beginPayment: command('till.beginPayment', 'sale.make', beginPaymentSchema, beginPayment),
  failTender: command('till.failTender', 'sale.make', failTenderSchema, failTender),
  giveUpPayment: command('till.giveUpPayment', 'sale.make', giveUpPaymentSchema, giveUpPayment),
  completeSale: command('till.completeSale', 'sale.make', completeSaleSchema, completeSale),
  cancelSale: command('till.cancelSale', 'sale.void', cancelSaleSchema, cancelSale),
  attachCustomer: command('till.attachCustomer', 'sale.make', attachCustomerSchema, attachCustomer),
  sales: query('till.sales', 'customers.read', listSalesSchema, listSales),
  sale: query('till.sale', 'customers.read', showSaleSchema, (scope, input) => answer(showSale(scope, input))),
  previewRefund: query('till.previewRefund', 'sale.make', previewRefundSchema, (scope, input) =>
    answer(showRefundPreview(scope, input)),
  ),
  refund: command('till.refund', 'sale.refund', refundSchema, refundSale),
  receipt: query('till.receipt', 'customers.read', receiptSchema, (scope, input) => answer(showReceipt(scope, input))),
  lastReceipt: query('till.lastReceipt', 'sale.make', z.void(), lastReceipt),
  markPrinted: command('till.markPrinted', 'sale.make', receiptSchema, markPrinted),
  shift: query('till.shift', 'sale.make', z.void(), showShift),
  openShift: command('till.openShift', 'shift.run', openShiftSchema, openShift),
  closeShift: command('till.closeShift', 'shift.run', closeShiftSchema, closeShift),
});
