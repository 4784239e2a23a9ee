import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { SCAN_SOURCES } from '#shop/scanning/classify.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import { decideVoucher } from '#shop/vouchers/decide-voucher.ts';
import { isGrant, voucherValueOf } from '#shop/vouchers/kinds/all-kinds.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from '../points/accounts-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';
import { assumedApprover } from '../value/assumed-approver.ts';
import { type FactsScope, type Occasion, type ReadVoucher, readCustomer, readVoucher } from '../value/voucher-facts.ts';
import { type OpenAttempt, openAttempt } from './attempts-store.ts';
import { selectClaims } from './claims-store.ts';
import type { StoredVoucher } from './vouchers-store.ts';

const MOST_ALTERNATIVES = 5;

/** Which voucher is meant: as it was typed or scanned, in any spelling, or by its id. */
export const askedVoucherShape = {
  code: soughtText({ max: 120 }).optional(),
  voucherId: idSchema.optional(),
  customerId: idSchema.nullable(),
  /** Where the code came from, for the record of attempts. */
  source: z.enum(SCAN_SOURCES).nullable().default(null),
};
interface AskedVoucher {
  readonly code?: string | undefined;
  readonly voucherId?: string | undefined;
}
export const namesOne = ({ code, voucherId }: AskedVoucher): boolean =>
  (code === undefined) !== (voucherId === undefined);

export const checkVoucherSchema = z
  .strictObject({
    ...askedVoucherShape,
    saleId: idSchema.nullable(),
    overrideIds: overrideIdsSchema,
    /** Asked for a sale, whose payment asks for the PIN of whoever may allow it. */
    assumesApproval: z.boolean().default(false),
  })
  .refine(namesOne, { path: ['code'] });

/** A voucher that can be used now. usesLeft and endsAtMs null: without limit, without end. isGrant: redeemed outside a sale. */
export interface CheckedVoucher {
  readonly voucherId: string;
  readonly campaignId: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly value: number;
  readonly isGrant: boolean;
  readonly use: 'this-sale' | 'next-sale';
  readonly usesLeft: number | null;
  readonly endsAtMs: number | null;
}

/**
 * Says whether a voucher can be used now, with nothing redeemed or set aside. Refuses 'voucher-unknown', and every reason of
 * VoucherRefusal with its fact and otherVouchers, how many others the customer could use now (S3-93); 'not-found' and
 * 'customer-blocked'. A refused check is recorded, of an unknown code its hash alone.
 */
export function checkVoucher(scope: CommandScope, asked: z.output<typeof checkVoucherSchema>): Outcome<CheckedVoucher> {
  const { customerId, saleId, source } = asked;
  const refused = refuseCustomer(scope, customerId);
  if (refused !== null) return refused;
  const looking = asked.assumesApproval ? { ...scope, approverOf: assumedApprover } : scope;
  const read = readAsked(looking, asked, { customerId, saleId });
  const stored = read?.stored ?? null;
  const decided = read === null ? refuse('voucher-unknown') : decideVoucher(read.voucher, read.facts, read.situation);
  if (decided.kind === 'refused') {
    const attempt = openAttempt(scope, { ...attemptOf(stored, asked), kind: 'check', customerId, saleId, source });
    return refuseAttempt(looking, attempt, decided, { stored, customerId, saleId });
  }
  const { voucherId, campaignId, code } = mustHave(stored, 'a voucher that is usable');
  const { name, benefit, use } = decided.campaign;
  const { usesLeft, endsAtMs } = decided;
  const what = { kind: benefit.kind, value: voucherValueOf(benefit), isGrant: isGrant(benefit), use };
  return done({ voucherId, campaignId, code, name, ...what, usesLeft, endsAtMs });
}

/** The voucher that is meant with what decides about it, or null. */
export function readAsked(
  scope: FactsScope,
  { code, voucherId }: AskedVoucher,
  occasion: Occasion,
): ReadVoucher | null {
  if (voucherId !== undefined) return readVoucher(scope, { voucherId }, occasion);
  const codeKey = codeKeyOf(code ?? '');
  return codeKey === null ? null : readVoucher(scope, { codeKey }, occasion);
}

/** By what an attempt is recorded: the voucher, and its code in look-up form, or what was typed instead. */
export function attemptOf(stored: StoredVoucher | null, { code, voucherId }: AskedVoucher) {
  const tried = stored?.code ?? code ?? voucherId ?? '';
  return { voucherId: stored?.voucherId ?? null, codeKey: codeKeyOf(tried) ?? tried };
}

/** Ends an attempt as refused: with the reason on record, told on the customer's timeline, and what else they could use. */
export function refuseAttempt(
  scope: CommandScope,
  attempt: OpenAttempt,
  refusal: Refusal,
  {
    stored,
    customerId,
    saleId,
  }: { readonly stored: StoredVoucher | null; readonly customerId: string | null; readonly saleId: string | null },
): Refusal {
  attempt.fail(refusal.reason);
  if (customerId === null) return refuse(refusal.reason, { ...refusal.facts, otherVouchers: 0 });
  const voucherId = stored?.voucherId ?? null;
  const data = { voucherId, campaignId: stored?.campaignId ?? null, reason: refusal.reason };
  scope.event({ type: 'customer.voucher.refused', category: 'ACTION', customerId, data });
  const others = usableVouchers(scope, customerId, saleId).filter((other) => other.voucherId !== voucherId);
  return refuse(refusal.reason, { ...refusal.facts, otherVouchers: others.length });
}

export function refuseCustomer({ db, shop }: FactsScope, customerId: string | null): Refusal | null {
  if (customerId === null) return null;
  const member = selectMember(db, shop.merchantId, customerId);
  if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer' });
  return member.status === 'blocked' ? refuse('customer-blocked', { customerId }) : null;
}

export const alternativesSchema = z.strictObject({
  customerId: idSchema,
  saleId: idSchema.nullable(),
  /** The voucher that was refused: it is no alternative to itself. */
  exceptVoucherId: idSchema.nullable(),
});

/** What else of the wallet a customer could use now, the first five in wallet order (S3-93). Refuses as the check does. */
export function listAlternatives(
  scope: ReadScope,
  { customerId, saleId, exceptVoucherId }: z.output<typeof alternativesSchema>,
): Outcome<readonly UsableVoucher[]> {
  const refused = refuseCustomer(scope, customerId);
  if (refused !== null) return refused;
  const usable = usableVouchers(scope, customerId, saleId).filter(({ voucherId }) => voucherId !== exceptVoucherId);
  return done(usable.slice(0, MOST_ALTERNATIVES));
}

export interface UsableVoucher {
  readonly voucherId: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly value: number;
  readonly endsAtMs: number | null;
}

/** What a customer could use now: at most so many as are shown, and one for the voucher that is asked. */
function usableVouchers(scope: FactsScope, customerId: string, saleId: string | null): UsableVoucher[] {
  const customer = readCustomer(scope, customerId);
  const usable: UsableVoucher[] = [];
  const claims = selectClaims(scope.db, customerId).filter(({ status }) => status === 'CLAIMED');
  for (const { voucherId } of claims.sort((a, b) => a.walletOrder - b.walletOrder)) {
    const read = readVoucher(scope, { voucherId }, { customerId, saleId }, customer);
    const { stored, voucher, facts, situation } = mustHave(read, 'the voucher of a claim');
    const decided = decideVoucher(voucher, facts, situation);
    if (decided.kind === 'refused') continue;
    const { name, benefit } = decided.campaign;
    const { endsAtMs } = decided;
    usable.push({ voucherId, code: stored.code, name, kind: benefit.kind, value: voucherValueOf(benefit), endsAtMs });
    if (usable.length > MOST_ALTERNATIVES) break;
  }
  return usable;
}
