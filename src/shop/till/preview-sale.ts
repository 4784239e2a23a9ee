import { roundCashDue } from '../money/cash-rounding.ts';
import { naturalNotes } from '../money/natural-notes.ts';
import { type Earning, previewPoints } from '../points/earning.ts';
import type { ProgrammeVersion } from '../points/programme.ts';
import type { Role } from '../staff/permissions.ts';
import { type DiscountLimits, discountLimitOf, exceedsDiscountLimit } from './manual-discount.ts';
import type { PricingPolicy } from './price-sale.ts';
import type { RewardedSale } from './price-with-rewards.ts';
import type { ExchangePreview, SalePreview } from './sale.ts';
import type { ValuePreview } from './value-on-sale.ts';

/** What a preview shows beside the priced sale: what it earns, the customer's balance, and who asks. */
export interface PreviewGiven {
  /** How cash is rounded. */
  readonly cashRounding: PricingPolicy['cashRounding'];
  /** What comes back in the same ticket; null for a plain sale. */
  readonly exchange: ExchangePreview | null;
  /** What the sale earns in the shop's main programme; null where it has none. */
  readonly main: { readonly earning: Earning; readonly version: ProgrammeVersion } | null;
  /** Null where the sale has no customer. */
  readonly customerBalance: number | null;
  /** What the rewards of the main programme cost. */
  readonly spentPoints: number;
  readonly roles: readonly Role[];
  readonly discountLimits: DiscountLimits;
  /** Vouchers, promotions, passes and credit. */
  readonly value: ValuePreview;
}

/** Returns what the till shows before Charge of a sale that was priced by the function that commits it. */
export function previewSale({ priced, taken, refused }: RewardedSale, given: PreviewGiven): SalePreview {
  const { cashRounding, exchange, main, value } = given;
  const dueMinor = priced.totalMinor - (exchange?.exchangedMinor ?? 0) - value.passMinor;
  const cashDueMinor = roundCashDue(dueMinor, cashRounding);
  const limit = discountLimitOf(given.roles, given.discountLimits);
  return {
    ...value,
    priced,
    takenRewards: taken.map(({ place, redemption, amountMinor }) => ({
      place,
      points: redemption.points,
      amountMinor,
    })),
    refusedRewards: refused.map(({ place, refusal }) => ({ place, reason: refusal.reason, facts: refusal.facts })),
    exchange,
    dueMinor,
    cashDueMinor,
    cashRoundingMinor: cashDueMinor - dueMinor,
    cashRounding,
    naturalNotesMinor: naturalNotes(cashDueMinor, priced.currency),
    points:
      main === null || given.customerBalance === null
        ? null
        : previewPoints(main.earning, main.version, given.customerBalance, given.spentPoints),
    pointsIfCustomer: main?.earning.points ?? 0,
    discountLimitExceeded: exceedsDiscountLimit(priced, limit),
  };
}
