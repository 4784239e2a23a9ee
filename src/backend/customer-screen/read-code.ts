import type { CustomerScanAnswer } from '#shop/customer-screen/screen-state.ts';
import { firstNameOf } from '#shop/customers/name.ts';
import { runCommand } from '../command.ts';
import type { BackendEnv } from '../context.ts';
import { type ScanAnswer, submitScan } from '../scanning/submit-scan.ts';
import { checkVoucher, checkVoucherSchema } from '../vouchers/check-voucher.ts';
import { scopeOfTill } from './compose-state.ts';
import { tellTill } from './follow-state.ts';

type Scan = Omit<ScanAnswer, 'reason'>;

export interface ReadCode {
  readonly code: string;
  readonly source: 'CAMERA' | 'MANUAL';
}

/**
 * Reads a code that the customer held up or typed at their screen: logged like one at the till, as the customer's, under
 * whoever is at the till; a card and a voucher become requests to the till. It answers no more than what kind of code it was,
 * and a first name only where the sale has no other customer.
 */
export function readCode(env: BackendEnv, { code, source }: ReadCode): CustomerScanAnswer {
  const shop = env.shop();
  const scope = shop === null ? null : scopeOfTill(env, shop);
  const draft = env.screens.shown?.draft ?? null;
  const nowMs = env.time.now();
  if (scope === null || draft === null || !env.screens.mayDo('scan', nowMs.trustedMs)) return { kind: 'busy' };
  const { customerId, saleId } = draft;
  const { clientId } = scope;
  const input = { text: code, source, screen: 'till' as const, customerId, atMs: nowMs.wallMs };
  const outcome = submitScan({ env, clientId }, { ...input, scannedBy: 'CUSTOMER' }, env.newId());
  if (outcome.kind === 'refused') return { kind: 'busy' };
  const scan = outcome.value;
  const found = scan.outcome;
  if (found.kind === 'customer') return cardOf(env, scan, { ...found, saleId, ofSale: customerId });
  if (found.kind === 'voucher') {
    const { voucherId, name } = found;
    const isAsked = env.screens.ask({
      requestId: env.newId(),
      saleId,
      kind: 'voucher',
      voucherId,
      code: found.code,
      name,
      scan,
    });
    tellTill(env);
    return isAsked ? { kind: 'voucher', name } : { kind: 'busy' };
  }
  if (found.kind === 'repeat') return { kind: found.ofKind === 'unknown' ? 'unknown' : 'busy' };
  if (found.kind !== 'unknown') return { kind: 'ask-staff' };
  if (found.reason === 'not-known' && source === 'MANUAL')
    recordTry(env, clientId, { code, source, customerId, saleId });
  return { kind: 'unknown' };
}

function cardOf(
  env: BackendEnv,
  scan: Scan,
  card: { customerId: string; displayName: string; status: string; saleId: string; ofSale: string | null },
): CustomerScanAnswer {
  const { customerId, displayName, status, saleId, ofSale } = card;
  const firstName = firstNameOf(displayName);
  if (ofSale === customerId) return { kind: 'known', firstName };
  if (ofSale !== null || status !== 'active') return { kind: 'ask-staff' };
  const isAsked = env.screens.ask({ requestId: env.newId(), saleId, kind: 'customer', customerId, scan });
  tellTill(env);
  return isAsked ? { kind: 'card', firstName } : { kind: 'busy' };
}

/** A code that nobody knows is tried as a voucher, so that the try is on record and counts for the alert, as at the till. */
function recordTry(
  env: BackendEnv,
  clientId: string,
  tried: ReadCode & { readonly customerId: string | null; readonly saleId: string },
): void {
  const asked = checkVoucherSchema.safeParse(tried);
  if (!asked.success) return;
  const definition = { action: 'vouchers.check', permission: 'vouchers.redeem' as const, handle: checkVoucher };
  runCommand(env, definition, { clientId, operationId: env.newId(), input: asked.data });
}
