import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { useCreditWords } from '../../ui/credit-words.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';

/** Redeems a voucher for a customer outside a sale: credit and uses at once, anything else into the wallet; says what came of it. */
export function useRedeem({ customerId, displayName: name }: Customer) {
  const { t } = useTranslation('wallet');
  const words = useCreditWords();
  const redeem = useCommand(useApiClient().vouchers.redeem);
  const report = useReport();
  const run = async (which: { readonly code: string } | { readonly voucherId: string }): Promise<boolean> => {
    const result = await redeem.run({ ...which, customerId, source: 'code' in which ? 'MANUAL' : null });
    if (!report(result) || result.kind !== 'done') return false;
    const given = result.value.kind === 'given' ? result.value : null;
    const title =
      given?.credit != null
        ? t('redeemed.credit', {
            amount: words.amount(given.credit.amountMinor),
            balance: words.amount(given.credit.balanceMinor),
          })
        : given?.pass != null
          ? t('redeemed.pass', { name: given.pass.name, count: given.pass.unitsLeft })
          : t('give.done', { name });
    showToast({ tone: 'success', slot: 'wallet', title });
    return true;
  };
  return { run, isRunning: redeem.isRunning };
}
