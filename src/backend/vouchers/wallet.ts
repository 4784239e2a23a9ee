import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { decideVoucher } from '#shop/vouchers/decide-voucher.ts';
import { isGrant, voucherValueOf } from '#shop/vouchers/kinds/all-kinds.ts';
import { walletOf } from '#shop/vouchers/wallet.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from '../points/accounts-store.ts';
import { readCustomer, readVoucher } from '../value/voucher-facts.ts';
import { selectCampaign } from './campaigns-store.ts';
import { selectClaims, setReminder, setViewed, setWalletOrder } from './claims-store.ts';

export const walletSchema = z.strictObject({ customerId: idSchema });

/** A customer's vouchers: what can be used now, later, was used and is over (S0-22). Refuses 'not-found'. */
export function showWallet(scope: ReadScope, { customerId }: z.output<typeof walletSchema>) {
  const { db, shop, moment } = scope;
  if (selectMember(db, shop.merchantId, customerId) === null) return refuse('not-found');
  const customer = readCustomer(scope, customerId);
  const items = selectClaims(db, customerId).flatMap((claim) => {
    const { voucherId } = claim;
    const read = readVoucher(scope, { voucherId }, { customerId, saleId: null }, customer);
    const { stored, voucher, facts, situation } = mustHave(read, 'the voucher of a claim');
    const campaign = mustHave(selectCampaign(db, shop.merchantId, claim.campaignId), 'the campaign of a claim');
    if (stored.status === 'revoked') return [];
    const decided = decideVoucher(voucher, facts, situation);
    const isRunning =
      campaign.status === 'live' && (decided.kind === 'usable' || decided.reason !== 'voucher-not-started');
    const benefit = campaign.version?.campaign.benefit ?? null;
    return {
      ...claim,
      code: stored.code,
      name: campaign.name,
      kind: benefit?.kind ?? null,
      value: benefit === null ? null : voucherValueOf(benefit),
      startsAtMs: stored.startsAtMs,
      endsAtMs: overSinceMs(decided, moment.trustedAtMs) ?? claim.expiresAtMs,
      isRunning,
      isGrant: benefit !== null && isGrant(benefit),
      usesLeft: decided.kind === 'usable' ? decided.usesLeft : null,
      why: decided.kind === 'refused' ? { reason: decided.reason, facts: decided.facts } : null,
    };
  });
  return done(walletOf(items, moment.trustedAtMs));
}

/** Since when nothing can be done with it any more, also where its campaign was ended before its time; null: it is not over. */
function overSinceMs(decided: ReturnType<typeof decideVoucher>, nowMs: number): number | null {
  if (decided.kind === 'usable') return null;
  const { reason, facts } = decided;
  if (reason !== 'voucher-ended' && reason !== 'voucher-expired') return null;
  const { endedAtMs } = facts;
  return typeof endedAtMs === 'number' ? endedAtMs : nowMs;
}

export const reorderSchema = z.strictObject({
  customerId: idSchema,
  /** From the first to be used. What is left out stays behind these, as it was. */
  customerVoucherIds: z.array(idSchema).min(1).max(500),
});

/** Puts a wallet into an order, by which vouchers are also used (S0-22). Refuses 'not-found' for what is not in it. */
export function reorderWallet(
  scope: CommandScope,
  { customerId, customerVoucherIds }: z.output<typeof reorderSchema>,
): Outcome<{ readonly count: number }> {
  const claims = selectClaims(scope.db, customerId).sort((a, b) => a.walletOrder - b.walletOrder);
  const own = new Map(claims.map((claim) => [claim.customerVoucherId, claim]));
  const wanted = [...new Set(customerVoucherIds)];
  if (wanted.some((id) => !own.has(id))) return refuse('not-found', { kind: 'claim' });
  const rest = claims.map(({ customerVoucherId }) => customerVoucherId).filter((id) => !wanted.includes(id));
  const moved = [...wanted, ...rest]
    .map((id, at) => ({ id, walletOrder: at + 1 }))
    .filter(({ id, walletOrder }) => own.get(id)?.walletOrder !== walletOrder);
  for (const row of moved) {
    setWalletOrder(scope.db, row);
    scope.fact('customer_vouchers', row);
  }
  for (const topic of ['wallet', 'customers'] as const) scope.touch(topic);
  return done({ count: moved.length });
}

export const viewedSchema = z.strictObject({
  customerId: idSchema,
  customerVoucherIds: z.array(idSchema).min(1).max(100),
});

/** Notes that a customer was shown these vouchers, on the display or on paper (S0-24). What is not theirs is left out. */
export function noteViewed(
  scope: CommandScope,
  { customerId, customerVoucherIds }: z.output<typeof viewedSchema>,
): Outcome<{ readonly count: number }> {
  const own = new Set(selectClaims(scope.db, customerId).map(({ customerVoucherId }) => customerVoucherId));
  const shown = [...new Set(customerVoucherIds)].filter((id) => own.has(id));
  for (const id of shown) {
    const row = { id, lastViewedAtMs: scope.moment.trustedAtMs };
    setViewed(scope.db, row);
    scope.fact('customer_vouchers', row);
  }
  scope.touch('wallet');
  return done({ count: shown.length });
}

export const reminderSchema = z.strictObject({
  customerId: idSchema,
  customerVoucherId: idSchema,
  isWanted: z.boolean(),
});

/** Keeps whether a customer is reminded before this voucher ends (S0-23). Refuses 'not-found'. */
export function chooseReminder(
  scope: CommandScope,
  { customerId, customerVoucherId, isWanted }: z.output<typeof reminderSchema>,
): Outcome<{ readonly isWanted: boolean }> {
  const own = selectClaims(scope.db, customerId).some((claim) => claim.customerVoucherId === customerVoucherId);
  if (!own) return refuse('not-found', { kind: 'claim' });
  const row = { id: customerVoucherId, notificationPreferences: JSON.stringify({ expiry: isWanted }) };
  setReminder(scope.db, row);
  scope.fact('customer_vouchers', row);
  scope.touch('wallet');
  return done({ isWanted });
}
