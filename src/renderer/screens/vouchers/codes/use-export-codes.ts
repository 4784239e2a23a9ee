import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { useFormat } from '../../../ui/format.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { shopNowMs } from '../../../ui/shop-clock.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import type { ExportedPart } from './codes-data.ts';

/** Saves the codes of a batch, or of the whole campaign (null), as one CSV file that is fetched in parts. */
export function useExportCodes(campaignId: string): { run(batchId: string | null): Promise<void>; isRunning: boolean } {
  const { t } = useTranslation('codes');
  const format = useFormat();
  const command = useCommand(useApiClient().codes.export);
  const report = useReport();
  const [isRunning, setIsRunning] = useState(false);
  const run = async (batchId: string | null): Promise<void> => {
    setIsRunning(true);
    const parts: string[] = [];
    let count = 0;
    let after: ExportedPart['next'] = null;
    do {
      const result = await command.run({ campaignId, batchId, after });
      if (!report(result)) return setIsRunning(false);
      parts.push(result.value.csvText);
      count += result.value.count;
      after = result.value.next;
    } while (after !== null);
    const file = `codes-${format.dateKey(shopNowMs())}.csv`;
    saveFile(file, parts, 'text/csv');
    setIsRunning(false);
    showToast({ tone: 'success', title: t('export.done', { count, shown: format.number(count), file }) });
  };
  return { run, isRunning };
}
