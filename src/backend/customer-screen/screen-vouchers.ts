import type { ScreenVoucher } from '#shop/customer-screen/screen-state.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { ReadScope } from '../context.ts';
import type { TillPreview } from '../till/show-preview.ts';
import { showWallet } from '../vouchers/wallet.ts';

/** So many are shown; more than a customer reads while somebody waits. */
const MOST_SHOWN = 12;

/** A voucher as the screen shows it, with the claim that was looked at; null where it lies in no wallet. */
export interface FoundVoucher {
  readonly shown: ScreenVoucher;
  readonly code: string;
  readonly customerVoucherId: string | null;
}

/**
 * The vouchers of a sale: those asked for, then what of its customer's wallet would take something off now, then the rest
 * that runs. What the till was asked for and has not done stands as asked.
 */
export function vouchersOf(scope: ReadScope, preview: TillPreview, customerId: string | null): FoundVoucher[] {
  const { screens } = scope.env;
  const wallet = customerId === null ? [] : walletOf(scope, customerId);
  const claims = new Map(wallet.map((claim) => [claim.voucherId, claim]));
  const asked = new Map(
    screens.requests.flatMap((request) => (request.kind === 'voucher' ? [[request.voucherId, request] as const] : [])),
  );
  const declined = screens.declined;
  const found = new Map<string, FoundVoucher>();
  const add = (
    voucher: { voucherId: string; name: string; code: string; amountMinor?: number },
    isOn: Standing,
  ): void => {
    const { voucherId, name, code, amountMinor = 0 } = voucher;
    if (found.has(voucherId)) return;
    const claim = claims.get(voucherId);
    const reason = isOn.reason ?? declined.get(voucherId) ?? null;
    const state = isOn.state !== 'applied' && asked.has(voucherId) ? 'asked' : isOn.state;
    const endsOn = claim?.endsAtMs == null ? null : localDateOf(claim.endsAtMs - 1, scope.shop.timeZone);
    const shown: ScreenVoucher = {
      voucherId,
      name,
      endsOn,
      amountMinor,
      state,
      reason: state === 'not-now' ? reason : null,
    };
    found.set(voucherId, { shown, code, customerVoucherId: claim?.customerVoucherId ?? null });
  };
  for (const each of preview.vouchers)
    add(each, each.refusal === null ? APPLIED : { state: 'not-now', reason: each.refusal.reason });
  for (const each of preview.fitting) add(each, declined.has(each.voucherId) ? NOT_NOW : USABLE);
  for (const each of asked.values()) add(each, USABLE);
  for (const each of wallet) add(each, NOT_NOW);
  return [...found.values()].slice(0, MOST_SHOWN);
}

interface Standing {
  readonly state: 'applied' | 'usable' | 'not-now';
  readonly reason: ScreenVoucher['reason'];
}
const APPLIED: Standing = { state: 'applied', reason: null };
const USABLE: Standing = { state: 'usable', reason: null };
const NOT_NOW: Standing = { state: 'not-now', reason: null };

function walletOf(scope: ReadScope, customerId: string) {
  const outcome = showWallet(scope, { customerId });
  return outcome.kind === 'refused' ? [] : outcome.value.now;
}
