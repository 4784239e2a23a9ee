import { itemAt, mustHave } from '#shop/must.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { decideClaim } from '#shop/vouchers/decide-claim.ts';
import { refuseEnded, refuseState } from '#shop/vouchers/decide-voucher.ts';
import { voucherValueOf } from '#shop/vouchers/kinds/all-kinds.ts';
import { mayBecome } from '#shop/vouchers/life-cycle.ts';
import { claimEndOf } from '#shop/vouchers/validity.ts';
import { codeKeyOf, DEFAULT_PATTERN, makeVoucherCodes, type VoucherCode } from '#shop/vouchers/voucher-code.ts';
import type { CampaignFacts, Situation, VoucherFacts } from '#shop/vouchers/voucher-facts.ts';
import type { SystemScope } from '../command-scope.ts';
import { selectMember } from '../points/accounts-store.ts';
import { fillRandom } from '../random-bytes.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { putClaim, selectClaim } from '../vouchers/claims-store.ts';
import {
  bindHolder,
  insertVoucher,
  type StoredVoucher,
  selectIssuedVoucher,
  selectVoucher,
  selectVoucherByKey,
} from '../vouchers/vouchers-store.ts';
import { readCampaignFacts, readCustomer } from './voucher-facts.ts';

/** A voucher of a campaign for a customer, or for whoever bears its code. */
export interface Issue {
  readonly campaignId: string;
  readonly customerId: string | null;
  /** The sale that gives it: one kept for the next purchase is not used in this one. */
  readonly saleId: string | null;
  /** What the system gives by itself: issueKeyOf of its cause. Null: somebody gives it by hand, and is its issuer (S3-57). */
  readonly issueKey: string | null;
  /** Somebody gives it by hand though it has a cause: it is theirs as without one. */
  readonly isByHand?: boolean;
  /** A code of its own also where the campaign has one for everybody. */
  readonly hasOwnCode?: boolean;
  /** How often it can be used; left out: as the campaign says. */
  readonly uses?: number;
}

export interface IssuedVoucher {
  readonly voucherId: string;
  readonly campaignId: string;
  readonly code: string;
  readonly name: string;
  readonly customerVoucherId: string | null;
  /** UTC ms; null: without end. */
  readonly endsAtMs: number | null;
  /** False: it was given before for the same cause, or the customer has it already. */
  readonly isNew: boolean;
}

/**
 * Gives a customer a voucher of a campaign, in their wallet at once: the code for everybody where the campaign has one,
 * otherwise a new code that is theirs alone. Without a customer, a new code for whoever bears it. Twice for the same cause
 * gives what was given. Refuses 'not-found', 'customer-blocked', and the reasons of decideClaim that stand against it.
 */
export function issueVoucher(scope: SystemScope, issue: Issue): Outcome<IssuedVoucher> {
  const { db, shop } = scope;
  const { campaignId, customerId, saleId, issueKey } = issue;
  const before = issueKey === null ? null : selectIssuedVoucher(db, shop.merchantId, issueKey);
  if (before !== null) return done(issuedBefore(scope, before, customerId));
  if (customerId !== null) {
    const member = selectMember(db, shop.merchantId, customerId);
    if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer', customerId });
    if (member.status === 'blocked') return refuse('customer-blocked', { customerId });
  }
  if (selectCampaign(db, shop.merchantId, campaignId) === null) return refuse('not-found', { kind: 'campaign' });
  const facts = readCampaignFacts(scope, campaignId, { customerId, saleId });
  const code = facts.version?.campaign.genericCode ?? null;
  if (code === null || issue.hasOwnCode === true) return issueOwnCode(scope, issue, facts);
  const found = selectVoucherByKey(
    db,
    shop.merchantId,
    mustHave(codeKeyOf(code), 'the key of a code that was published'),
  );
  const stored = selectVoucher(db, shop.merchantId, mustHave(found, 'the voucher of a code for everybody').voucherId);
  return claimGeneric(scope, issue, facts, mustHave(stored, 'the voucher of a code for everybody'));
}

function issueOwnCode(scope: SystemScope, issue: Issue, facts: CampaignFacts): Outcome<IssuedVoucher> {
  const { campaignId, customerId, saleId, issueKey } = issue;
  const usageLimit = issue.uses ?? facts.version?.campaign.limits.usesPerCode ?? null;
  const decided = decideFor(scope, issue, facts, { ...NEW_VOUCHER, usageLimit });
  if (decided.kind === 'refused') return decided;
  const { campaign } = mustHave(facts.version, 'the version of a campaign that runs');
  const { moment, session } = scope;
  const made = newVoucherCode(scope);
  const row = {
    id: scope.newId(),
    merchantId: scope.shop.merchantId,
    campaignId,
    ...made,
    type: campaign.benefit.kind,
    value: voucherValueOf(campaign.benefit),
    usageLimit,
    holderCustomerId: customerId,
    expiresAtMs: decided.expiresAtMs,
    createdByStaffId: null,
    issuedByStaffId: issueKey === null || issue.isByHand === true ? session.staffId : null,
    issuedSaleId: saleId,
    issueKey,
    createdAtMs: moment.atMs,
  };
  scope.fact('vouchers', insertVoucher(scope.db, row));
  const after = { campaignId, customerId, issueKey };
  scope.changed({ table: 'vouchers', recordId: row.id, before: null, after });
  const stored = mustHave(selectVoucher(scope.db, row.merchantId, row.id), 'a voucher that was made');
  const customerVoucherId = customerId === null ? null : putIntoWallet(scope, stored, { customerId, saleId }, decided);
  scope.touch('vouchers');
  return done(issuedOf(stored, campaign, { customerVoucherId, endsAtMs: decided.expiresAtMs, isNew: true }));
}

function claimGeneric(
  scope: SystemScope,
  issue: Issue,
  facts: CampaignFacts,
  stored: StoredVoucher,
): Outcome<IssuedVoucher> {
  const { customerId, saleId } = issue;
  const claim = customerId === null ? null : selectClaim(scope.db, customerId, stored.voucherId);
  const { campaign } = mustHave(facts.version, 'the version of a campaign with a code');
  if (claim !== null) {
    const { customerVoucherId, expiresAtMs: endsAtMs } = claim;
    return done(issuedOf(stored, campaign, { customerVoucherId, endsAtMs, isNew: false }));
  }
  const decided = decideFor(scope, issue, facts, stored);
  if (decided.kind === 'refused') return decided;
  const customerVoucherId = customerId === null ? null : putIntoWallet(scope, stored, { customerId, saleId }, decided);
  return done(issuedOf(stored, campaign, { customerVoucherId, endsAtMs: decided.expiresAtMs, isNew: true }));
}

type ToClaim = Pick<StoredVoucher, 'usageLimit' | 'usageCount' | 'holderCustomerId' | 'expiresAtMs' | 'revokedAtMs'> & {
  readonly isActive: 0 | 1;
  readonly status: StoredVoucher['status'];
};

const NEW_VOUCHER: ToClaim = {
  status: 'published',
  isActive: 1,
  usageLimit: null,
  usageCount: 0,
  holderCustomerId: null,
  expiresAtMs: null,
  revokedAtMs: null,
};

type Decided = { readonly kind: 'claim'; readonly expiresAtMs: number | null; readonly bindsHolder: boolean };

/** As decideClaim says; without a customer, what stands against the campaign itself. */
function decideFor(scope: SystemScope, issue: Issue, facts: CampaignFacts, given: ToClaim): Decided | Refusal {
  const { shop, moment, session } = scope;
  const atMs = moment.trustedAtMs;
  const customer = issue.customerId === null ? null : readCustomer(scope, issue.customerId);
  const staffId = session.staffId ?? '';
  const situation: Situation = {
    atMs,
    zone: shop.timeZone,
    shopId: shop.shopId,
    staffId,
    customer,
    saleId: issue.saleId,
  };
  const voucher: VoucherFacts = {
    ...given,
    voucherId: '',
    code: '',
    isActive: given.isActive === 1,
    heldUses: 0,
    heldUntilMs: null,
    createdByStaffId: null,
    issuedByStaffId: null,
    issuerCustomerIds: [],
    startsAtMs: null,
    claim: null,
    lastUse: null,
  };
  if (customer !== null) return decideClaim(voucher, facts, situation);
  const refused = refuseEnded(voucher, facts, situation) ?? refuseState(facts, situation, null);
  if (refused !== null && refused.reason !== 'voucher-not-started') return refused;
  const { campaign } = mustHave(facts.version, 'the version of a campaign that runs');
  return { kind: 'claim', expiresAtMs: claimEndOf(campaign.validity, atMs, shop.timeZone), bindsHolder: false };
}

/** A code that nobody has, from the pattern that customers' codes look like. */
function newVoucherCode(scope: SystemScope): VoucherCode {
  const made = itemAt(makeVoucherCodes(DEFAULT_PATTERN, 1, fillRandom), 0);
  const isTaken = selectVoucherByKey(scope.db, scope.shop.merchantId, made.codeKey) !== null;
  return isTaken ? newVoucherCode(scope) : made;
}

/** Puts a voucher last into a wallet and tells it; one that can be used once is its holder's alone. Returns the claim's id. */
export function putIntoWallet(
  scope: SystemScope,
  stored: StoredVoucher,
  { customerId, saleId }: { readonly customerId: string; readonly saleId: string | null },
  decided: { readonly expiresAtMs: number | null; readonly bindsHolder: boolean },
  type: 'customer.voucher.issued' | 'customer.voucher.claimed' = 'customer.voucher.issued',
): string {
  const { db, shop, moment } = scope;
  const { voucherId, campaignId } = stored;
  const { expiresAtMs, bindsHolder } = decided;
  const row = { id: scope.newId(), merchantId: shop.merchantId, customerId, voucherId, campaignId, expiresAtMs };
  const claim = putClaim(db, { ...row, claimedAtMs: moment.trustedAtMs, claimedSaleId: saleId });
  const { id } = claim;
  scope.fact('customer_vouchers', claim);
  if (bindsHolder || stored.holderCustomerId === customerId) {
    const status = mayBecome(stored.status, 'claimed') ? 'claimed' : stored.status;
    bindHolder(db, { voucherId, customerId, status });
    scope.fact('vouchers', { id: voucherId, holderCustomerId: customerId, status });
  }
  scope.event({
    type,
    category: type === 'customer.voucher.claimed' ? 'ACTION' : 'EFFECT',
    customerId,
    data: { voucherId, campaignId, customerVoucherId: id, expiresAtMs },
  });
  scope.changed({ table: 'customer_vouchers', recordId: id, before: null, after: { voucherId, customerId } });
  for (const topic of ['wallet', 'vouchers', 'customers'] as const) scope.touch(topic);
  return id;
}

function issuedBefore(scope: SystemScope, stored: StoredVoucher, customerId: string | null): IssuedVoucher {
  const { version } = readCampaignFacts(scope, stored.campaignId, { customerId, saleId: null });
  const { campaign } = mustHave(version, 'the version of a campaign that gave a voucher');
  const claim = customerId === null ? null : selectClaim(scope.db, customerId, stored.voucherId);
  const endsAtMs = claim?.expiresAtMs ?? stored.expiresAtMs;
  return issuedOf(stored, campaign, { customerVoucherId: claim?.customerVoucherId ?? null, endsAtMs, isNew: false });
}

function issuedOf(
  { voucherId, campaignId, code }: StoredVoucher,
  { name }: Campaign,
  rest: Pick<IssuedVoucher, 'customerVoucherId' | 'endsAtMs' | 'isNew'>,
): IssuedVoucher {
  return { voucherId, campaignId, code, name, ...rest };
}
