import { mustHave } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { refuseCustomer, refuseOtherArm } from './audience.ts';
import { refuseEnded, refuseState, refuseUsed } from './decide-voucher.ts';
import { claimEndOf, earliest } from './validity.ts';
import type { CampaignFacts, Situation, VoucherFacts } from './voucher-facts.ts';

/** A voucher that goes into a wallet. */
export interface Claim {
  readonly kind: 'claim';
  readonly expiresAtMs: number | null;
  /** From now on nobody else can use it: it can be used once only. */
  readonly bindsHolder: boolean;
}

/**
 * Decides whether a customer may take a voucher into the wallet: one claim for each customer and voucher (S0-26, S0-53).
 * One that has not begun may be claimed, whoever gives it; the hours and the sale are asked when it is used.
 */
export function decideClaim(voucher: VoucherFacts, facts: CampaignFacts, situation: Situation): Claim | Refusal {
  const { customer, atMs, zone } = situation;
  const { claim, holderCustomerId, usageLimit, expiresAtMs } = voucher;
  if (customer === null) return refuse('voucher-needs-customer');
  if (!voucher.isActive || voucher.revokedAtMs !== null)
    return refuse('voucher-revoked', { atMs: voucher.revokedAtMs });
  if (holderCustomerId !== null && holderCustomerId !== customer.customerId) return refuse('voucher-of-another');
  const over = refuseUsed(voucher) ?? refuseEnded(voucher, facts, situation);
  if (over !== null) return over;
  if (claim?.status === 'CLAIMED') return refuse('voucher-already-claimed', { claimedAtMs: claim.claimedAtMs });
  const notNow = refuseState(facts, situation, null);
  if (notNow !== null && notNow.reason !== 'voucher-not-started') return notNow;
  const { campaign } = mustHave(facts.version, 'the version of a campaign that runs');
  const notFor = refuseCustomer(campaign, facts, situation) ?? refuseOtherArm(facts, situation);
  if (notFor !== null) return notFor;
  const endMs = claimEndOf(campaign.validity, atMs, zone);
  return { kind: 'claim', expiresAtMs: earliest(endMs, expiresAtMs), bindsHolder: usageLimit === 1 };
}
