import { z } from 'zod';
import { decideTakeBack } from '#shop/credit/take-back.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import { earliest } from '#shop/vouchers/validity.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectCreditAccount } from '../credit/credit-accounts-store.ts';
import { appendCreditEntry } from '../credit/credit-entries-store.ts';
import { appendPassUnits, revokePassRow, selectPass } from '../passes/passes-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';
import { creditAccountOf } from '../value/credit-account.ts';
import { rollBack } from '../value/roll-back.ts';
import { selectStandingClaim } from '../value/give-back-store.ts';
import { selectHeld } from '../value/holds-store.ts';
import { endsOnReturn } from '../value/later-ends.ts';
import {
  type GrantedRedemption,
  selectGrantedCredit,
  selectGrantedRedemption,
  selectGrantedUnits,
} from './grants-store.ts';
import { selectVoucher } from './vouchers-store.ts';

export const rollBackSchema = z.strictObject({
  redemptionId: idSchema,
  reason: lineText({ max: 200 }),
  overrideIds: overrideIdsSchema,
});

/**
 * Takes back what a voucher gave outside a sale, and gives its use back (VC19): as long as nothing of it was spent. What took
 * something off a sale comes back with the sale's refund. Refuses 'not-found', 'voucher-not-redeemed' for what was taken
 * back or belongs to a sale, 'credit-already-used' {balanceMinor}, 'credit-replaced' and 'pass-short' {needed, have}.
 */
export function rollBackRedemption(
  scope: CommandScope,
  { redemptionId, reason }: z.output<typeof rollBackSchema>,
): Outcome<{ readonly claimStatus: 'CLAIMED' | 'EXPIRED' }> {
  const redemption = selectGrantedRedemption(scope.db, scope.shop.merchantId, redemptionId);
  if (redemption === null) return refuse('not-found', { kind: 'redemption' });
  const { grantedKind, uses, amountMinor, rolledBackUses } = redemption;
  if (grantedKind === null || rolledBackUses > 0) return refuse('voucher-not-redeemed');
  const refused = grantedKind === 'credit' ? takeCredit(scope, redemption) : takeUnits(scope, redemption);
  if (refused !== null) return refused;
  const claimStatus = hasEnded(scope, redemption) ? 'EXPIRED' : 'CLAIMED';
  const rollback = { uses, amountMinor, claimStatus } as const;
  rollBack(scope, { refundId: null, byHand: true }, { redemption, rollback });
  scope.changed({
    table: 'voucher_rollbacks',
    recordId: redemptionId,
    before: null,
    after: { uses, amountMinor, claimStatus },
    personalAfter: { reason },
  });
  for (const topic of ['wallet', 'vouchers', 'customers'] as const) scope.touch(topic);
  return done({ claimStatus });
}

function hasEnded({ db, shop, moment }: CommandScope, { customerId, voucherId }: GrantedRedemption): boolean {
  const voucher = voucherId === null ? null : selectVoucher(db, shop.merchantId, voucherId);
  if (voucher === null) return false;
  const claim = customerId === null ? null : selectStandingClaim(db, customerId, voucher.voucherId);
  const { voucherMs, claimMs } = endsOnReturn({ db, shop }, voucher, claim);
  const endMs = earliest(voucherMs, claimMs);
  return endMs !== null && moment.trustedAtMs >= endMs;
}

function takeCredit(scope: CommandScope, { grantedId, redemptionId }: GrantedRedemption): Refusal | null {
  const { db, shop } = scope;
  const entry = mustHave(selectGrantedCredit(db, grantedId ?? ''), 'the credit that a voucher gave');
  const { entryId, accountId, amountMinor } = entry;
  const account = mustHave(selectCreditAccount(db, shop.merchantId, accountId), 'the account of an entry');
  const given = { entryId, amountMinor, takenBackMinor: 0 };
  const decided = decideTakeBack(creditAccountOf(scope, account), given, amountMinor);
  if (decided.kind === 'refused') return decided;
  const reverses = { entryId, kind: 'grant' as const };
  appendCreditEntry(scope, { accountId, kind: 'reverse', amountMinor: -amountMinor, reverses, redemptionId });
  return null;
}

function takeUnits(scope: CommandScope, { redemptionId, voucherId }: GrantedRedemption): Refusal | null {
  const { db, shop, moment } = scope;
  const { entryId, passId, units } = mustHave(selectGrantedUnits(db, redemptionId), 'the units that a voucher gave');
  const pass = mustHave(selectPass(db, shop.merchantId, passId), 'the pass of an entry');
  const of = { subjectKind: 'pass', subjectId: passId, saleId: null, atMs: moment.trustedAtMs } as const;
  const have = pass.unitsTotal - pass.unitsUsed - selectHeld(db, of).uses;
  if (pass.revokedAtMs !== null || have < units)
    return refuse('pass-short', { needed: units, have: Math.max(0, have) });
  appendPassUnits(scope, { passId, kind: 'take-back', units: -units, reversesId: entryId, redemptionId });
  const isEmpty = pass.unitsTotal === units;
  if (isEmpty && voucherId !== null) revokePassRow(scope, passId);
  return null;
}
