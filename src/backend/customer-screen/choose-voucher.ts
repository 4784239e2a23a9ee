import type { BackendEnv } from '../context.ts';
import { showPreview } from '../till/show-preview.ts';
import { scopeOfTill } from './compose-state.ts';
import { tellTill } from './follow-state.ts';
import { vouchersOf } from './screen-vouchers.ts';

/** Asks the till to use a voucher. Only one that the screen offers as usable now: no id from elsewhere is looked at. */
export function chooseVoucher(env: BackendEnv, voucherId: string): boolean {
  const shop = env.shop();
  const scope = shop === null ? null : scopeOfTill(env, shop);
  const shown = env.screens.shown;
  const { trustedMs } = env.time.now();
  if (scope === null || shown?.draft == null || !env.screens.mayDo('choice', trustedMs)) return false;
  const { draft, tenderKind } = shown;
  const preview = showPreview(scope, { draft, tenderKind });
  if (preview.kind === 'refused' || shown.moment !== 'order') return false;
  const chosen = vouchersOf(scope, preview.value, draft.customerId).find(
    (found) => found.shown.voucherId === voucherId,
  );
  if (chosen === undefined || chosen.shown.state !== 'usable') return chosen?.shown.state === 'asked';
  const { code } = chosen;
  const request = { requestId: env.newId(), saleId: draft.saleId, voucherId, code, name: chosen.shown.name };
  const isAsked = env.screens.ask({ ...request, kind: 'voucher', scan: null });
  tellTill(env);
  return isAsked;
}
