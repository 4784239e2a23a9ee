import { dueCreditExpiries } from '#shop/credit/due-credit.ts';
import { mustHave } from '#shop/must.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectCreditOfCustomer } from '../credit/credit-accounts-store.ts';
import { appendCreditEntry } from '../credit/credit-entries-store.ts';
import { sql } from '../db/database.ts';
import { revokePassRow, selectPassesOf } from '../passes/passes-store.ts';
import { revokeVoucherRow, selectVoucher } from '../vouchers/vouchers-store.ts';
import { creditAccountOf } from './credit-account.ts';
import { selectHeldBy, selectOwnedClaims } from './merge-parts-store.ts';
import { moveSubject, setClaim } from './merge-value.ts';

const FORGET_CLAIMS = sql`
  UPDATE customer_vouchers
  SET notification_preferences = '{}', metadata = '{}', last_viewed_at_ms = NULL
  WHERE customer_id = :customerId`;

const FORGET_STAFF = sql`
  DELETE FROM staff_customers
  WHERE customer_id = :customerId`;

const FORGET_NOT_GIVEN = sql`
  DELETE FROM vouchers_not_given
  WHERE customer_id = :customerId`;

const FORGET_ATTEMPTS = sql`
  UPDATE redemption_attempts
  SET customer_id = NULL, location = NULL, device_info = '{}', metadata = '{}'
  WHERE customer_id = :customerId`;

/**
 * Ends what an erased person held of value: what is left of their credit is booked off today with the reason ERASED, claims
 * that were not used are void, codes of theirs alone withdrawn, passes taken back; a gift card is money in whoever's hand and stays good, without its
 * holder. Attempts forget who they were for. What was redeemed and paid stays in the books. Returns the credit booked off.
 */
export function eraseValue(scope: CommandScope, customerId: string): number {
  const { db, shop } = scope;
  const held = selectHeldBy(db, customerId);
  for (const id of held.giftCards) moveSubject(scope, { kind: 'gift-card', id, customerId: null });
  for (const voucherId of held.vouchers) withdrawOwn(scope, voucherId);
  for (const pass of selectPassesOf(db, shop.merchantId, customerId)) {
    if (pass.revokedAtMs === null && pass.unitsUsed < pass.unitsTotal) revokePassRow(scope, pass.passId);
  }
  for (const { customerVoucherId, ...claim } of selectOwnedClaims(db, customerId)) {
    if (claim.status === 'CLAIMED')
      setClaim(scope, customerVoucherId, { ...claim, status: 'VOIDED', voidReason: 'REVOKED' });
  }
  for (const statement of [FORGET_CLAIMS, FORGET_NOT_GIVEN, FORGET_ATTEMPTS, FORGET_STAFF])
    db.run(statement, { customerId });
  scope.touch('wallet');
  return bookOffCredit(scope, customerId);
}

/** A code that was theirs alone: nobody can be found for it any more, so it says that it was withdrawn. */
function withdrawOwn(scope: CommandScope, voucherId: string): void {
  const { db, shop, moment } = scope;
  const { status } = mustHave(selectVoucher(db, shop.merchantId, voucherId), 'a voucher that somebody held');
  if (status === 'redeemed' || status === 'expired' || status === 'revoked') return;
  revokeVoucherRow(db, voucherId, moment.trustedAtMs);
  scope.fact('vouchers', { id: voucherId, status: 'revoked', isActive: 0, revokedAtMs: moment.trustedAtMs });
}

/** What has ended and nobody has written yet is expiry, not erasure. */
function bookOffCredit(scope: CommandScope, customerId: string): number {
  const account = selectCreditOfCustomer(scope.db, scope.shop.merchantId, customerId);
  if (account === null) return 0;
  const { accountId } = account;
  const { position } = creditAccountOf(scope, account);
  for (const due of dueCreditExpiries(accountId, position)) {
    appendCreditEntry(scope, { ...due, accountId, kind: 'expire' });
  }
  const { balanceMinor } = position;
  if (balanceMinor === 0) return 0;
  const entryId = appendCreditEntry(scope, { accountId, kind: 'adjust', amountMinor: -balanceMinor, reason: 'ERASED' });
  scope.event({
    type: 'customer.credit.adjusted',
    category: 'EFFECT',
    customerId,
    data: { accountId, entryId, amountMinor: -balanceMinor, balanceMinor: 0, reason: 'ERASED' },
  });
  return balanceMinor;
}
