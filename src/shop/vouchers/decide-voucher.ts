import { type Allowance, leftOfAllowance } from '../allowance/allowance.ts';
import { mustHave } from '../must.ts';
import { type Refusal, type RefusalFacts, refuse } from '../refusal.ts';
import { refuseCustomer, refuseOtherArm, refusePlace } from './audience.ts';
import type { Campaign } from './campaign.ts';
import { refuseConditions } from './refuse-conditions.ts';
import { earliest, endOf, refuseWindow, startOf } from './validity.ts';
import type { CampaignFacts, Situation, VoucherFacts } from './voucher-facts.ts';

/** A voucher or promotion that may be used as far as it, its customer and the moment go; the sale itself is for pricing. */
export interface Usable {
  readonly kind: 'usable';
  readonly campaign: Campaign;
  /** How many uses one sale may take; null without limit. */
  readonly usesLeft: number | null;
  readonly budgetLeftMinor: number | null;
  readonly endsAtMs: number | null;
  /** What this till may let it be used on its own; null: no bound. */
  readonly allowance: Allowance | null;
}

/**
 * Decides whether a voucher may be used now: for this customer, by this person, here. The first thing that stands against
 * it is the reason, with its fact; what is for ever comes before what passes. See VoucherRefusal.
 */
export function decideVoucher(voucher: VoucherFacts, facts: CampaignFacts, situation: Situation): Usable | Refusal {
  const { version } = facts;
  const refused =
    refuseVoid(voucher) ??
    refuseOther(voucher, situation) ??
    refuseUsed(voucher) ??
    refuseEnded(voucher, facts, situation) ??
    refuseState(facts, situation, voucher.startsAtMs) ??
    refuseNobody(voucher, situation) ??
    refuseOwn(voucher, situation);
  if (refused !== null) return refused;
  const { campaign } = mustHave(version, 'the version of a campaign that runs');
  return (
    refuseUse(campaign, facts, situation) ??
    refuseOtherArm(facts, situation) ??
    refuseNextSale(campaign, voucher, situation) ??
    refuseLimits(campaign, facts) ??
    usable(campaign, facts, voucher, situation)
  );
}

/** Decides whether a live campaign applies by itself; nobody is told why not. */
export function decidePromotion(facts: CampaignFacts, situation: Situation): Usable | Refusal {
  const refused = refuseCampaignEnd(facts, situation) ?? refuseState(facts, situation, null);
  if (refused !== null) return refused;
  const { campaign } = mustHave(facts.version, 'the version of a campaign that runs');
  if (campaign.trigger !== 'automatic') return refuse('voucher-draft');
  return (
    refuseUse(campaign, facts, situation) ??
    refuseOtherArm(facts, situation) ??
    refuseLimits(campaign, facts) ??
    usable(campaign, facts, null, situation)
  );
}

function refuseVoid({ isActive, revokedAtMs }: VoucherFacts): Refusal | null {
  return isActive && revokedAtMs === null ? null : refuse('voucher-revoked', { atMs: revokedAtMs });
}

/** Somebody else's: nothing more is told of it. */
function refuseOther({ holderCustomerId }: VoucherFacts, { customer }: Situation): Refusal | null {
  const isTheirs = holderCustomerId === null || customer === null || holderCustomerId === customer.customerId;
  return isTheirs ? null : refuse('voucher-of-another');
}

/** Somebody's, and nobody is known yet: only where knowing them could help. */
function refuseNobody({ holderCustomerId }: VoucherFacts, { customer }: Situation): Refusal | null {
  return holderCustomerId !== null && customer === null ? refuse('voucher-needs-customer') : null;
}

/** Used up: by its one user, or by everybody together. */
export function refuseUsed({ usageLimit, usageCount, claim, lastUse }: VoucherFacts): Refusal | null {
  const isUsedUp = usageLimit !== null && usageCount >= usageLimit;
  if (isUsedUp && usageLimit > 1 && claim?.status !== 'REDEEMED')
    return refuse('voucher-limit-reached', { limit: usageLimit });
  if (!isUsedUp && claim?.status !== 'REDEEMED') return null;
  const { atMs = null, terminalId = null, terminalName } = lastUse ?? {};
  const place: RefusalFacts = terminalName === undefined ? {} : { terminalName };
  return refuse('voucher-used', { atMs, terminalId, ...place });
}

/** Over: the voucher itself, its claim, or the campaign by its date or by hand. */
export function refuseEnded(voucher: VoucherFacts, facts: CampaignFacts, situation: Situation): Refusal | null {
  const { claim, expiresAtMs, status } = voucher;
  const ownEndMs = earliest(expiresAtMs, claim?.status === 'CLAIMED' ? claim.expiresAtMs : null);
  if (ownEndMs !== null && situation.atMs >= ownEndMs) return refuse('voucher-expired', { endedAtMs: ownEndMs });
  if (status === 'expired' || claim?.status === 'EXPIRED') {
    return refuse('voucher-expired', { endedAtMs: claim?.expiresAtMs ?? expiresAtMs });
  }
  return refuseCampaignEnd(facts, situation);
}

function refuseCampaignEnd({ version, status, endedAtMs }: CampaignFacts, { atMs, zone }: Situation): Refusal | null {
  if (status === 'ended') return refuse('voucher-ended', { endedAtMs });
  const dateEndMs = version === null ? null : endOf(version.campaign.validity, zone);
  return dateEndMs !== null && atMs >= dateEndMs ? refuse('voucher-expired', { endedAtMs: dateEndMs }) : null;
}

/** Not yet, or not at the moment: a draft, a pause, a first day to come. */
export function refuseState(
  facts: CampaignFacts,
  { atMs, zone }: Situation,
  ownStartMs: number | null,
): Refusal | null {
  const { version, status, pausedAtMs, pausedByStaffId, pausedByName } = facts;
  if (version === null || status === 'draft') return refuse('voucher-draft');
  if (status === 'paused') {
    const byName: RefusalFacts = pausedByName === undefined ? {} : { byName: pausedByName };
    return refuse('voucher-paused', { atMs: pausedAtMs, staffId: pausedByStaffId, ...byName });
  }
  const startsAtMs = Math.max(startOf(version.campaign.validity, zone) ?? 0, ownStartMs ?? 0);
  return atMs < startsAtMs ? refuse('voucher-not-started', { startsAtMs }) : null;
}

/**
 * Who made or gave out a voucher does not redeem it, neither for others nor for themself as its customer (S3-57). Somebody
 * else may allow it; where one person is the whole staff there is nobody else, and they may redeem it for others.
 */
function refuseOwn(voucher: VoucherFacts, situation: Situation): Refusal | null {
  const { createdByStaffId, issuedByStaffId, issuerCustomerIds } = voucher;
  const { staffId, customer } = situation;
  const isTheirs = customer !== null && issuerCustomerIds.includes(customer.customerId);
  const role = staffRoleOf(voucher, staffId);
  if (role === null && !isTheirs) return null;
  const { isAlone, allowedByStaffId } = situation.own ?? { isAlone: false, allowedByStaffId: null };
  const as = (isAlone ? null : role) ?? (isTheirs ? 'customer' : null);
  if (as === null) return null;
  const isByAnother = allowedByStaffId !== createdByStaffId && allowedByStaffId !== issuedByStaffId;
  if (allowedByStaffId !== null && isByAnother) return null;
  return refuse('voucher-own', { as, permission: 'vouchers.own', overridable: true });
}

function staffRoleOf(
  { createdByStaffId, issuedByStaffId }: VoucherFacts,
  staffId: string,
): 'creator' | 'issuer' | null {
  if (staffId === createdByStaffId) return 'creator';
  return staffId === issuedByStaffId ? 'issuer' : null;
}

function refuseUse(campaign: Campaign, facts: CampaignFacts, situation: Situation): Refusal | null {
  return (
    refusePlace(campaign, facts, situation) ??
    refuseWindow(campaign.validity, situation.atMs, situation.zone) ??
    refuseCustomer(campaign, facts, situation) ??
    refuseConditions(campaign, facts, situation)
  );
}

/** Kept for a later sale: not in the one in which it was claimed, nor before it was claimed (C-36). */
function refuseNextSale(
  { use }: Campaign,
  { claim, issuedSaleId }: VoucherFacts,
  { saleId }: Situation,
): Refusal | null {
  if (use === 'this-sale' || saleId === null) return null;
  // A code that another sale gave to whoever bears it needs no wallet.
  if (claim === null && issuedSaleId != null && issuedSaleId !== saleId) return null;
  return claim?.status === 'CLAIMED' && claim.claimedSaleId !== saleId ? null : refuse('voucher-next-sale');
}

function refuseLimits({ limits, audience }: Campaign, { uses, spentMinor }: CampaignFacts): Refusal | null {
  // Two payments that wait at once are not both the first purchase.
  if (audience.isFirstPurchase && uses.byCustomer > 0)
    return refuse('voucher-not-first-purchase', { sales: uses.byCustomer });
  const { total, perDay, perCustomer, perCustomerPerDay, budgetMinor } = limits;
  if (total !== null && uses.total >= total) return refuse('voucher-limit-reached', { limit: total });
  if (budgetMinor !== null && spentMinor >= budgetMinor) return refuse('voucher-budget-spent', { budgetMinor });
  if (perCustomer !== null && uses.byCustomer >= perCustomer)
    return refuse('voucher-customer-limit', { limit: perCustomer });
  if (perDay !== null && uses.today >= perDay) return refuse('voucher-day-limit', { limit: perDay });
  if (perCustomerPerDay === null || uses.byCustomerToday < perCustomerPerDay) return null;
  return refuse('voucher-customer-day-limit', { limit: perCustomerPerDay });
}

function usable(
  campaign: Campaign,
  { uses, spentMinor }: CampaignFacts,
  voucher: VoucherFacts | null,
  { zone }: Situation,
): Usable | Refusal {
  const { total, perDay, perCustomer, perCustomerPerDay, budgetMinor, usesPerSale } = campaign.limits;
  const ownLeft = voucher?.usageLimit == null ? null : voucher.usageLimit - voucher.usageCount - voucher.heldUses;
  if (ownLeft !== null && ownLeft <= 0) return refuse('voucher-held', { untilMs: voucher?.heldUntilMs ?? null });
  const allowance = voucher?.allowance ?? null;
  const allowedLeft = allowance === null ? null : leftOfAllowance(allowance);
  if (allowance !== null && allowedLeft === 0) return refuseAllowance(allowance);
  const left = [
    usesPerSale,
    allowedLeft,
    ownLeft,
    leftOf(total, uses.total),
    leftOf(perDay, uses.today),
    leftOf(perCustomer, uses.byCustomer),
    leftOf(perCustomerPerDay, uses.byCustomerToday),
  ].filter((count) => count !== null);
  const claimEndMs = voucher?.claim?.status === 'CLAIMED' ? voucher.claim.expiresAtMs : null;
  const ownEndMs = earliest(voucher?.expiresAtMs ?? null, claimEndMs);
  return {
    kind: 'usable',
    campaign,
    usesLeft: left.length === 0 ? null : Math.min(...left),
    budgetLeftMinor: leftOf(budgetMinor, spentMinor),
    endsAtMs: earliest(ownEndMs, endOf(campaign.validity, zone)),
    allowance,
  };
}

/**
 * Decides whether a voucher that may be used may be used so often: refuses 'voucher-till-allowance' where this till's allowance
 * stands against it, 'voucher-limit-reached' with what is left otherwise. Null: it may.
 */
export function refuseUses(
  { usesLeft, allowance }: Pick<Usable, 'usesLeft' | 'allowance'>,
  uses: number,
): Refusal | null {
  if (allowance !== null && uses > leftOfAllowance(allowance)) return refuseAllowance(allowance);
  return usesLeft !== null && uses > usesLeft ? refuse('voucher-limit-reached', { limit: usesLeft }) : null;
}

function refuseAllowance(allowance: Allowance): Refusal {
  const { limit, given, held } = allowance;
  return refuse('voucher-till-allowance', { limit, used: given + held, left: leftOfAllowance(allowance) });
}

function leftOf(limit: number | null, used: number): number | null {
  return limit === null ? null : limit - used;
}
