import { uuidV5 } from '../ids/uuid.ts';
import { sumOf } from '../money/money.ts';
import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import type { RefusalReason } from '../refusal.ts';
import { type FilterableItem, matchesFilter } from '../offers/item-filter.ts';
import { localDateOf } from '../time/business-day.ts';
import { addDays } from '../time/civil-date.ts';
import type { Campaign, Distribution } from './campaign.ts';

/** What a customer gets a voucher by itself for. */
export type Occasion =
  | { readonly kind: 'enrolment' }
  | { readonly kind: 'birthday'; readonly year: number }
  | { readonly kind: 'win-back'; readonly lastVisitMs: number }
  | { readonly kind: 'segment' }
  | { readonly kind: 'season'; readonly year: number }
  | { readonly kind: 'referral'; readonly friendId: string }
  | { readonly kind: 'after-sale'; readonly saleId: string };

/** Whether the occasion comes more than once to the same customer, so that a code for everybody would be given once only. */
export function comesAgain({ kind }: Occasion): boolean {
  return kind === 'birthday' || kind === 'win-back' || kind === 'season';
}

/** For so many days, from the first try, what was refused is tried again once a day: as long as its occasion lasts. */
export const OCCASION_DAYS = 30;

const LASTING: ReadonlySet<string> = new Set<RefusalReason>([
  'voucher-not-first-purchase',
  'voucher-used',
  'voucher-limit-reached',
  'voucher-revoked',
  'voucher-expired',
  'voucher-ended',
  'voucher-of-another',
]);

/**
 * Whether what stands against a voucher that a rule gives stays so under the same terms, so that it is not tried again. A
 * pause, an experiment, a tier and a segment pass.
 */
export function isLastingRefusal(reason: string): boolean {
  return LASTING.has(reason);
}

/** The key of a voucher that the system gives: the same cause makes the same key, so that nothing is given twice. */
export function issueKeyOf(campaignId: string, customerId: string | null, occasion: Occasion): string {
  return uuidV5(campaignId, `${customerId ?? ''}\n${occasion.kind}\n${causeOf(occasion)}`);
}

function causeOf(occasion: Occasion): string {
  switch (occasion.kind) {
    case 'birthday':
    case 'season':
      return String(occasion.year);
    case 'win-back':
      return String(occasion.lastVisitMs);
    case 'referral':
      return occasion.friendId;
    case 'after-sale':
      return occasion.saleId;
    case 'enrolment':
    case 'segment':
      return '';
  }
}

/** A line of a completed sale as distribution reads it. */
export interface SoldItem extends FilterableItem {
  readonly quantityThousandths: number;
  readonly payableMinor: number;
}

/**
 * Returns how many uses the voucher has that a completed sale gives, 0 for none: where the eligible lines come to the
 * minimum, one for the sale or one for each whole eligible piece (C-41).
 */
export function usesIssuedBy(distribution: Distribution, items: readonly SoldItem[]): number {
  if (distribution.kind !== 'after-sale') return 0;
  const eligible = items.filter((item) => matchesFilter(item, distribution.filter));
  const amountMinor = sumOf(eligible.map(({ payableMinor }) => payableMinor));
  if (eligible.length === 0 || amountMinor < distribution.minimumMinor) return 0;
  if (distribution.per === 'sale') return 1;
  return sumOf(eligible.map(({ quantityThousandths }) => Math.floor(quantityThousandths / UNIT_THOUSANDTHS)));
}

/** The civil day on which a customer who came last at an instant is won back, or null where the campaign asks no such thing. */
export function winBackDay({ distribution }: Campaign, lastVisitMs: number, zone: string): string | null {
  if (distribution.kind !== 'win-back') return null;
  return addDays(localDateOf(lastVisitMs, zone), distribution.afterDays);
}
