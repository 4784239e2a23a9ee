import { useTranslation } from 'react-i18next';
import { tighterAllowance } from '#shop/allowance/allowance.ts';
import type { SalePreview } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';

/** How the credit of the sale's customer stands in the way of paying with it. */
export interface CreditBar {
  /** In the two or three words that a button has room for; null where nothing does. */
  readonly words: string | null;
  /** Not to be chosen: there is none, or it is kept from being used. What is empty can be chosen, to be filled. */
  readonly isShut: boolean;
}

/**
 * Why the credit of the sale's customer cannot pay it: nobody's, none, frozen, no more at this till today (W9); or nothing
 * left and ended (C-40), where it can be topped up at once.
 */
export function useCreditBar(preview: SalePreview | null, hasCustomer: boolean): CreditBar {
  const { t } = useTranslation('value');
  const format = useFormat();
  const shut = (words: string): CreditBar => ({ words, isShut: true });
  const open = (words: string | null): CreditBar => ({ words, isShut: false });
  if (preview === null) return open(null);
  const account = preview.credit.find(({ kind }) => kind === 'credit');
  if (account === undefined) return shut(t(hasCustomer ? 'pay.bar.none' : 'pay.bar.nobody'));
  if (account.isFrozen) return shut(t('pay.bar.frozen'));
  if (account.availableMinor > 0) {
    const allowed = tighterAllowance(account.allowances, { takenMinor: 0, allTakenMinor: 0 });
    return allowed?.left === 0 ? shut(t('pay.bar.allowedNone')) : open(null);
  }
  const { emptySinceMs } = account;
  if (emptySinceMs === null) return open(t('pay.bar.empty'));
  return open(t('pay.bar.ended', { day: format.day(emptySinceMs - 1, Date.now()) }));
}
