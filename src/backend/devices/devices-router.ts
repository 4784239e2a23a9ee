import { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { bulkText, lineText } from '#shop/text/text-schema.ts';
import {
  finishRequest,
  finishRequestSchema,
  readScreen,
  showOnScreen,
  showOnScreenSchema,
} from '../customer-screen/show-on-screen.ts';
import { query, router, signedInMutation } from '../trpc.ts';

const HTML_LIMIT = 512 * 1024;
const htmlSchema = bulkText({ max: HTML_LIMIT });

type Printed = 'printed' | 'saved' | 'cancelled' | 'use-browser-print' | 'failed';

/** What the host could do with the paper, as an answer or a refusal. */
function outcomeOf(result: Printed): Outcome<{ result: 'printed' | 'saved' | 'cancelled' }> {
  if (result === 'use-browser-print') return refuse('use-browser-print');
  if (result === 'failed') return refuse('print-failed');
  return done({ result });
}

export const devicesRouter = router({
  printReceipt: signedInMutation(
    'devices.printReceipt',
    'sale.make',
    z.strictObject({ html: htmlSchema }),
    async (ctx, { html }) => outcomeOf(await ctx.env.devices.printReceipt(html)),
  ),
  saveReceiptPdf: signedInMutation(
    'devices.saveReceiptPdf',
    'sale.make',
    z.strictObject({ html: htmlSchema, fileName: lineText({ max: 120 }) }),
    async (ctx, { html, fileName }) => outcomeOf(await ctx.env.devices.saveReceiptPdf(html, fileName)),
  ),
  customerScreen: query('devices.customerScreen', 'sale.make', z.void(), readScreen),
  showOnScreen: signedInMutation('devices.showOnScreen', 'sale.make', showOnScreenSchema, showOnScreen),
  finishScreenRequest: signedInMutation('devices.finishScreenRequest', 'sale.make', finishRequestSchema, finishRequest),
  /** Opening it again gives the same window, and in a browser a new address. */
  openCustomerScreen: signedInMutation(
    'devices.openCustomerScreen',
    'screen.open',
    z.strictObject({}),
    async ({ env }): Promise<Outcome<{ kind: 'window' } | { kind: 'address'; address: string }>> => {
      const opened = await env.devices.openCustomerScreen();
      return opened.kind === 'none' ? refuse('no-second-screen') : done(opened);
    },
  ),
  closeCustomerScreen: signedInMutation('devices.closeCustomerScreen', 'screen.open', z.strictObject({}), ({ env }) => {
    env.devices.closeCustomerScreen();
    return done({ isClosed: true });
  }),
});
