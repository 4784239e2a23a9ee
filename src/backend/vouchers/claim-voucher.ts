import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import { decideClaim } from '#shop/vouchers/decide-claim.ts';
import type { CommandScope } from '../command-scope.ts';
import { putIntoWallet } from '../value/issue-voucher.ts';
import { openAttempt } from './attempts-store.ts';
import { askedVoucherShape, attemptOf, namesOne, readAsked, refuseCustomer } from './check-voucher.ts';
import { revokeVoucherRow, selectVoucher } from './vouchers-store.ts';

export const claimVoucherSchema = z
  .strictObject({ ...askedVoucherShape, customerId: idSchema, saleId: idSchema.nullable() })
  .refine(namesOne, { path: ['code'] });
type ClaimInput = Omit<z.output<typeof claimVoucherSchema>, 'source'>;

/**
 * Puts a voucher into a customer's wallet, last; one that can be used once is theirs alone from now on. Refuses
 * 'voucher-already-claimed' {claimedAtMs} (S0-53), the other reasons of decideClaim, 'customer-blocked', 'not-found', and
 * 'voucher-unknown' for a code, whose hash is recorded.
 */
export function claimVoucher(
  scope: CommandScope,
  asked: ClaimInput,
): Outcome<{ customerVoucherId: string; expiresAtMs: number | null }> {
  const { customerId, saleId } = asked;
  const refused = refuseCustomer(scope, customerId);
  if (refused !== null) return refused;
  const read = readAsked(scope, asked, { customerId, saleId });
  if (read === null) {
    if (asked.voucherId !== undefined) return refuse('not-found');
    openAttempt(scope, { ...attemptOf(null, asked), kind: 'check', customerId, saleId }).fail('voucher-unknown');
    return refuse('voucher-unknown');
  }
  const { stored, voucher, facts, situation } = read;
  const decided = decideClaim(voucher, facts, situation);
  if (decided.kind === 'refused') return decided;
  if (voucher.claim !== null) return refuse('voucher-already-claimed', { claimedAtMs: voucher.claim.claimedAtMs });
  const to = { customerId, saleId };
  const customerVoucherId = putIntoWallet(scope, stored, to, decided, 'customer.voucher.claimed');
  return done({ customerVoucherId, expiresAtMs: decided.expiresAtMs });
}

export const revokeVoucherSchema = z.strictObject({
  voucherId: idSchema,
  reason: lineText({ min: 0, max: 200 }).default(''),
});

/** Withdraws a voucher for ever, with why in the audit log. Refuses 'voucher-revoked' {atMs}, 'voucher-expired' for what is over, and 'not-found'. */
export function revokeVoucher(
  scope: CommandScope,
  { voucherId, reason }: z.output<typeof revokeVoucherSchema>,
): Outcome<{ voucherId: string }> {
  const { db, shop, moment } = scope;
  const stored = selectVoucher(db, shop.merchantId, voucherId);
  if (stored === null) return refuse('not-found');
  const { status, revokedAtMs, expiresAtMs } = stored;
  if (status === 'revoked') return refuse('voucher-revoked', { atMs: revokedAtMs });
  if (status === 'expired') return refuse('voucher-expired', { endedAtMs: expiresAtMs });
  revokeVoucherRow(db, voucherId, moment.trustedAtMs);
  scope.fact('vouchers', { id: voucherId, status: 'revoked', isActive: 0, revokedAtMs: moment.trustedAtMs });
  const before = { status };
  const after = { status: 'revoked' };
  scope.changed({
    table: 'vouchers',
    recordId: voucherId,
    before,
    after,
    ...(reason === '' ? {} : { personalAfter: { reason } }),
  });
  for (const topic of ['wallet', 'vouchers'] as const) scope.touch(topic);
  return done({ voucherId });
}
