import { type Refusal, refuse } from '#shop/refusal.ts';
import { discountLimitOf, exceedsDiscountLimit } from '#shop/till/manual-discount.ts';
import type { PricingPolicy } from '#shop/till/price-sale.ts';
import type { TakenReward } from '#shop/till/price-with-rewards.ts';
import type { PricedSale, SaleDraft } from '#shop/till/sale.ts';
import { MAX_SALE_LINES } from '#shop/till/sale-draft-schema.ts';
import type { RefusedVoucher } from '#shop/vouchers/on-sale.ts';
import type { CommandScope } from '../command-scope.ts';
import { type Member, selectMember } from '../points/accounts-store.ts';
import type { Standing } from '../ledger/standing.ts';
import { refuseRiskyScan } from '../scanning/scan-approvals-store.ts';
import type { KeptPassUse, KeptRedemption } from '../value/kept-value.ts';
import type { Leaving } from '../value/leaving.ts';
import { recordRefused } from '../value/redeem-sale.ts';
import type { SaleVouchers } from '../value/sale-vouchers.ts';
import { decideSold } from '../value/sell.ts';
import { selectDraft } from './drafts-store.ts';
import { keptPassUses, priceWithValue, type ValuedSale } from './price-with-value.ts';
import { currentDraftOf, withCurrentPrices } from './sale-policy.ts';
import { type SaleState, selectTenders } from './sales-store.ts';

/** What of an op is left for the lines of a sale, in characters: the op holds 64 KiB and the rest of the sale too. */
const ROOM_FOR_LINES = 40_000;
/** What a stored line takes beside its name and note. */
const LINE_OVERHEAD = 620;
/** What a line takes that comes back in the same ticket. */
const RETURN_OVERHEAD = 320;
/** What a stored share of an offer takes. */
const SHARE_OVERHEAD = 330;

/** A draft that may be sold: priced under the catalogue, settings and programmes of now. */
export interface SellableSale {
  readonly kind: 'sellable';
  readonly draft: SaleDraft;
  readonly priced: PricedSale;
  readonly taken: readonly TakenReward[];
  /** What is redeemed with it, and the vouchers that stay with their customer. */
  readonly redemptions: readonly KeptRedemption[];
  readonly refusedVouchers: readonly RefusedVoucher[];
  readonly passes: readonly KeptPassUse[];
  /** What its lines sell; accounts that do not exist yet are opened when it is written. */
  readonly selling: Selling;
  /** What pricing read of the campaigns that do something at every sale. */
  readonly atSale: SaleVouchers['atSale'];
}

type Selling = Exclude<ReturnType<typeof decideSold>, Refusal>;

/**
 * Decides whether a draft may be sold as it stands. Refuses 'empty-sale', 'too-many-lines', 'amount-too-large',
 * 'price-changed' (the catalogue's price of a product, or the total that the cashier saw, is another now) and
 * 'discount-over-limit' (a manager's PIN opens it), as decideRedeem does for the first reward that cannot be had, for the
 * first pass that cannot pay, and as decideSold does. A voucher that cannot be had stays with its customer as long as the
 * total is the one that the cashier saw; otherwise its refusal is the sale's, and the attempt is on record (S0-32). One that somebody
 * else may allow (S3-57) is always refused: the preview counted on it.
 */
export function decideSellable(
  scope: CommandScope,
  draft: SaleDraft,
  given: {
    readonly policy: PricingPolicy;
    readonly standings: readonly Standing[];
    /** Null where nobody has seen a total yet. */
    readonly expectedTotalMinor: number | null;
    /** What goods that come back in the same ticket take away again. */
    readonly leaving: Leaving;
  },
): SellableSale | Refusal {
  const { policy, standings, expectedTotalMinor, leaving } = given;
  if (draft.lines.length === 0) return refuse('empty-sale');
  const current = currentDraftOf(scope, draft);
  if (!fitsIntoOp(current.draft)) return refuse('too-many-lines', { limit: MAX_SALE_LINES });
  const [changed] = current.changedPrices;
  const asked = changed === undefined ? current.draft : withCurrentPrices(current);
  const valued = priceWithValue(scope, asked, policy, standings, leaving);
  if ('reason' in valued) return valued;
  const { rewarded, outcome, passUses, vouchers } = valued;
  const { priced, taken } = rewarded;
  const { totalMinor } = priced;
  if (changed !== undefined) {
    return refuse('price-changed', { totalMinor, lineId: changed.lineId, priceMinor: changed.priceMinor });
  }
  const notSold = refuseUnseen(scope, draft, valued, expectedTotalMinor) ?? refuseDiscount(scope, priced);
  if (notSold !== null) return notSold;
  if (!fitsWithShares(current.draft, priced)) return refuse('too-many-lines', { limit: MAX_SALE_LINES });
  const selling = decideSold(scope, current.draft, priced);
  if ('reason' in selling) return selling;
  const { redemptions, refused: refusedVouchers } = outcome;
  const passes = keptPassUses(passUses);
  const value = { redemptions, refusedVouchers, passes, selling, atSale: vouchers.atSale };
  return { kind: 'sellable', draft: current.draft, priced, taken, ...value };
}

/** What stands against a priced sale: a reward or pass that cannot be had, a total that nobody saw. */
function refuseUnseen(
  scope: CommandScope,
  { saleId, customerId }: SaleDraft,
  { rewarded, outcome, passUses }: ValuedSale,
  expectedTotalMinor: number | null,
): Refusal | null {
  const [notHad] = rewarded.refused;
  if (notHad !== undefined) return notHad.refusal;
  const unpaid = passUses.find(({ refusal }) => refusal !== null);
  if (unpaid?.refusal != null) return { ...unpaid.refusal, facts: { ...unpaid.refusal.facts, passId: unpaid.passId } };
  const { totalMinor } = rewarded.priced;
  const toApprove = outcome.refused.find(({ refusal }) => refusal.facts.overridable === true);
  const isSeen = expectedTotalMinor === null || totalMinor === expectedTotalMinor;
  if (isSeen && toApprove === undefined) return null;
  const gone = toApprove ?? outcome.refused[0];
  if (gone === undefined) return refuse('price-changed', { totalMinor });
  recordRefused(scope, { saleId, customerId }, [gone]);
  return { ...gone.refusal, facts: { ...gone.refusal.facts, voucherId: gone.voucherId, totalMinor } };
}

/** What an offer took off a line is a row of its own in the op. */
function fitsWithShares(draft: SaleDraft, { offers }: PricedSale): boolean {
  const shares = offers.reduce((count, offer) => count + offer.shares.length, 0);
  if (shares <= 40) return true;
  return roomOf(draft.lines) + shares * SHARE_OVERHEAD <= ROOM_FOR_LINES;
}

function fitsIntoOp({ lines, exchange }: SaleDraft): boolean {
  const returned = exchange?.lines.length ?? 0;
  if (lines.length + returned <= 20) return true;
  return roomOf(lines) + returned * RETURN_OVERHEAD <= ROOM_FOR_LINES;
}

function roomOf(lines: SaleDraft['lines']): number {
  return lines.reduce((sum, { name, note, tags = [] }) => {
    const ofTags = tags.length === 0 ? 0 : textRoom(JSON.stringify(tags));
    return sum + LINE_OVERHEAD + textRoom(name) + textRoom(note) + ofTags;
  }, 0);
}

/** The outbox counts characters and bytes: text outside ASCII takes up to three for each. */
function textRoom(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

function refuseDiscount(scope: CommandScope, priced: PricedSale): Refusal | null {
  if (priced.manualDiscountMinor === 0) return null;
  const limits = scope.env.settings().discountLimitBasisPoints;
  const own = discountLimitOf(scope.session.roles, limits);
  const isApproved = scope.approverOf('discount.over-limit') !== null;
  const limit = isApproved ? Math.max(own, limits.manager) : own;
  if (!exceedsDiscountLimit(priced, limit)) return null;
  return refuse('discount-over-limit', {
    limitBasisPoints: limit,
    permission: 'discount.over-limit',
    overridable: limit < limits.manager,
  });
}

/** Refuses when this draft is no longer the newest one, or its sale has ended ('draft-changed-elsewhere', 'sale-already-completed'). */
export function refuseStaleDraft(
  scope: CommandScope,
  saleId: string,
  state: SaleState | null,
  revision: number | undefined,
): Refusal | null {
  if (state !== null && state.completedAtMs !== null) {
    return refuse('sale-already-completed', { receiptNumber: state.receiptNumber, atMs: state.completedAtMs });
  }
  if (state !== null && state.status !== 'pending') return refuse('draft-changed-elsewhere', { revision: 0 });
  if (revision === undefined) return null;
  const stored = selectDraft(scope.db, scope.shop.merchantId, saleId)?.revision ?? 0;
  return stored === revision ? null : refuse('draft-changed-elsewhere', { revision: stored });
}

/**
 * Returns the customer of a draft, null for nobody. Refuses 'not-found', 'customer-blocked' (but what a card is being charged
 * for is sold, whoever is blocked meanwhile), and 'scan-risk' for one who was scanned under HIGH risk (a manager's PIN opens
 * it, once for the whole sale).
 */
export function memberOfDraft(scope: CommandScope, draft: SaleDraft): { member: Member | null } | Refusal {
  const { customerId } = draft;
  if (customerId === null) return { member: null };
  const member = selectMember(scope.db, scope.shop.merchantId, customerId);
  if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer', customerId });
  if (member.status === 'blocked' && !isCharged(scope, draft)) return refuse('customer-blocked', { customerId });
  return refuseRiskyScan(scope, { customerId, isByScan: draft.customerIdentifiedBy === 'scan' }) ?? { member };
}

/** Whether a tender of the sale waits for the answer of a terminal: the money may be gone already. */
function isCharged({ db }: CommandScope, { saleId }: SaleDraft): boolean {
  return selectTenders(db, saleId).some(({ status }) => status === 'pending');
}
