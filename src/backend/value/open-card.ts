import { itemAt } from '#shop/must.ts';
import { DEFAULT_PATTERN, makeVoucherCodes, type VoucherCode } from '#shop/vouchers/voucher-code.ts';
import type { SystemScope } from '../command-scope.ts';
import { insertCreditAccount, selectGiftCard, type StoredCreditAccount } from '../credit/credit-accounts-store.ts';
import { fillRandom } from '../random-bytes.ts';

/** Opens a gift card without credit on it, with this code or with one that no other card has. */
export function openGiftCard(
  scope: SystemScope,
  customerId: string | null,
  code: VoucherCode | null = null,
): StoredCreditAccount {
  const made = code ?? itemAt(makeVoucherCodes(DEFAULT_PATTERN, 1, fillRandom), 0);
  if (code === null && selectGiftCard(scope.db, scope.shop.merchantId, made.codeKey) !== null) {
    return openGiftCard(scope, customerId);
  }
  return insertCreditAccount(scope, { kind: 'gift-card', customerId, ...made });
}
