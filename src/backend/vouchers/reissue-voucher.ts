import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { uuidV5 } from '#shop/ids/uuid.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { noteText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { overrideIdsSchema } from '../override-ids.ts';
import { type IssuedVoucher, issueVoucher } from '../value/issue-voucher.ts';
import { selectClaim } from './claims-store.ts';
import { selectClaimHolder } from './grants-store.ts';
import { selectLastUse, selectVoucher } from './vouchers-store.ts';

export const reissueSchema = z
  .strictObject({
    /** A voucher that belongs to one customer, or */
    voucherId: idSchema.optional(),
    /** a customer's claim on any. */
    customerVoucherId: idSchema.optional(),
    note: noteText({ max: 200 }).default(''),
    overrideIds: overrideIdsSchema,
  })
  .refine(({ voucherId, customerVoucherId }) => (voucherId === undefined) !== (customerVoucherId === undefined), {
    path: ['voucherId'],
  });

/**
 * Gives a customer a new voucher of the same campaign for one that has ended or was withdrawn (C-36), once for each. Refuses
 * 'not-found', 'voucher-needs-customer' for a voucher of nobody, 'voucher-already-claimed' where it is still good or was
 * given anew before, 'voucher-used' {atMs} for what was used up, and what issueVoucher refuses, as 'voucher-expired' where the whole campaign is over.
 */
export function reissueVoucher(
  scope: CommandScope,
  { voucherId, customerVoucherId, note }: z.output<typeof reissueSchema>,
): Outcome<Omit<IssuedVoucher, 'isNew'>> {
  const { db, shop, moment } = scope;
  const holder = customerVoucherId === undefined ? null : selectClaimHolder(db, shop.merchantId, customerVoucherId);
  if (customerVoucherId !== undefined && holder === null) return refuse('not-found', { kind: 'claim' });
  const stored = selectVoucher(db, shop.merchantId, holder?.voucherId ?? voucherId ?? '');
  if (stored === null) return refuse('not-found', { kind: 'voucher' });
  const customerId = holder?.customerId ?? stored.holderCustomerId;
  if (customerId === null) return refuse('voucher-needs-customer');
  const claim = selectClaim(db, customerId, stored.voucherId);
  const isUsedUp = stored.usageLimit !== null && stored.usageCount >= stored.usageLimit;
  if (claim?.status === 'REDEEMED' || (isUsedUp && stored.holderCustomerId === customerId)) {
    const { atMs = null, terminalId = null } = selectLastUse(db, stored.voucherId) ?? {};
    return refuse('voucher-used', { atMs, terminalId });
  }
  const isGivenBack = holder !== null && claim === null;
  const isOver =
    stored.status === 'expired' || stored.status === 'revoked' || claim?.status === 'EXPIRED' || isGivenBack;
  const endMs = claim?.expiresAtMs ?? stored.expiresAtMs;
  const hasEnded = endMs !== null && moment.trustedAtMs >= endMs;
  if (!isOver && !hasEnded) return refuse('voucher-already-claimed', { claimedAtMs: claim?.claimedAtMs ?? null });
  const { campaignId } = stored;
  const issueKey = uuidV5(stored.voucherId, `again\n${customerId}`);
  const marks = { hasOwnCode: true, isByHand: true };
  const issued = issueVoucher(scope, { campaignId, customerId, saleId: null, issueKey, ...marks });
  if (issued.kind === 'refused') return issued;
  const { isNew, ...given } = issued.value;
  if (!isNew) {
    const again = mustHave(selectClaim(db, customerId, given.voucherId), 'the claim on what was given anew');
    return refuse('voucher-already-claimed', { claimedAtMs: again.claimedAtMs });
  }
  const after = { campaignId, customerId, inPlaceOf: stored.voucherId };
  const personal = note === '' ? {} : { personalAfter: { note } };
  scope.changed({ table: 'vouchers', recordId: given.voucherId, before: null, after, ...personal });
  return done(given);
}
