import { mustHave } from '#shop/must.ts';
import { type Permission, type Role, rolesMay } from '#shop/staff/permissions.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { CampaignVersion } from '#shop/vouchers/campaign.ts';
import type {
  RestrictionNames,
  CampaignFacts,
  CampaignUses,
  CustomerFacts,
  Situation,
  VoucherFacts,
} from '#shop/vouchers/voucher-facts.ts';
import type { Moment } from '../command-scope.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import { selectSegmentsOf } from '../customers/segments-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { standingsOf } from '../ledger/standing.ts';
import { selectMember } from '../points/accounts-store.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { countActiveStaff, selectCustomerOfStaff } from '../staff/staff-customers-store.ts';
import { type CampaignState, selectCampaign, selectCampaignVersion } from '../vouchers/campaigns-store.ts';
import { selectClaim } from '../vouchers/claims-store.ts';
import { type StoredVoucher, selectLastUse } from '../vouchers/vouchers-store.ts';
import { selectStaffMember } from '../staff/staff-store.ts';
import { restrictionNamesOf } from './restriction-names.ts';
import { selectHeld, selectHeldOfCustomer } from './holds-store.ts';
import { trialOf } from './settle-experiments.ts';
import { codeAllowanceOf } from './till-allowance.ts';
import {
  type AskedVoucherRow,
  selectAskedVoucher,
  selectCampaignUses,
  type VoucherKey,
} from './voucher-facts-store.ts';

/** What queries and commands both have of the world. */
export interface FactsScope {
  readonly db: ReadableDb;
  readonly env: Pick<BackendEnv, 'settings'>;
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

/** A voucher as it is kept, and everything that decides about it. */
export interface ReadVoucher {
  readonly stored: StoredVoucher;
  readonly voucher: VoucherFacts;
  readonly facts: CampaignFacts;
  readonly situation: Situation;
}

/**
 * Returns everything that decides about a voucher now, by trusted time, or null where there is none; what saleId itself has
 * set aside does not count. One statement reads what each voucher asks; what only some ask (a claim, limits, the last use, who made
 * it) is read only where it can decide, and stands as nothing elsewhere. Who asks about many vouchers of one
 * customer reads the customer once and hands them in.
 */
export function readVoucher(
  scope: FactsScope,
  key: VoucherKey,
  occasion: Occasion,
  known?: CustomerFacts | null,
): ReadVoucher | null {
  const { db, shop, moment, session } = scope;
  const { customerId, saleId } = occasion;
  const atMs = moment.trustedAtMs;
  const row = selectAskedVoucher(db, shop.merchantId, key, { customerId, saleId, atMs });
  if (row === null) return null;
  const { campaignId, campaignStatus, versionId } = row;
  const voucher = voucherFactsOf(scope, row, occasion);
  const isKnown = customerId !== null && row.isMember === 1;
  const customer = known !== undefined ? known : isKnown ? customerOf(scope, customerId) : null;
  const own = once(() => ownRuleOf(scope));
  const situation: Situation = {
    atMs,
    zone: shop.timeZone,
    shopId: shop.shopId,
    staffId: session.staffId,
    customer,
    saleId,
    get own() {
      return own();
    },
  };
  const campaign =
    campaignStatus === 'live' ? liveCampaign(scope, campaignId, versionId) : campaignOf(scope, campaignId);
  const facts = campaignFactsOf(scope, campaign, occasion, row.isTried === 1);
  return { stored: row, voucher, facts, situation };
}

function voucherFactsOf(scope: FactsScope, row: AskedVoucherRow, occasion: Occasion): VoucherFacts {
  const { db, shop, moment } = scope;
  const { voucherId, usageLimit, usageCount } = row;
  const { customerId, saleId } = occasion;
  const atMs = moment.trustedAtMs;
  const claim = customerId === null || row.isClaimed === 0 ? null : selectClaim(db, customerId, voucherId);
  const heldUses = row.heldUses ?? 0;
  const isHeld = heldUses > 0 && usageLimit !== null && usageCount + heldUses >= usageLimit;
  const allowance = codeAllowanceOf(scope, { voucherId, usageLimit, heldUses });
  const isUsed = usageCount > 0 || claim?.status === 'REDEEMED';
  return {
    ...row,
    isActive: row.isActive === 1,
    heldUses,
    ...(allowance === null ? {} : { allowance }),
    heldUntilMs: isHeld ? selectHeld(db, { subjectKind: 'voucher', subjectId: voucherId, saleId, atMs }).untilMs : null,
    issuerCustomerIds: customerId === null ? [] : issuerCustomersOf(db, shop, row),
    claim,
    lastUse: isUsed ? selectLastUse(db, voucherId) : null,
  };
}

/** The customer records of who made a voucher and who gave it out. */
function issuerCustomersOf(db: ReadableDb, { merchantId }: ShopIdentity, stored: StoredVoucher): string[] {
  const staffIds = [stored.createdByStaffId, stored.issuedByStaffId].filter((staffId) => staffId !== null);
  return [...new Set(staffIds)].flatMap((staffId) => selectCustomerOfStaff(db, merchantId, staffId) ?? []);
}

/** Who allows that somebody redeems their own (S3-57): a manager's approval, or who redeems where they may. */
function ownRuleOf({ db, shop, session, approverOf }: FactsScope): NonNullable<Situation['own']> {
  const bySelf = rolesMay(session.roles, 'vouchers.own') ? session.staffId : null;
  const allowedByStaffId = approverOf?.('vouchers.own') ?? bySelf;
  return { isAlone: countActiveStaff(db, shop.merchantId) === 1, allowedByStaffId };
}

/** How a campaign stands and what was used of it, with what other sales have set aside. */
export function readCampaignFacts(
  scope: Pick<FactsScope, 'db' | 'shop' | 'moment'>,
  campaignId: string,
  occasion: Occasion,
): CampaignFacts {
  return campaignFactsOf(scope, campaignOf(scope, campaignId), occasion, true);
}

function campaignOf({ db, shop }: Pick<FactsScope, 'db' | 'shop'>, campaignId: string): KnownCampaign {
  return mustHave(selectCampaign(db, shop.merchantId, campaignId), 'the campaign of a voucher');
}

/** One that neither was paused nor has ended: its version is all there is to it. */
function liveCampaign(
  { db, shop }: Pick<FactsScope, 'db' | 'shop'>,
  campaignId: string,
  versionId: string | null,
): KnownCampaign {
  const version = versionId === null ? null : selectCampaignVersion(db, shop.merchantId, versionId);
  return { campaignId, version, status: 'live', pausedAtMs: null, pausedByStaffId: null, endedAtMs: null };
}

type KnownCampaign = Pick<CampaignState, 'status' | 'pausedAtMs' | 'pausedByStaffId' | 'endedAtMs'> &
  Pick<CampaignFacts, 'campaignId' | 'version'>;

function campaignFactsOf(
  scope: Pick<FactsScope, 'db' | 'shop' | 'moment'>,
  { campaignId, version, status, pausedAtMs, pausedByStaffId, endedAtMs }: KnownCampaign,
  occasion: Occasion,
  isTried: boolean,
): CampaignFacts {
  const { db, shop } = scope;
  const trial = isTried ? trialOf({ db, shop }, campaignId, occasion.customerId) : undefined;
  const pausedBy = pausedByStaffId === null ? null : selectStaffMember(db, shop.merchantId, pausedByStaffId);
  const names = once(() => (version === null ? NOTHING : restrictionNamesOf(scope, version.campaign)));
  return {
    campaignId,
    version,
    status,
    pausedAtMs,
    pausedByStaffId,
    endedAtMs,
    ...(pausedBy === null ? {} : { pausedByName: pausedBy.name }),
    ...(version === null ? UNLIMITED : readUses(scope, version, occasion)),
    ...(trial === undefined ? {} : { trial }),
    get restrictedTo() {
      return names();
    },
  };
}

const NOTHING: RestrictionNames = { shops: [], staff: [], segments: [], tiers: [], items: [], conditions: {} };
const NO_USES: CampaignUses = { total: 0, today: 0, byCustomer: 0, byCustomerToday: 0 };
const UNLIMITED = { uses: NO_USES, spentMinor: 0 } as const;

/** What was used of a campaign, as far as one of its limits asks. */
function readUses(
  { db, shop, moment }: Pick<FactsScope, 'db' | 'shop' | 'moment'>,
  { campaignId, campaign: { limits, audience } }: CampaignVersion,
  { customerId, saleId }: Occasion,
): Pick<CampaignFacts, 'uses' | 'spentMinor'> {
  const { total, perDay, perCustomer, perCustomerPerDay, budgetMinor } = limits;
  const isLimited = total !== null || perDay !== null || budgetMinor !== null;
  const countsCustomer = perCustomer !== null || perCustomerPerDay !== null || audience.isFirstPurchase;
  const isPerCustomer = customerId !== null && countsCustomer;
  if (!isLimited && !isPerCustomer) return UNLIMITED;
  const atMs = moment.trustedAtMs;
  const civilDate = localDateOf(atMs, shop.timeZone);
  const asked = isPerCustomer ? customerId : null;
  const all = selectCampaignUses(db, { campaignId, customerId: asked, civilDate, saleId, atMs });
  const ownHeld =
    isPerCustomer && all.heldUses > 0 ? selectHeldOfCustomer(db, { campaignId, customerId, saleId, atMs }) : 0;
  const uses = {
    total: all.uses + all.heldUses,
    today: all.usesOfDay + all.heldUses,
    byCustomer: all.usesOfCustomer + ownHeld,
    byCustomerToday: all.usesOfCustomerToday + ownHeld,
  };
  return { uses, spentMinor: all.costMinor + all.heldMinor };
}

/** A customer as audiences see them, read as far as one asks; null where there is none. */
export function readCustomer(
  scope: Pick<FactsScope, 'db' | 'shop' | 'moment'>,
  customerId: string,
): CustomerFacts | null {
  return selectMember(scope.db, scope.shop.merchantId, customerId) === null ? null : customerOf(scope, customerId);
}

/** A customer that there is; each thing is read when it is first asked. */
function customerOf(scope: Pick<FactsScope, 'db' | 'shop' | 'moment'>, customerId: string): CustomerFacts {
  const { db, shop } = scope;
  const tierIds = once(() => {
    const member = mustHave(selectMember(db, shop.merchantId, customerId), 'a member');
    return standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId)).flatMap(
      ({ tier }) => tier()?.tierId ?? [],
    );
  });
  const segmentIds = once(() => selectSegmentsOf(db, customerId).map(({ segmentId }) => segmentId));
  const customer = once(() => mustHave(selectCustomer(db, shop.merchantId, customerId), 'the record of a member'));
  return {
    customerId,
    get tierIds() {
      return tierIds();
    },
    get segmentIds() {
      return segmentIds();
    },
    get completedSales() {
      return customer().salesCount;
    },
  };
}

/** Reads when it is first asked, and then knows. */
function once<Value extends object>(read: () => Value): () => Value {
  const kept: { value: Value | null } = { value: null };
  return () => {
    kept.value ??= read();
    return kept.value;
  };
}
