import type { Allowance } from '../allowance/allowance.ts';
import type { CampaignVersion } from './campaign.ts';
import type { ClaimStatus, VoucherStatus } from './life-cycle.ts';

/** What a decision reads of a voucher. Held: set aside by other sales that still run. Instants are UTC ms. */
export interface VoucherFacts {
  readonly voucherId: string;
  readonly code: string;
  readonly status: VoucherStatus;
  readonly isActive: boolean;
  readonly usageLimit: number | null;
  readonly usageCount: number;
  readonly heldUses: number;
  readonly heldUntilMs: number | null;
  /** How often this till may let the code be used on its own; left out: as often as the code itself says. */
  readonly allowance?: Allowance;
  readonly holderCustomerId: string | null;
  readonly createdByStaffId: string | null;
  readonly issuedByStaffId: string | null;
  /** The customer records of these two. */
  readonly issuerCustomerIds: readonly string[];
  /** The sale that gave it; left out: none did. */
  readonly issuedSaleId?: string | null;
  readonly startsAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  /** The claim of the customer in question. */
  readonly claim: ClaimFacts | null;
  readonly lastUse: { readonly atMs: number; readonly terminalId: string; readonly terminalName?: string } | null;
}

/** A claim as it is kept. claimedSaleId: the sale that was open then, or that gave it. */
export interface ClaimFacts {
  readonly status: ClaimStatus;
  readonly claimedAtMs: number;
  readonly claimedSaleId: string | null;
  readonly expiresAtMs: number | null;
}

/** How often a campaign was used, what other sales hold included; by the customer in question, 0 without one. */
export interface CampaignUses {
  readonly total: number;
  readonly today: number;
  readonly byCustomer: number;
  readonly byCustomerToday: number;
}

/** What a decision reads of a campaign; version null: never published. */
export interface CampaignFacts {
  readonly campaignId: string;
  readonly version: CampaignVersion | null;
  readonly status: 'draft' | 'live' | 'paused' | 'ended';
  readonly pausedAtMs: number | null;
  readonly pausedByStaffId: string | null;
  readonly pausedByName?: string;
  readonly endedAtMs: number | null;
  readonly uses: CampaignUses;
  readonly spentMinor: number;
  /** Whether the running experiments that show the campaign show it to the customer in question; left out: none shows it. */
  readonly trial?: 'own' | 'other';
  /** What it is restricted to, by name, for who is refused; left out: nobody is told. */
  readonly restrictedTo?: RestrictionNames;
}

/** The names of what a campaign is restricted to; empty: not restricted, or not known any more. */
export interface RestrictionNames {
  readonly shops: readonly string[];
  readonly staff: readonly string[];
  readonly segments: readonly string[];
  readonly tiers: readonly string[];
  /** Products, categories and tags, of which one must be in the sale. */
  readonly items: readonly string[];
  /** What its conditions mention, by id. */
  readonly conditions: Readonly<Record<string, string>>;
}

/** The customer of a sale, as audiences see them. */
export interface CustomerFacts {
  readonly customerId: string;
  readonly tierIds: readonly string[];
  readonly segmentIds: readonly string[];
  readonly completedSales: number;
}

/** Who redeems, where, when and for whom. */
export interface Situation {
  /** Trusted time: what is over stays over when a clock is set back (V5). */
  readonly atMs: number;
  readonly zone: string;
  readonly shopId: string;
  readonly staffId: string;
  readonly customer: CustomerFacts | null;
  /** The sale that it is for; null outside a sale. */
  readonly saleId: string | null;
  /**
   * Whether the staff is one person alone, and who has allowed that somebody redeems what they made or gave out themself:
   * the person who redeems where they may, or the manager who approved it. Left out: neither.
   */
  readonly own?: { readonly isAlone: boolean; readonly allowedByStaffId: string | null };
}
