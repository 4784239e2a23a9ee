import { useTranslation } from 'react-i18next';
import { tighterAllowance } from '#shop/allowance/allowance.ts';
import type { SalePreview } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';

/**
 * Why the credit of the sale's customer cannot pay it, in the two or three words that a button has room for: nobody's,
 * none, frozen, nothing left, ended (C-40), no more at this till today (W9). Null where it can.
 */
export function useCreditBar(preview: SalePreview | null, hasCustomer: boolean): string | null {
  const { t } = useTranslation('value');
  const format = useFormat();
  if (preview === null) return null;
  const account = preview.credit.find(({ kind }) => kind === 'credit');
  if (account === undefined) return t(hasCustomer ? 'pay.bar.none' : 'pay.bar.nobody');
  if (account.isFrozen) return t('pay.bar.frozen');
  if (account.availableMinor > 0) {
    const allowed = tighterAllowance(account.allowances, { takenMinor: 0, allTakenMinor: 0 });
    return allowed?.left === 0 ? t('pay.bar.allowedNone') : null;
  }
  const { emptySinceMs } = account;
  if (emptySinceMs === null) return t('pay.bar.empty');
  return t('pay.bar.ended', { day: format.day(emptySinceMs - 1, Date.now()) });
}
