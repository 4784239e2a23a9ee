import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { noteText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { overrideIdsSchema } from '../override-ids.ts';
import { type IssuedVoucher, issueVoucher } from '../value/issue-voucher.ts';
import { selectClaim } from './claims-store.ts';

export const giveVoucherSchema = z.strictObject({
  campaignId: idSchema,
  customerId: idSchema,
  note: noteText({ max: 200 }).default(''),
  overrideIds: overrideIdsSchema,
});

/**
 * Gives a customer a voucher of a campaign by hand; who gives it does not redeem it (S3-57). Refuses
 * 'voucher-already-claimed' {claimedAtMs} where the campaign has one code and the customer has it, and what issueVoucher
 * refuses.
 */
export function giveVoucher(
  scope: CommandScope,
  { campaignId, customerId, note }: z.output<typeof giveVoucherSchema>,
): Outcome<Omit<IssuedVoucher, 'isNew'>> {
  const issued = issueVoucher(scope, { campaignId, customerId, saleId: null, issueKey: null });
  if (issued.kind === 'refused') return issued;
  const { isNew, ...given } = issued.value;
  if (!isNew) {
    const claim = selectClaim(scope.db, customerId, given.voucherId);
    return refuse('voucher-already-claimed', { claimedAtMs: claim?.claimedAtMs ?? null });
  }
  const after = { campaignId, customerId };
  scope.changed({
    table: 'vouchers',
    recordId: given.voucherId,
    before: null,
    after,
    ...(note === '' ? {} : { personalAfter: { note } }),
  });
  return done(given);
}
