import { answer, command, query, router, signedInMutation } from '../trpc.ts';
import { batchIdSchema, cancelBatch, listBatches, startBatch, startBatchSchema } from './batches.ts';
import { campaignIdSchema } from './campaign-drafts.ts';
import { exportCodes, exportCodesSchema } from './export-codes.ts';
import { importCodes, importCodesSchema, previewCodes, previewCodesSchema } from './import-codes.ts';
import { printSheet, printSheetSchema } from './print-sheet.ts';

/** Codes of a campaign by the batch. */
export const codesRouter = router({
  batches: query('codes.batches', 'vouchers.read', campaignIdSchema, (scope, input) =>
    answer(listBatches(scope, input)),
  ),
  startBatch: command('codes.startBatch', 'vouchers.edit', startBatchSchema, startBatch),
  cancelBatch: command('codes.cancelBatch', 'vouchers.edit', batchIdSchema, cancelBatch),
  previewImport: query('codes.previewImport', 'vouchers.edit', previewCodesSchema, previewCodes),
  importPage: command('codes.importPage', 'vouchers.edit', importCodesSchema, importCodes),
  export: signedInMutation('codes.export', 'vouchers.edit', exportCodesSchema, exportCodes),
  printSheet: command('codes.printSheet', 'vouchers.edit', printSheetSchema, printSheet),
});
