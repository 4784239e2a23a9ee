import { type Campaign, campaignSchema } from '#shop/vouchers/campaign.ts';
import { decideClaim } from '#shop/vouchers/decide-claim.ts';
import { decideVoucher } from '#shop/vouchers/decide-voucher.ts';
import type { CampaignFacts, ClaimFacts, Situation, VoucherFacts } from '#shop/vouchers/voucher-facts.ts';

// A voucher, its campaign and a moment without a word against them, and short words for deciding with one thing changed.

const ZONE = 'America/Asuncion';
/** Saturday 21 November 2026, 10:00 in Asunción (UTC-3). */
export const NOW = Date.UTC(2026, 10, 21, 13);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const [SHOP, CASHIER, MANAGER, ANA, LUIS] = ['shop', 'cashier', 'manager', 'ana', 'luis'];

export const SHOP_ID = '0191e7a0-0000-7000-8000-000000000077';

export const own = (as: string) => ({ as, permission: 'vouchers.own', overridable: true });

export const uses = { total: 0, today: 0, byCustomer: 0, byCustomerToday: 0 };

type CampaignInput = Omit<Parameters<typeof campaignSchema.parse>[0] & object, never>;

export function campaignOf(given: CampaignInput = {}): Campaign {
  return campaignSchema.parse({ name: 'Ten off', benefit: { kind: 'percent', rateBasisPoints: 1000 }, ...given });
}

export function factsOf(campaign: CampaignInput = {}, given: Partial<CampaignFacts> = {}): CampaignFacts {
  return {
    campaignId: 'campaign',
    version: { campaignId: 'campaign', versionId: 'version', version: 1, campaign: campaignOf(campaign) },
    status: 'live',
    pausedAtMs: null,
    pausedByStaffId: null,
    endedAtMs: null,
    uses,
    spentMinor: 0,
    ...given,
  };
}

export function voucherOf(given: Partial<VoucherFacts> = {}): VoucherFacts {
  return {
    voucherId: 'voucher',
    code: 'BREK10',
    status: 'published',
    isActive: true,
    usageLimit: 1,
    usageCount: 0,
    heldUses: 0,
    heldUntilMs: null,
    holderCustomerId: null,
    createdByStaffId: MANAGER,
    issuedByStaffId: null,
    issuerCustomerIds: [],
    startsAtMs: null,
    expiresAtMs: null,
    revokedAtMs: null,
    claim: null,
    lastUse: null,
    ...given,
  };
}

export function claimOf(given: Partial<ClaimFacts> = {}): ClaimFacts {
  return { status: 'CLAIMED', claimedAtMs: NOW - DAY, claimedSaleId: null, expiresAtMs: null, ...given };
}

export const ana = { customerId: ANA, tierIds: ['gold'], segmentIds: ['regulars'], completedSales: 3 };

export function situationOf(given: Partial<Situation> = {}): Situation {
  return { atMs: NOW, zone: ZONE, shopId: SHOP, staffId: CASHIER, customer: ana, saleId: 'sale', ...given };
}

export const decide = (
  voucher: Partial<VoucherFacts> = {},
  campaign: CampaignInput = {},
  situation: Partial<Situation> = {},
  facts: Partial<CampaignFacts> = {},
) => decideVoucher(voucherOf(voucher), factsOf(campaign, facts), situationOf(situation));

export const NOBODY = { shops: [], staff: [], segments: [], tiers: [], items: [], conditions: {} };

export const claim = (
  voucher: Partial<VoucherFacts> = {},
  campaign: CampaignInput = {},
  situation: Partial<Situation> = {},
  facts: Partial<CampaignFacts> = {},
) => decideClaim(voucherOf(voucher), factsOf(campaign, facts), situationOf(situation));

export function id(number: number): string {
  return `0191e7a0-0000-7000-8000-${String(number).padStart(12, '0')}`;
}
