import { mustHave } from '#shop/must.ts';
import type { Rollback } from '#shop/vouchers/rollback.ts';
import { statusAfterRollback } from '#shop/vouchers/life-cycle.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { setClaimEnd, setVoucherEnd } from '../vouchers/ends-store.ts';
import { selectVoucher } from '../vouchers/vouchers-store.ts';
import { takeBackClaim } from './coupon-claims.ts';
import {
  insertRollback,
  type RedemptionOfSale,
  selectOpenClaims,
  selectStandingClaim,
  updateVoucherStatus,
} from './give-back-store.ts';
import { endsOnReturn } from './later-ends.ts';
import type { StandingClaim } from './merge-parts-store.ts';
import { setClaim } from './merge-value.ts';

type ComingBack = Pick<
  RedemptionOfSale,
  'redemptionId' | 'voucherId' | 'campaignId' | 'customerId' | 'status' | 'statusBefore'
>;

/** A redemption comes back: its row first, by which the counts follow, then the voucher and the claim as they stand then. */
export function rollBack(
  scope: CommandScope,
  { refundId, byHand = false }: { readonly refundId: string | null; readonly byHand?: boolean },
  { redemption, rollback }: { readonly redemption: ComingBack; readonly rollback: Rollback },
): void {
  const { db, shop, session, moment } = scope;
  const { redemptionId, voucherId, campaignId, customerId } = redemption;
  const { uses, amountMinor, claimStatus } = rollback;
  const row = {
    ...{ id: scope.newId(), merchantId: shop.merchantId, redemptionId, refundId, uses, amountMinor },
    reason: byHand ? ('manual' as const) : refundId === null ? ('cancel' as const) : ('refund' as const),
    ...{ staffId: session.staffId, atMs: moment.trustedAtMs, groupId: scope.groupId },
  };
  insertRollback(db, row);
  scope.fact('voucher_rollbacks', row);
  if (voucherId === null || uses === 0) return;
  const claim = customerId === null ? null : selectStandingClaim(db, customerId, voucherId);
  if (claimStatus === 'VOIDED') voidGift(scope, voucherId, claim);
  else {
    followRollback(scope, { ...redemption, voucherId }, { claim, hasEnded: claimStatus === 'EXPIRED' });
    if (claim?.status === 'REDEEMED') setClaim(scope, claim.customerVoucherId, { ...claim, status: claimStatus });
    if (claimStatus === 'CLAIMED') followCampaignEnd(scope, voucherId, claim);
  }
  if (customerId === null) return;
  const name = selectCampaign(db, shop.merchantId, campaignId)?.version?.campaign.name ?? '';
  const data = { voucherId, campaignId, name, redemptionId, refundId, amountMinor, claimStatus };
  scope.event({ type: 'customer.voucher.rolled_back', category: 'EFFECT', customerId, data });
}

/** A voucher that can be used again, and its claim, end with what is their campaign's end now; the customer is reminded of it. */
function followCampaignEnd(scope: CommandScope, voucherId: string, claim: StandingClaim | null): void {
  const { db, shop } = scope;
  const voucher = mustHave(selectVoucher(db, shop.merchantId, voucherId), 'a voucher that was used');
  const { voucherMs, claimMs } = endsOnReturn(scope, voucher, claim);
  if (voucherMs !== voucher.expiresAtMs) {
    setVoucherEnd(db, { id: voucherId, expiresAtMs: voucherMs });
    scope.fact('vouchers', { id: voucherId, expiresAtMs: voucherMs });
  }
  if (claim?.status !== 'REDEEMED' || claimMs === claim.expiresAtMs) return;
  const id = claim.customerVoucherId;
  setClaimEnd(db, { id, expiresAtMs: claimMs });
  scope.fact('customer_vouchers', { id, expiresAtMs: claimMs, remindedAtMs: null });
}

/** The voucher as it stands after a use came back. The end of one customer's claim is not the end of a code for many. */
function followRollback(
  scope: CommandScope,
  { voucherId, status, statusBefore }: ComingBack & { readonly voucherId: string },
  { claim, hasEnded }: { readonly claim: StandingClaim | null; readonly hasEnded: boolean },
): void {
  const { db, shop } = scope;
  const isForMany = claim !== null && selectVoucher(db, shop.merchantId, voucherId)?.holderCustomerId === null;
  const after = statusAfterRollback(status ?? 'published', statusBefore ?? 'published', hasEnded && !isForMany);
  if (after === status) return;
  updateVoucherStatus(db, { id: voucherId, status: after, revokedAtMs: null });
  scope.fact('vouchers', { id: voucherId, status: after });
}

/** What a sale gave that came back before: its own voucher is void, of a code for everybody this customer's claim. */
function voidGift(scope: CommandScope, voucherId: string, claim: StandingClaim | null): void {
  const voucher = mustHave(selectVoucher(scope.db, scope.shop.merchantId, voucherId), 'a voucher that was used');
  if (voucher.issuedSaleId !== null && voucher.status !== 'revoked') revokeIssue(scope, voucherId);
  const isStillUsed = voucher.issuedSaleId !== null && voucher.usageCount > 0;
  if (claim !== null && claim.status !== 'VOIDED' && !isStillUsed) takeBackClaim(scope, claim);
}

/** A voucher that a sale gave goes with it: void in the wallets where it lay unused, used up where it was used before. */
export function revokeIssue(scope: CommandScope, voucherId: string): void {
  const { db, shop, moment } = scope;
  const revokedAtMs = moment.trustedAtMs;
  const { usageCount } = mustHave(selectVoucher(db, shop.merchantId, voucherId), 'a voucher that a sale gave');
  updateVoucherStatus(db, { id: voucherId, status: 'revoked', revokedAtMs });
  scope.fact('vouchers', { id: voucherId, status: 'revoked', revokedAtMs });
  for (const claim of selectOpenClaims(db, voucherId)) {
    if (usageCount === 0) takeBackClaim(scope, claim);
    else setClaim(scope, claim.customerVoucherId, { ...claim, status: 'REDEEMED' });
  }
}
