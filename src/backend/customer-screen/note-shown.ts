import { uuidV5 } from '#shop/ids/uuid.ts';
import { done } from '#shop/refusal.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { runSystemCommand, type SystemDefinition } from '../command.ts';
import type { BackendEnv } from '../context.ts';
import { insertImpression } from '../vouchers/batches-store.ts';
import { setViewed } from '../vouchers/claims-store.ts';
import type { FoundVoucher } from './screen-vouchers.ts';

interface Shown {
  readonly vouchers: readonly { readonly voucherId: string; readonly customerVoucherId: string | null }[];
}

const NOTE_SHOWN: SystemDefinition<Shown, { readonly count: number }> = {
  action: 'customerScreen.noteShown',
  handle: (scope, { vouchers }) => {
    const { db, shop, moment, operationId } = scope;
    for (const { voucherId, customerVoucherId } of vouchers) {
      const id = uuidV5(operationId, voucherId);
      const row = { id, merchantId: shop.merchantId, voucherId, impressions: 1, atMs: moment.atMs };
      insertImpression(db, { ...row, kind: 'display' });
      if (customerVoucherId === null) continue;
      const viewed = { id: customerVoucherId, lastViewedAtMs: moment.trustedAtMs };
      setViewed(db, viewed);
      scope.fact('customer_vouchers', viewed);
    }
    // One fact for the screen: the id of each row follows from the op's and the voucher's.
    const voucherIds = vouchers.map(({ voucherId }) => voucherId);
    scope.fact('voucher_impressions', { kind: 'display', impressions: 1, atMs: moment.atMs, voucherIds });
    // Nobody is told: that a voucher was looked at changes no price, and the till would ask for all of them again.
    return done({ count: vouchers.length });
  },
};

/**
 * Writes that a customer was shown these vouchers (S0-3, S0-24): each once per sale and customer, a turn later, so that the
 * screen never waits for it.
 */
export function noteShown(env: BackendEnv, { customerId }: SaleDraft, found: readonly FoundVoucher[]): void {
  const fresh = new Set(env.screens.unseen(found.map(({ shown }) => `${customerId ?? ''} ${shown.voucherId}`)));
  const vouchers = found.flatMap(({ shown, customerVoucherId }) =>
    fresh.has(`${customerId ?? ''} ${shown.voucherId}`) ? [{ voucherId: shown.voucherId, customerVoucherId }] : [],
  );
  if (vouchers.length === 0) return;
  setImmediate(() => {
    try {
      runSystemCommand(env, NOTE_SHOWN, { operationId: env.newId(), input: { vouchers } });
    } catch (cause) {
      env.logError('customer-screen-shown', cause);
    }
  });
}
