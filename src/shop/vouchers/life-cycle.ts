/** How far a voucher has come. A code that many use stays where it is until its last use. */
export const VOUCHER_STATUSES = [
  'created',
  'published',
  'scanned',
  'claimed',
  'redeemed',
  'expired',
  'revoked',
] as const;
export type VoucherStatus = (typeof VOUCHER_STATUSES)[number];

/** How a claim stands: REDEEMED when its customer cannot use the voucher any more. */
export type ClaimStatus = 'CLAIMED' | 'REDEEMED' | 'EXPIRED' | 'VOIDED' | 'CONFLICT';

const NEXT: Readonly<Record<VoucherStatus, readonly VoucherStatus[]>> = {
  created: ['published', 'scanned', 'claimed', 'redeemed', 'expired', 'revoked'],
  published: ['scanned', 'claimed', 'redeemed', 'expired', 'revoked'],
  scanned: ['claimed', 'redeemed', 'expired', 'revoked'],
  claimed: ['redeemed', 'expired', 'revoked'],
  redeemed: ['published', 'scanned', 'claimed', 'expired', 'revoked'],
  expired: [],
  revoked: [],
};

/** Whether a voucher may go from one status to another: forwards, and back from redeemed when a use is given back. */
export function mayBecome(from: VoucherStatus, to: VoucherStatus): boolean {
  return NEXT[from].includes(to);
}

/** What a voucher is after a use: redeemed with its last one, otherwise as it was. */
export function statusAfterUse(status: VoucherStatus, usageCount: number, usageLimit: number | null): VoucherStatus {
  return usageLimit !== null && usageCount >= usageLimit ? 'redeemed' : status;
}

/** What a voucher is when another number of uses is allowed of it: what was used up may be used again, and the other way. */
export function statusUnderLimit(status: VoucherStatus, usageCount: number, usageLimit: number | null): VoucherStatus {
  if (status === 'expired' || status === 'revoked') return status;
  return statusAfterUse(status === 'redeemed' ? 'published' : status, usageCount, usageLimit);
}

/** What a voucher is after a use was given back: what it was before, or expired where its time has passed. */
export function statusAfterRollback(
  status: VoucherStatus,
  statusBefore: VoucherStatus,
  hasEnded: boolean,
): VoucherStatus {
  if (status !== 'redeemed') return status;
  if (hasEnded) return 'expired';
  return mayBecome('redeemed', statusBefore) ? statusBefore : 'published';
}
