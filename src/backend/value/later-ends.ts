import { mustHave } from '#shop/must.ts';
import { earliest, endOf, latest, laterEndOf } from '#shop/vouchers/validity.ts';
import type { ShopIdentity } from '../context.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectCampaign, selectCampaignVersion, selectCampaignVersions } from '../vouchers/campaigns-store.ts';
import type { StoredVoucher } from '../vouchers/vouchers-store.ts';
import type { StandingClaim } from './merge-parts-store.ts';

interface Scope {
  readonly db: ReadableDb;
  readonly shop: ShopIdentity;
}

/** The ends with which a used voucher and its claim come back, UTC ms; null: without end. */
export interface EndsOnReturn {
  readonly voucherMs: number | null;
  readonly claimMs: number | null;
  /** The last day of the campaign as it is now. */
  readonly campaignMs: number | null;
}

/** The ends that earlier versions of a campaign had, UTC ms. */
export function formerEndsOf({ db, shop }: Scope, campaignId: string): ReadonlySet<number> {
  const { merchantId, timeZone } = shop;
  const [, ...former] = selectCampaignVersions(db, merchantId, campaignId);
  const ends = former.map(({ versionId }) => {
    const version = mustHave(selectCampaignVersion(db, merchantId, versionId), 'a version of the history');
    return endOf(version.campaign.validity, timeZone);
  });
  return new Set(ends.filter((end) => end !== null));
}

/**
 * The ends of a voucher that was used, as the job that lengthens them would have moved them had it lain unused; what is
 * used up it leaves alone. An earlier end of the campaign takes nobody's date. Writes nothing.
 */
export function endsOnReturn(scope: Scope, voucher: StoredVoucher, claim: StandingClaim | null): EndsOnReturn {
  const { merchantId, timeZone } = scope.shop;
  const { campaignId, expiresAtMs, batchId, holderCustomerId, createdAtMs } = voucher;
  const asTheyAre = { voucherMs: expiresAtMs, claimMs: claim?.expiresAtMs ?? null };
  const { version, status, isArchived } = mustHave(
    selectCampaign(scope.db, merchantId, campaignId),
    'the campaign of a voucher',
  );
  const campaignMs = version === null ? null : endOf(version.campaign.validity, timeZone);
  const isFollowed = isArchived === 0 && (status === 'live' || status === 'paused');
  if (version === null || !isFollowed) return { ...asTheyAre, campaignMs };
  const following = { validity: version.campaign.validity, formerEndsMs: formerEndsOf(scope, campaignId) };
  const isOwn = claim !== null && holderCustomerId === claim.customerId && claim.expiresAtMs === expiresAtMs;
  const sinceMs = isOwn ? claim.claimedAtMs : createdAtMs;
  const isGiven = batchId === null && (isOwn || holderCustomerId === null);
  const voucherMs = isGiven ? laterEndOf(expiresAtMs, { ...following, sinceMs }, timeZone) : expiresAtMs;
  if (claim === null) return { ...asTheyAre, voucherMs, campaignMs };
  const claimMs = laterEndOf(claim.expiresAtMs, { ...following, sinceMs: claim.claimedAtMs }, timeZone);
  return { voucherMs, claimMs: claimMs === claim.expiresAtMs ? claimMs : earliest(claimMs, voucherMs), campaignMs };
}

/** When a voucher that comes back ends; usedUnderMs: the last day of the campaign under which it was used. */
export function endOnReturn(ends: EndsOnReturn, usedUnderMs: number | null): number | null {
  return earliest(earliest(ends.voucherMs, ends.claimMs), latest(usedUnderMs, ends.campaignMs));
}
