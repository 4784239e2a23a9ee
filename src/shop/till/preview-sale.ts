import { roundCashDue } from '../money/cash-rounding.ts';
import { naturalNotes } from '../money/natural-notes.ts';
import { computeEarning, previewPoints } from '../points/earning.ts';
import type { EarningContext } from '../points/earning-context.ts';
import type { ProgrammeVersion } from '../points/programme.ts';
import type { Refusal } from '../refusal.ts';
import type { Role } from '../staff/permissions.ts';
import { earningSaleOf } from './earning-sale.ts';
import { type DiscountLimits, discountLimitOf, exceedsDiscountLimit } from './manual-discount.ts';
import type { PricingPolicy } from './price-sale.ts';
import { priceWithRewards, type RewardsGiven } from './price-with-rewards.ts';
import type { SaleDraft, SalePreview } from './sale.ts';

/** The world that a preview needs: the shop's policy, its programme, the customer's balance, and who asks. */
export interface PreviewGiven {
  readonly policy: PricingPolicy;
  /** Null where the shop has no programme. */
  readonly programme: ProgrammeVersion | null;
  /** Null where the sale has no customer. */
  readonly customerBalance: number | null;
  /** The offers of the sale and the programmes whose rewards may be taken; none where it is not given. */
  readonly rewards?: RewardsGiven;
  /** What earning reads beside the sale. */
  readonly context?: EarningContext | null;
  readonly roles: readonly Role[];
  readonly discountLimits: DiscountLimits;
}

/** Returns what the till shows before Charge, by the functions that commit the sale; refuses as priceSale does. */
export function previewSale(draft: SaleDraft, given: PreviewGiven): SalePreview | Refusal {
  const { policy, programme, rewards = NO_REWARDS, context = null } = given;
  const rewarded = priceWithRewards(draft, policy, rewards);
  if ('reason' in rewarded) return rewarded;
  const { priced, taken, refused } = rewarded;
  const sale = earningSaleOf(draft.lines, priced, policy.taxMode);
  const earning = programme === null ? null : computeEarning(sale, programme, context);
  const cashDueMinor = roundCashDue(priced.totalMinor, policy.cashRounding);
  const limit = discountLimitOf(given.roles, given.discountLimits);
  return {
    priced,
    takenRewards: taken.map(({ place, redemption, amountMinor }) => ({
      place,
      points: redemption.points,
      amountMinor,
    })),
    refusedRewards: refused.map(({ place, refusal }) => ({ place, reason: refusal.reason, facts: refusal.facts })),
    cashDueMinor,
    cashRoundingMinor: cashDueMinor - priced.totalMinor,
    naturalNotesMinor: naturalNotes(cashDueMinor, priced.currency),
    points:
      earning === null || programme === null || given.customerBalance === null
        ? null
        : previewPoints(earning, programme, given.customerBalance),
    pointsIfCustomer: earning?.points ?? 0,
    discountLimitExceeded: exceedsDiscountLimit(priced, limit),
  };
}

const NO_REWARDS: RewardsGiven = { offers: [], programmes: [] };
