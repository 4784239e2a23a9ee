import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { decideVoucher, type Usable } from '#shop/vouchers/decide-voucher.ts';
import { grantOf } from '#shop/vouchers/kinds/all-kinds.ts';
import type { Grant } from '#shop/vouchers/kinds/kind.ts';
import type { CampaignFacts } from '#shop/vouchers/voucher-facts.ts';
import type { CommandScope } from '../command-scope.ts';
import { overrideIdsSchema } from '../override-ids.ts';
import {
  decideGrant,
  type GrantedCredit,
  type GrantedPass,
  type GrantTarget,
  giveCredit,
  givePassUnits,
} from '../value/grant-value.ts';
import { writeRedemption } from '../value/redemptions-store.ts';
import { openAttempt } from './attempts-store.ts';
import { askedVoucherShape, attemptOf, namesOne, readAsked, refuseAttempt, refuseCustomer } from './check-voucher.ts';
import { claimVoucher } from './claim-voucher.ts';
import type { StoredVoucher } from './vouchers-store.ts';

export const redeemVoucherSchema = z
  .strictObject({
    ...askedVoucherShape,
    /** A gift card that the credit goes onto, in place of the customer's own. */
    accountId: idSchema.nullable().default(null),
    overrideIds: overrideIdsSchema,
  })
  .refine(namesOne, { path: ['code'] });
type RedeemInput = z.output<typeof redeemVoucherSchema>;

/** What became of it: given at once, or kept in the wallet for the next purchase. */
export type RedeemedVoucher = { readonly voucherId: string; readonly name: string } & (
  | {
      readonly kind: 'given';
      readonly redemptionId: string;
      readonly credit: GrantedCredit | null;
      readonly pass: GrantedPass | null;
    }
  | { readonly kind: 'kept'; readonly customerVoucherId: string; readonly endsAtMs: number | null }
);

/**
 * Redeems a voucher outside a sale. What gives credit or units gives them at once, each use once (C-34); what takes
 * something off a sale is kept for the customer's next one (S3-24). The attempt is written before, and turns successful in
 * the same transaction (S0-31). Refuses 'voucher-unknown', every reason of VoucherRefusal with otherVouchers,
 * 'credit-frozen', 'credit-replaced', 'customer-blocked' and 'not-found'.
 */
export function redeemVoucher(scope: CommandScope, asked: RedeemInput): Outcome<RedeemedVoucher> {
  const { customerId, source } = asked;
  const stranger = refuseCustomer(scope, customerId);
  if (stranger !== null) return stranger;
  const read = readAsked(scope, asked, { customerId, saleId: null });
  const stored = read?.stored ?? null;
  const version = read?.facts.version?.campaign;
  if (stored !== null && version !== undefined && grantOf(version.benefit) === null && customerId !== null) {
    return keepForNext(scope, stored, version.name, customerId);
  }
  const opened = { ...attemptOf(stored, asked), kind: 'redeem' as const, customerId, saleId: null, source };
  const attempt = openAttempt(scope, opened);
  const decided = read === null ? refuse('voucher-unknown') : decideVoucher(read.voucher, read.facts, read.situation);
  const giving = decided.kind === 'refused' ? decided : decideGiving(scope, decided, asked);
  if ('reason' in giving) return refuseAttempt(scope, attempt, giving, { stored, customerId, saleId: null });
  const voucher = mustHave(stored, 'a voucher that is usable');
  const redeemed = give(scope, voucher, mustHave(read, 'the facts of a voucher').facts, { ...giving, customerId });
  attempt.succeed();
  return done(redeemed);
}

interface Giving {
  readonly grant: Grant;
  readonly target: GrantTarget;
}

function decideGiving(
  scope: CommandScope,
  { campaign, budgetLeftMinor }: Usable,
  { customerId, accountId }: RedeemInput,
): Giving | Refusal {
  const grant = grantOf(campaign.benefit);
  if (grant === null) return refuse('voucher-needs-customer');
  const { budgetMinor } = campaign.limits;
  const costMinor = grant.to === 'credit' ? grant.amountMinor : 0;
  if (budgetLeftMinor !== null && costMinor > budgetLeftMinor) return refuse('voucher-budget-spent', { budgetMinor });
  const target = decideGrant(scope, grant, { customerId, accountId });
  return 'reason' in target ? target : { grant, target };
}

function give(
  scope: CommandScope,
  { voucherId, campaignId }: StoredVoucher,
  { version, uses }: CampaignFacts,
  { grant, target, customerId }: Giving & { readonly customerId: string | null },
): RedeemedVoucher {
  const { versionId, campaign } = mustHave(version, 'the version of a campaign that runs');
  const { perCustomer } = campaign.limits;
  const redemptionId = scope.newId();
  const write = (kind: 'credit' | 'pass', id: string): string =>
    writeRedemption(scope, {
      redemptionId,
      campaignId,
      versionId,
      voucherId,
      customerId,
      saleId: null,
      kind: campaign.benefit.kind,
      uses: 1,
      amountMinor: grant.to === 'credit' ? grant.amountMinor : 0,
      granted: { kind, id },
      endsClaim: perCustomer !== null && uses.byCustomer + 1 >= perCustomer,
    });
  const credit =
    grant.to === 'credit' && target.to === 'account'
      ? giveCredit(scope, grant, { account: target.account, customerId }, (id) => write('credit', id))
      : null;
  const pass =
    grant.to === 'pass' && target.to === 'pass'
      ? givePassUnits(scope, grant, { customerId: target.customerId, voucherId }, (id) => write('pass', id))
      : null;
  const { name, benefit } = campaign;
  const data = { voucherId, campaignId, redemptionId, kind: benefit.kind };
  const given = { ...(credit ?? {}), ...(pass === null ? {} : { units: pass.units, unitsLeft: pass.unitsLeft }) };
  if (customerId !== null) {
    const event = { type: 'customer.voucher.redeemed', category: 'ACTION' as const, customerId };
    scope.event({ ...event, data: { ...data, ...given } });
  }
  scope.changed({ table: 'voucher_redemptions', recordId: redemptionId, before: null, after: { ...data, ...given } });
  for (const topic of ['wallet', 'vouchers', 'customers'] as const) scope.touch(topic);
  return { kind: 'given', voucherId, name, redemptionId, credit, pass };
}

function keepForNext(
  scope: CommandScope,
  { voucherId }: StoredVoucher,
  name: string,
  customerId: string,
): Outcome<RedeemedVoucher> {
  const claimed = claimVoucher(scope, { voucherId, customerId, saleId: null });
  if (claimed.kind === 'refused') return claimed;
  const { customerVoucherId, expiresAtMs: endsAtMs } = claimed.value;
  return done({ kind: 'kept', voucherId, name, customerVoucherId, endsAtMs });
}
