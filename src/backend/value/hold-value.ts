import { z } from 'zod';
import { decideSpend } from '#shop/credit/decide-spend.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { uuidV7Schema } from '#shop/ids/uuid.ts';
import { sumOf } from '#shop/money/money.ts';
import { refuseUnits } from '#shop/passes/decide-pass-use.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { decideVoucher, refuseUses } from '#shop/vouchers/decide-voucher.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectCreditAccount } from '../credit/credit-accounts-store.ts';
import { selectPass } from '../passes/passes-store.ts';
import { selectMember } from '../points/accounts-store.ts';
import { creditAccountOf } from './credit-account.ts';
import { selectHeld } from './holds-store.ts';
import { deleteSaleHolds, insertSaleHolds, type SaleHold, selectIsSaleTaken } from './sale-holds-store.ts';
import { refuseCreditHere } from './till-allowance.ts';
import { readCustomer, readVoucher } from './voucher-facts.ts';

/** What is set aside by an open sale lapses by itself. */
const HOLD_MS = 600_000;
const MOST_HOLDS = 30;
const MOST_MINOR = 1_000_000_000_000;
const MOST_UNITS = 100_000;

export const holdValueSchema = z.strictObject({
  saleId: uuidV7Schema,
  customerId: idSchema.nullable(),
  vouchers: z
    .array(z.strictObject({ voucherId: idSchema, uses: z.int().min(1).max(MOST_UNITS) }))
    .max(MOST_HOLDS)
    .refine((asked) => areDistinct(asked.map(({ voucherId }) => voucherId)))
    .default([]),
  credit: z
    .array(z.strictObject({ accountId: idSchema, amountMinor: z.int().min(1).max(MOST_MINOR) }))
    .max(MOST_HOLDS)
    .refine((asked) => areDistinct(asked.map(({ accountId }) => accountId))),
  passes: z
    .array(z.strictObject({ passId: idSchema, units: z.int().min(1).max(MOST_UNITS) }))
    .max(MOST_HOLDS)
    .refine((asked) => areDistinct(asked.map(({ passId }) => passId))),
});
type HoldInput = z.output<typeof holdValueSchema>;

/**
 * Sets vouchers, credit and units aside for an open sale, ten minutes of trusted time: no other sale can have them meanwhile. Asked
 * again it replaces what the sale had set aside; refused, it leaves that as it was. Refuses 'not-found',
 * 'customer-blocked', 'draft-changed-elsewhere' (its payment has begun), and the first of what may stand against an
 * account (CreditRefusal), a pass (PassRefusal) or a voucher (VoucherRefusal).
 */
export function holdValue(scope: CommandScope, input: HoldInput): Outcome<{ readonly endsAtMs: number }> {
  const { saleId, customerId } = input;
  const refused = refuseHolding(scope, input);
  if (refused !== null) return refused;
  const voucherHolds = holdVouchers(scope, input);
  if ('reason' in voucherHolds) return voucherHolds;
  const holds: SaleHold[] = [
    ...input.credit.map(({ accountId, amountMinor }) => ({
      subjectKind: 'credit' as const,
      subjectId: accountId,
      uses: 0,
      amountMinor,
    })),
    ...input.passes.map(({ passId, units }) => ({
      subjectKind: 'pass' as const,
      subjectId: passId,
      uses: units,
      amountMinor: 0,
    })),
  ];
  const endsAtMs = scope.moment.trustedAtMs + HOLD_MS;
  deleteSaleHolds(scope, saleId);
  insertSaleHolds(scope, { saleId, customerId, endsAtMs }, [...holds, ...voucherHolds]);
  scope.touch('wallet');
  return done({ endsAtMs });
}

export const releaseValueSchema = z.strictObject({ saleId: uuidV7Schema });

/** Lets go of what an open sale has set aside. Refuses 'draft-changed-elsewhere' when its payment has begun. */
export function releaseValue(
  scope: CommandScope,
  { saleId }: z.output<typeof releaseValueSchema>,
): Outcome<{ readonly released: boolean }> {
  if (selectIsSaleTaken(scope.db, scope.shop.merchantId, saleId)) {
    return refuse('draft-changed-elsewhere', { revision: 0 });
  }
  const released = deleteSaleHolds(scope, saleId);
  if (released) scope.touch('wallet');
  return done({ released });
}

/** The uses of vouchers and of their campaigns: several of one campaign count together against its limits. */
function holdVouchers(scope: CommandScope, { saleId, customerId, vouchers }: HoldInput): SaleHold[] | Refusal {
  const held: SaleHold[] = [];
  const ofCampaign = new Map<string, number>();
  const customer = customerId === null || vouchers.length === 0 ? null : readCustomer(scope, customerId);
  for (const { voucherId, uses } of vouchers) {
    const read = readVoucher(scope, { voucherId }, { customerId, saleId }, customer);
    if (read === null) return refuse('voucher-unknown');
    const { voucher, facts, situation } = read;
    const before = ofCampaign.get(facts.campaignId) ?? 0;
    const { total, today, byCustomer, byCustomerToday } = facts.uses;
    const counted = {
      total: total + before,
      today: today + before,
      byCustomer: byCustomer + before,
      byCustomerToday: byCustomerToday + before,
    };
    const usable = decideVoucher(voucher, { ...facts, uses: counted }, situation);
    if (usable.kind === 'refused') return usable;
    const tooMany = refuseUses(usable, uses);
    if (tooMany !== null) return tooMany;
    held.push({ subjectKind: 'voucher', subjectId: voucherId, uses, amountMinor: 0 });
    ofCampaign.set(facts.campaignId, before + uses);
  }
  const campaigns = [...ofCampaign].map(
    ([subjectId, uses]): SaleHold => ({ subjectKind: 'campaign', subjectId, uses, amountMinor: 0 }),
  );
  return [...held, ...campaigns];
}

function refuseHolding(scope: CommandScope, { saleId, customerId, credit, passes }: HoldInput): Refusal | null {
  const { db, shop } = scope;
  if (selectIsSaleTaken(db, shop.merchantId, saleId)) return refuse('draft-changed-elsewhere', { revision: 0 });
  const customer = customerId === null ? null : selectMember(db, shop.merchantId, customerId);
  if (customerId !== null && (customer === null || customer.status === 'erased')) {
    return refuse('not-found', { kind: 'customer', customerId });
  }
  if (customer?.status === 'blocked') return refuse('customer-blocked', { customerId });
  const allMinor = sumOf(credit.map(({ amountMinor }) => amountMinor));
  for (const { accountId, amountMinor } of credit) {
    const asked = { accountId, amountMinor, saleId, customerId };
    const spend = { accountId, wantedMinor: amountMinor, allWantedMinor: allMinor };
    const refused = refuseCredit(scope, asked) ?? refuseCreditHere(scope, saleId, spend);
    if (refused !== null) return refused;
  }
  for (const { passId, units } of passes) {
    const refused = refusePass(scope, { passId, units, saleId, customerId });
    if (refused !== null) return refused;
  }
  return null;
}

/** A customer's own credit is for their own sales; a card is of whoever brings it. */
function refuseCredit(
  scope: CommandScope,
  asked: { accountId: string; amountMinor: number; saleId: string; customerId: string | null },
): Refusal | null {
  const account = selectCreditAccount(scope.db, scope.shop.merchantId, asked.accountId);
  if (account === null || (account.kind === 'credit' && account.customerId !== asked.customerId)) {
    return refuse('not-found', { kind: 'credit-account' });
  }
  const decided = decideSpend(creditAccountOf(scope, account, asked.saleId), asked.amountMinor);
  return decided.kind === 'refused' ? decided : null;
}

function refusePass(
  { db, shop, moment }: CommandScope,
  asked: { passId: string; units: number; saleId: string; customerId: string | null },
): Refusal | null {
  const { passId, units, saleId, customerId } = asked;
  const atMs = moment.trustedAtMs;
  const pass = selectPass(db, shop.merchantId, passId);
  if (pass === null) return refuse('not-found', { kind: 'pass' });
  const { uses: heldUnits } = selectHeld(db, { subjectKind: 'pass', subjectId: passId, saleId, atMs });
  return refuseUnits(pass, { units, atMs, heldUnits, customerId });
}

function areDistinct(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}
