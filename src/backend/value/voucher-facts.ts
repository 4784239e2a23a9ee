import { mustHave } from '#shop/must.ts';
import { type Permission, type Role, rolesMay } from '#shop/staff/permissions.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { CampaignFacts, CustomerFacts, Situation, VoucherFacts } from '#shop/vouchers/voucher-facts.ts';
import type { Moment } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import { selectSegmentsOf } from '../customers/segments-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { standingsOf } from '../ledger/standing.ts';
import { type Member, selectMember } from '../points/accounts-store.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { countActiveStaff, selectCustomerOfStaff } from '../staff/staff-customers-store.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { selectClaim } from '../vouchers/claims-store.ts';
import {
  type StoredVoucher,
  selectCampaignTotals,
  selectLastUse,
  selectUsesOfCustomer,
  selectUsesOfDay,
} from '../vouchers/vouchers-store.ts';
import { selectStaffMember } from '../staff/staff-store.ts';
import { selectHeld, selectHeldOfCustomer } from './holds-store.ts';
import { trialOf } from './settle-experiments.ts';

/** What queries and commands both have of the world. */
export interface FactsScope {
  readonly db: ReadableDb;
  readonly shop: ShopIdentity;
  readonly moment: Moment;
  readonly session: { readonly staffId: string; readonly roles: readonly Role[] };
  /** The manager who approved just this for the command; left out where nothing is approved. */
  readonly approverOf?: (permission: Permission) => string | null;
}

/** For whom and in which sale a voucher is asked; null: nobody, outside a sale. */
export interface Occasion {
  readonly customerId: string | null;
  readonly saleId: string | null;
}

/**
 * Returns everything that decides about a voucher now, by trusted time; what saleId itself has set aside does not count.
 * Who asks about many vouchers of one customer reads the customer once and hands them in.
 */
export function readVoucherFacts(
  scope: FactsScope,
  stored: StoredVoucher,
  { customerId, saleId }: Occasion,
  known?: CustomerFacts | null,
): { readonly voucher: VoucherFacts; readonly facts: CampaignFacts; readonly situation: Situation } {
  const { db, shop, moment, session } = scope;
  const atMs = moment.trustedAtMs;
  const { voucherId, campaignId } = stored;
  const held = selectHeld(db, { subjectKind: 'voucher', subjectId: voucherId, saleId, atMs });
  const voucher: VoucherFacts = {
    ...stored,
    isActive: stored.isActive === 1,
    heldUses: held.uses,
    heldUntilMs: held.untilMs,
    issuerCustomerIds: issuerCustomersOf(scope, stored),
    claim: customerId === null ? null : selectClaim(db, customerId, voucherId),
    lastUse: selectLastUse(db, voucherId),
  };
  const customer = known !== undefined ? known : customerId === null ? null : readCustomer(scope, customerId);
  const place = { zone: shop.timeZone, shopId: shop.shopId, staffId: session.staffId };
  const situation = { atMs, ...place, customer, saleId, own: ownRuleOf(scope) };
  return { voucher, facts: readCampaignFacts(scope, campaignId, { customerId, saleId }), situation };
}

/** The customer records of who made a voucher and who gave it out. */
function issuerCustomersOf({ db, shop }: FactsScope, stored: StoredVoucher): string[] {
  const staffIds = [stored.createdByStaffId, stored.issuedByStaffId].filter((staffId) => staffId !== null);
  return [...new Set(staffIds)].flatMap((staffId) => selectCustomerOfStaff(db, shop.merchantId, staffId) ?? []);
}

/** Who allows that somebody redeems their own (S3-57): a manager's approval, or who redeems where they may. */
function ownRuleOf({ db, shop, session, approverOf }: FactsScope): NonNullable<Situation['own']> {
  const bySelf = rolesMay(session.roles, 'vouchers.own') ? session.staffId : null;
  const allowedByStaffId = approverOf?.('vouchers.own') ?? bySelf;
  return { isAlone: countActiveStaff(db, shop.merchantId) === 1, allowedByStaffId };
}

/** How a campaign stands and what was used of it, with what other sales have set aside. */
export function readCampaignFacts(
  { db, shop, moment }: Pick<FactsScope, 'db' | 'shop' | 'moment'>,
  campaignId: string,
  { customerId, saleId }: Occasion,
): CampaignFacts {
  const atMs = moment.trustedAtMs;
  const campaign = mustHave(selectCampaign(db, shop.merchantId, campaignId), 'the campaign of a voucher');
  const totals = selectCampaignTotals(db, campaignId);
  const held = selectHeld(db, { subjectKind: 'campaign', subjectId: campaignId, saleId, atMs });
  const civilDate = localDateOf(atMs, shop.timeZone);
  const own =
    customerId === null ? { total: 0, today: 0 } : selectUsesOfCustomer(db, { campaignId, customerId, civilDate });
  const ownHeld =
    customerId === null || held.uses === 0 ? 0 : selectHeldOfCustomer(db, { campaignId, customerId, saleId, atMs });
  const uses = {
    total: totals.uses + held.uses,
    today: selectUsesOfDay(db, campaignId, civilDate) + held.uses,
    byCustomer: own.total + ownHeld,
    byCustomerToday: own.today + ownHeld,
  };
  const trial = trialOf({ db, shop }, campaignId, customerId);
  const { pausedByStaffId } = campaign;
  const pausedBy = pausedByStaffId === null ? null : selectStaffMember(db, shop.merchantId, pausedByStaffId);
  const named = pausedBy === null ? {} : { pausedByName: pausedBy.name };
  return { ...campaign, ...named, uses, spentMinor: totals.costMinor + held.amountMinor, trial };
}

/** A customer as audiences see them; null where there is none. */
export function readCustomer(
  scope: Pick<FactsScope, 'db' | 'shop' | 'moment'>,
  customerId: string,
): CustomerFacts | null {
  const { db, shop } = scope;
  const customer = selectCustomer(db, shop.merchantId, customerId);
  const member: Member | null = selectMember(db, shop.merchantId, customerId);
  if (customer === null || member === null) return null;
  const standings = standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId));
  return {
    customerId,
    tierIds: standings.flatMap(({ tier }) => tier()?.tierId ?? []),
    segmentIds: selectSegmentsOf(db, customerId).map(({ segmentId }) => segmentId),
    completedSales: customer.salesCount,
  };
}
