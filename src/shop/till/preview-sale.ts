import { roundCashDue } from '../money/cash-rounding.ts';
import { naturalNotes } from '../money/natural-notes.ts';
import { computeEarning, previewPoints } from '../points/earning.ts';
import type { ProgrammeVersion } from '../points/programme.ts';
import type { Refusal } from '../refusal.ts';
import type { Role } from '../staff/permissions.ts';
import { type DiscountLimits, discountLimitOf, exceedsDiscountLimit } from './manual-discount.ts';
import { type PricingPolicy, priceSale } from './price-sale.ts';
import type { PricedSale, SaleDraft, SalePreview } from './sale.ts';

/** The world that a preview needs: the shop's policy, its programme, the customer's balance, and who asks. */
export interface PreviewGiven {
  readonly policy: PricingPolicy;
  /** Null where the shop has no programme. */
  readonly programme: ProgrammeVersion | null;
  /** Null where the sale has no customer. */
  readonly customerBalance: number | null;
  readonly roles: readonly Role[];
  readonly discountLimits: DiscountLimits;
}

/** Returns what the till shows before Charge, by the functions that commit the sale; refuses as priceSale does. */
export function previewSale(draft: SaleDraft, given: PreviewGiven): SalePreview | Refusal {
  const priced = priceSale(draft, given.policy);
  if ('reason' in priced) return priced;
  const earning = given.programme === null ? null : earningOf(priced, given.policy, given.programme);
  const cashDueMinor = roundCashDue(priced.totalMinor, given.policy.cashRounding);
  const limit = discountLimitOf(given.roles, given.discountLimits);
  return {
    priced,
    cashDueMinor,
    cashRoundingMinor: cashDueMinor - priced.totalMinor,
    naturalNotesMinor: naturalNotes(cashDueMinor, priced.currency),
    points:
      earning === null || given.programme === null || given.customerBalance === null
        ? null
        : previewPoints(earning, given.programme, given.customerBalance),
    pointsIfCustomer: earning?.points ?? 0,
    discountLimitExceeded: exceedsDiscountLimit(priced, limit),
  };
}

/** The points of a priced sale: preview and commit both call this. */
function earningOf(priced: PricedSale, policy: Pick<PricingPolicy, 'taxMode'>, version: ProgrammeVersion) {
  return computeEarning({ lines: priced.lines, taxMode: policy.taxMode }, version);
}
