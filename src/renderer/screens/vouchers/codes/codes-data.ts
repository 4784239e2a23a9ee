import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';

type Outputs = inferRouterOutputs<AppRouter>['codes'];
export type Batch = Outputs['batches']['batches'][number];
export type PreviewedCodes = Outputs['previewImport'];
export type CodeRow = PreviewedCodes['rows'][number];
export type ExportedPart = Outputs['export'];

/** Ten pages of A4, as the back end gives them at once. */
export const CODES_A_SHEET = 240;
/** Rows that the back end takes at once. */
export const ROWS_A_PAGE = 500;

/** What is to be printed: codes of a batch, or one code many times. */
export type ToPrint =
  | { readonly of: 'batch'; readonly batch: Batch }
  | { readonly of: 'voucher'; readonly voucherId: string };

/** What stands on a label beside its code. */
export interface PrintedCampaign {
  readonly name: string;
  /** What it gives, in a sentence. */
  readonly says: string;
}
