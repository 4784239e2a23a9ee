import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import { decideClaim } from '#shop/vouchers/decide-claim.ts';
import { decideVoucher } from '#shop/vouchers/decide-voucher.ts';
import { voucherValueOf } from '#shop/vouchers/kinds/all-kinds.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import { walletOf } from '#shop/vouchers/wallet.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from '../points/accounts-store.ts';
import { putIntoWallet } from '../value/issue-voucher.ts';
import { type FactsScope, readVoucherFacts } from '../value/voucher-facts.ts';
import { insertRefusedAttempt } from './attempts-store.ts';
import { selectCampaign } from './campaigns-store.ts';
import { type ClaimRow, selectClaims } from './claims-store.ts';
import { revokeVoucherRow, selectVoucher, selectVoucherByKey } from './vouchers-store.ts';

const MOST_ALTERNATIVES = 5;

export const checkVoucherSchema = z.strictObject({
  /** As it was typed or scanned: any spelling. */
  code: soughtText({ max: 120 }),
  customerId: idSchema.nullable(),
  saleId: idSchema.nullable(),
});

/** A voucher that can be used now. usesLeft and endsAtMs null: without limit, without end. */
export interface CheckedVoucher {
  readonly voucherId: string;
  readonly campaignId: string;
  readonly kind: string;
  readonly value: number;
  readonly usesLeft: number | null;
  readonly endsAtMs: number | null;
}

/**
 * Says whether a voucher can be used now, with nothing redeemed or set aside. Refuses 'voucher-unknown', and every reason of
 * VoucherRefusal with its fact and otherVouchers, how many others the customer could use now (S3-93); 'not-found' and
 * 'customer-blocked'. A refused check is recorded, of an unknown code its hash alone.
 */
export function checkVoucher(
  scope: CommandScope,
  { code, customerId, saleId }: z.output<typeof checkVoucherSchema>,
): Outcome<CheckedVoucher> {
  const { db, env, shop } = scope;
  const refused = refuseCustomer(scope, customerId);
  if (refused !== null) return refused;
  const codeKey = codeKeyOf(code);
  const found = codeKey === null ? null : selectVoucherByKey(db, shop.merchantId, codeKey);
  const stored = found === null ? null : selectVoucher(db, shop.merchantId, found.voucherId);
  const read = stored === null ? null : readVoucherFacts(scope, stored, { customerId, saleId });
  const decided = read === null ? refuse('voucher-unknown') : decideVoucher(read.voucher, read.facts, read.situation);
  if (decided.kind === 'refused') {
    insertRefusedAttempt(scope, {
      voucherId: stored?.voucherId ?? null,
      codeHash: env.scanHash(`voucher\n${codeKey ?? code}`),
      kind: 'check',
      customerId,
      transactionId: saleId,
      failureReason: decided.reason,
    });
    const others = customerId === null ? [] : usableClaims(scope, customerId, saleId);
    const otherVouchers = others.filter(({ voucherId }) => voucherId !== stored?.voucherId).length;
    return refuse(decided.reason, { ...decided.facts, otherVouchers });
  }
  const { voucherId, campaignId } = mustHave(stored, 'a voucher that is usable');
  const { benefit } = decided.campaign;
  const { usesLeft, endsAtMs } = decided;
  const value = voucherValueOf(benefit);
  return done({ voucherId, campaignId, kind: benefit.kind, value, usesLeft, endsAtMs });
}

function refuseCustomer({ db, shop }: FactsScope, customerId: string | null) {
  if (customerId === null) return null;
  const member = selectMember(db, shop.merchantId, customerId);
  if (member === null) return refuse('not-found', { kind: 'customer' });
  return member.status === 'blocked' ? refuse('customer-blocked', { customerId }) : null;
}

/** What a customer could use now: at most so many as are shown, and one for the voucher that is asked. */
function usableClaims(scope: FactsScope, customerId: string, saleId: string | null): ClaimRow[] {
  const { db, shop } = scope;
  const usable: ClaimRow[] = [];
  for (const claim of selectClaims(db, customerId).filter(({ status }) => status === 'CLAIMED')) {
    const stored = mustHave(selectVoucher(db, shop.merchantId, claim.voucherId), 'the voucher of a claim');
    const { voucher, facts, situation } = readVoucherFacts(scope, stored, { customerId, saleId });
    if (decideVoucher(voucher, facts, situation).kind === 'usable') usable.push(claim);
    if (usable.length > MOST_ALTERNATIVES) break;
  }
  return usable;
}

export const claimVoucherSchema = z.strictObject({
  voucherId: idSchema,
  customerId: idSchema,
  saleId: idSchema.nullable(),
});

/**
 * Puts a voucher into a customer's wallet, last; one that can be used once is theirs alone from now on. Refuses
 * 'voucher-already-claimed' {claimedAtMs} (S0-53), the other reasons of decideClaim, 'customer-blocked', and 'not-found'.
 */
export function claimVoucher(
  scope: CommandScope,
  { voucherId, customerId, saleId }: z.output<typeof claimVoucherSchema>,
): Outcome<{ customerVoucherId: string; expiresAtMs: number | null }> {
  const { db, shop } = scope;
  const stored = selectVoucher(db, shop.merchantId, voucherId);
  if (stored === null) return refuse('not-found');
  const refused = refuseCustomer(scope, customerId);
  if (refused !== null) return refused;
  const { voucher, facts, situation } = readVoucherFacts(scope, stored, { customerId, saleId });
  const decided = decideClaim(voucher, facts, situation);
  if (decided.kind === 'refused') return decided;
  if (voucher.claim !== null) return refuse('voucher-already-claimed', { claimedAtMs: voucher.claim.claimedAtMs });
  const to = { customerId, saleId };
  const customerVoucherId = putIntoWallet(scope, stored, to, decided, 'customer.voucher.claimed');
  return done({ customerVoucherId, expiresAtMs: decided.expiresAtMs });
}

export const revokeVoucherSchema = z.strictObject({ voucherId: idSchema });

/** Withdraws a voucher for ever. Refuses 'voucher-revoked' {atMs}, 'voucher-expired' for what is over, and 'not-found'. */
export function revokeVoucher(
  scope: CommandScope,
  { voucherId }: z.output<typeof revokeVoucherSchema>,
): Outcome<{ voucherId: string }> {
  const { db, shop, moment } = scope;
  const stored = selectVoucher(db, shop.merchantId, voucherId);
  if (stored === null) return refuse('not-found');
  const { status, revokedAtMs, expiresAtMs } = stored;
  if (status === 'revoked') return refuse('voucher-revoked', { atMs: revokedAtMs });
  if (status === 'expired') return refuse('voucher-expired', { endedAtMs: expiresAtMs });
  revokeVoucherRow(db, voucherId, moment.trustedAtMs);
  scope.fact('vouchers', { id: voucherId, status: 'revoked', revokedAtMs: moment.trustedAtMs });
  scope.changed({ table: 'vouchers', recordId: voucherId, before: { status }, after: { status: 'revoked' } });
  for (const topic of ['wallet', 'vouchers'] as const) scope.touch(topic);
  return done({ voucherId });
}

export const walletSchema = z.strictObject({ customerId: idSchema });

/** A customer's vouchers: what can be used now, later, was used and is over (S0-22). Refuses 'not-found'. */
export function showWallet(scope: ReadScope, { customerId }: z.output<typeof walletSchema>) {
  const { db, shop, moment } = scope;
  if (selectMember(db, shop.merchantId, customerId) === null) return refuse('not-found');
  const items = selectClaims(db, customerId).flatMap((claim) => {
    const stored = mustHave(selectVoucher(db, shop.merchantId, claim.voucherId), 'the voucher of a claim');
    const campaign = mustHave(selectCampaign(db, shop.merchantId, claim.campaignId), 'the campaign of a claim');
    if (stored.status === 'revoked') return [];
    const { voucher, facts, situation } = readVoucherFacts(scope, stored, { customerId, saleId: null });
    const decided = decideVoucher(voucher, facts, situation);
    const isRunning =
      campaign.status === 'live' && (decided.kind === 'usable' || decided.reason !== 'voucher-not-started');
    const benefit = campaign.version?.campaign.benefit ?? null;
    return {
      ...claim,
      code: stored.code,
      name: campaign.name,
      kind: benefit?.kind ?? null,
      value: benefit === null ? null : voucherValueOf(benefit),
      startsAtMs: stored.startsAtMs,
      endsAtMs: claim.expiresAtMs,
      isRunning,
      why: decided.kind === 'refused' ? decided.reason : null,
    };
  });
  return done(walletOf(items, moment.trustedAtMs));
}
