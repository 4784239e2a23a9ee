import { useTranslation } from 'react-i18next';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Saves all customers as CSV, made by the back end with cells that no spreadsheet runs. */
export function useExportCustomers(): () => Promise<void> {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const command = useCommand(useApiClient().customers.exportCsv);
  const report = useReport();
  return async () => {
    const result = await command.run({});
    if (!report(result)) return;
    const { csvText } = result.value;
    const file = `customers-${format.dateKey(shopNowMs())}.csv`;
    saveFile(file, csvText, 'text/csv');
    const count = Math.max(0, csvText.trimEnd().split(/\r\n/).length - 1);
    showToast({ tone: 'success', title: t('menu.exported', { count, shown: format.number(count), file }) });
  };
}
