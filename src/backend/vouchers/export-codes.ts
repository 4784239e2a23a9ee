import { z } from 'zod';
import { csvLine } from '#shop/csv/csv-cell.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { voucherValueOf } from '#shop/vouchers/kinds/all-kinds.ts';
import { runCommand } from '../command.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope, RequestContext } from '../context.ts';
import { CODES_OF_BATCH, CODES_OF_NO_BATCH, type ExportedCode, selectBatch, selectBatches } from './batches-store.ts';
import { selectCampaign } from './campaigns-store.ts';

const HEADER = ['code', 'status', 'gives', 'value', 'uses', 'used', 'ends_on', 'made_on'];
const ROWS_A_PART = 10_000;

export const exportCodesSchema = z.strictObject({
  campaignId: idSchema,
  /** One batch alone; null: all codes of the campaign. */
  batchId: idSchema.nullable(),
  /** Where the last part ended; null for the first. */
  after: z.strictObject({ batchId: idSchema.nullable(), voucherId: z.union([idSchema, z.literal('')]) }).nullable(),
});
type ExportInput = z.output<typeof exportCodesSchema>;
type Place = NonNullable<ExportInput['after']>;

/**
 * One part of the codes of a campaign as CSV, at most 10,000 of them, read off the till's thread; `next` is where the
 * next part begins, null after the last. That codes left the shop is noted before each part. No cell is run by a
 * spreadsheet; the import reads the file again. Refuses 'not-found'.
 */
export async function exportCodes(
  { env, clientId, scope }: RequestContext & { readonly scope: ReadScope },
  input: ExportInput,
  operationId: string,
): Promise<Outcome<{ csvText: string; count: number; next: Place | null }>> {
  const noted = runCommand(env, NOTE_EXPORT, { clientId, operationId, input });
  if (noted.kind === 'refused') return noted;
  const { merchantId, timeZone } = scope.shop;
  const places = placesOf(scope, input);
  const place = input.after ?? places[0];
  if (place === undefined) return refuse('not-found');
  const { batchId, voucherId } = place;
  const of = { merchantId, afterId: voucherId, most: ROWS_A_PART };
  const codes =
    batchId === null
      ? await env.heavy.all<ExportedCode>(CODES_OF_NO_BATCH, { ...of, campaignId: input.campaignId })
      : await env.heavy.all<ExportedCode>(CODES_OF_BATCH, { ...of, batchId });
  const inForce = selectCampaign(scope.db, merchantId, input.campaignId)?.version?.campaign ?? null;
  const lines = codes.map((code) => lineOf(code, inForce, timeZone));
  if (input.after === null) lines.unshift(`\ufeff${csvLine(HEADER)}`);
  const last = codes.length === ROWS_A_PART ? codes.at(-1) : undefined;
  const following = places[places.findIndex((one) => one.batchId === batchId) + 1] ?? null;
  const next = last === undefined ? following : { batchId, voucherId: last.voucherId };
  return done({ csvText: lines.join(''), count: codes.length, next });
}

const NOTE_EXPORT = { action: 'codes.export', permission: 'vouchers.edit', handle: noteExport } as const;

function noteExport({ db, shop, changed }: CommandScope, { campaignId, batchId, after }: ExportInput): Outcome<object> {
  if (selectCampaign(db, shop.merchantId, campaignId) === null) return refuse('not-found');
  for (const id of [batchId, after?.batchId ?? null]) {
    if (id !== null && selectBatch(db, shop.merchantId, id)?.campaignId !== campaignId) return refuse('not-found');
  }
  const what = { isExported: true, batchId: after?.batchId ?? batchId, afterId: after?.voucherId ?? null };
  changed({ table: 'vouchers', recordId: campaignId, before: null, after: what });
  return done({});
}

/** Where the parts are read: codes without a batch first, then batch by batch, the oldest first. */
function placesOf({ db, shop }: ReadScope, { campaignId, batchId }: ExportInput): Place[] {
  if (batchId !== null) return [{ batchId, voucherId: '' }];
  const batches = selectBatches(db, shop.merchantId, campaignId).toReversed();
  return [null, ...batches.map((batch) => batch.batchId)].map((id) => ({ batchId: id, voucherId: '' }));
}

/** A code as it would be used now: with what the campaign in force gives, until the sooner of its own end and the campaign's. */
function lineOf(code: ExportedCode, inForce: Campaign | null, timeZone: string): string {
  const { expiresAtMs, createdAtMs } = code;
  const ends = [expiresAtMs === null ? null : localDateOf(expiresAtMs - 1, timeZone), inForce?.validity.endsOn ?? null];
  const endsOn = ends.filter((day) => day !== null).toSorted()[0] ?? '';
  const gives = inForce?.benefit.kind ?? code.type;
  const value = inForce === null ? code.value : voucherValueOf(inForce.benefit);
  const what = [code.code, code.status, gives, value, code.usageLimit, code.usageCount];
  return csvLine([...what, endsOn, localDateOf(createdAtMs, timeZone)]);
}
