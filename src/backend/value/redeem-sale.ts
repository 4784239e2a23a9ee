import { mustHave } from '#shop/must.ts';
import type { SoldItem } from '#shop/vouchers/issue.ts';
import { issueKeyOf, usesIssuedBy } from '#shop/vouchers/issue.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { RefusedVoucher } from '#shop/vouchers/on-sale.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import type { CommandScope } from '../command-scope.ts';
import { openAttempt } from '../vouchers/attempts-store.ts';
import { selectCampaign, selectCampaignVersion } from '../vouchers/campaigns-store.ts';
import { selectClaim } from '../vouchers/claims-store.ts';
import { type CampaignAtSale, selectCampaignsAtSale } from '../vouchers/sale-campaigns-store.ts';
import { selectVoucher } from '../vouchers/vouchers-store.ts';
import { tellNotGiven } from './campaign-alerts.ts';
import { type IssuedVoucher, issueVoucher } from './issue-voucher.ts';
import type { KeptRedemption } from './kept-value.ts';
import { writeRedemption } from './redemptions-store.ts';
import { insertSaleCoupon } from './value-of-sale-store.ts';
import { selectCampaignUses } from './voucher-facts-store.ts';

interface RedeemingSale {
  readonly saleId: string;
  readonly customerId: string | null;
}

/**
 * Redeems what a sale that stands written took off: of each voucher the attempt first, then the redemption, by which its
 * count, its claim and the campaign's uses and budget follow, and then the attempt as successful, all in this transaction.
 */
export function redeemOnSale(scope: CommandScope, sale: RedeemingSale, redemptions: readonly KeptRedemption[]): void {
  for (const redemption of redemptions) redeem(scope, sale, redemption);
  if (redemptions.length > 0) for (const topic of ['vouchers', 'wallet'] as const) scope.touch(topic);
}

function redeem(scope: CommandScope, { saleId, customerId }: RedeemingSale, redemption: KeptRedemption): void {
  const { voucherId, campaignId, versionId, kind, uses, amountMinor, code, name } = redemption;
  const attempt =
    voucherId === null
      ? null
      : openAttempt(scope, { voucherId, codeKey: codeKeyOf(code) ?? code, kind: 'redeem', customerId, saleId });
  const redemptionId = writeRedemption(scope, {
    ...{ campaignId, versionId, voucherId, customerId, saleId, kind, uses, amountMinor },
    endsClaim: endsClaim(scope, redemption, customerId),
  });
  attempt?.succeed();
  if (voucherId === null || customerId === null) return;
  const data = { redemptionId, voucherId, campaignId, name, saleId, uses, amountMinor };
  scope.event({ type: 'customer.voucher.redeemed', category: 'ACTION', customerId, data });
}

/** Whether the customer has then used the campaign as often as it lets them: their claim is used up. */
function endsClaim(
  { db, shop, moment }: CommandScope,
  { campaignId, versionId, uses }: KeptRedemption,
  customerId: string | null,
): boolean {
  if (customerId === null) return false;
  const version = mustHave(selectCampaignVersion(db, shop.merchantId, versionId), 'the version of a redemption');
  const { perCustomer } = version.campaign.limits;
  if (perCustomer === null) return false;
  const civilDate = localDateOf(moment.trustedAtMs, shop.timeZone);
  const atMs = moment.trustedAtMs;
  const used = selectCampaignUses(db, { campaignId, customerId, civilDate, saleId: null, atMs }).usesOfCustomer;
  return used + uses >= perCustomer;
}

/** Records the vouchers that were asked for and stay with their customer: each an attempt that was refused. */
export function recordRefused(
  scope: CommandScope,
  { saleId, customerId }: RedeemingSale,
  refused: readonly RefusedVoucher[],
): void {
  for (const { voucherId, refusal } of refused) {
    const stored = selectVoucher(scope.db, scope.shop.merchantId, voucherId);
    const tried = stored?.code ?? voucherId;
    const codeKey = codeKeyOf(tried) ?? tried;
    const attempt = { voucherId: stored?.voucherId ?? null, codeKey, kind: 'redeem', customerId, saleId } as const;
    openAttempt(scope, attempt).fail(refusal.reason);
  }
}

/**
 * Gives the vouchers that completed sales earn by themselves (C-41): to the sale's customer, or a new code for whoever
 * bears the receipt. A campaign that may not give now gives nothing. The same sale never gives twice.
 * known: the campaigns that pricing read in the same transaction. Returns how many it gave.
 */
export function issueAfterSale(
  scope: CommandScope,
  sale: RedeemingSale,
  items: readonly SoldItem[],
  known: readonly CampaignAtSale[] | null,
): number {
  const { db, shop } = scope;
  let issued = 0;
  const { saleId, customerId } = sale;
  for (const { campaignId, atSale } of known ?? selectCampaignsAtSale(db, shop.merchantId)) {
    const version = atSale === 'issue' ? selectCampaign(db, shop.merchantId, campaignId)?.version : null;
    if (version == null) continue;
    const { distribution, genericCode } = version.campaign;
    const uses = usesIssuedBy(distribution, items);
    if (uses === 0) continue;
    const issueKey = issueKeyOf(campaignId, customerId, { kind: 'after-sale', saleId });
    const isPerUnit = distribution.kind === 'after-sale' && distribution.per === 'unit';
    // A code for everybody cannot say how many uses this sale gave.
    const ofUnits = isPerUnit ? { uses, hasOwnCode: true } : {};
    const given = issueVoucher(scope, { campaignId, customerId, saleId, issueKey, ...ofUnits });
    if (given.kind === 'refused') {
      tellNotGiven(scope, campaignId, given.reason);
      continue;
    }
    issued += 1;
    if (genericCode !== null && !isPerUnit && isGood(scope, customerId, given.value))
      bearCoupon(scope, saleId, given.value);
  }
  return issued;
}

/** Whether a code for everybody that a sale gives can still be used by its customer: it is new, or unused since. */
function isGood({ db }: CommandScope, customerId: string | null, { isNew, voucherId }: IssuedVoucher): boolean {
  return isNew || customerId === null || selectClaim(db, customerId, voucherId)?.status === 'CLAIMED';
}

/** The receipt bears the code, now and whenever it is printed again (PR2). */
function bearCoupon(scope: CommandScope, saleId: string, { voucherId, endsAtMs }: IssuedVoucher): void {
  const row = { transactionId: saleId, voucherId, merchantId: scope.shop.merchantId, endsAtMs };
  scope.fact('sale_coupons', insertSaleCoupon(scope.db, row));
}
