import { useApiClient } from '../../ui/api-context.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { useCommand } from '../../ui/use-command.ts';
import { newOperationId } from '../../api.ts';
import type { ImportRow } from './customers-data.ts';
import { addPage, endRun, pagesOf, ROWS_A_PAGE, startRun, useImportRun } from './import-run.ts';

/** Sends the rows page by page; each page is one command, so a stop or a failure keeps the pages before it. */
export function useRunImport(): (rows: readonly ImportRow[]) => Promise<void> {
  const command = useCommand(useApiClient().customers.importRows);
  const report = useReport();
  return async (rows) => {
    const importId = newOperationId();
    startRun(rows.length, Date.now());
    for (const page of pagesOf(rows, ROWS_A_PAGE)) {
      if (useImportRun.getState().phase !== 'running') return;
      const result = await command.run({ importId, fromLine: page[0]?.line ?? 0, rows: page });
      if (!report(result)) {
        endRun('failed');
        return;
      }
      const { created, updated, skipped, errors } = result.value;
      addPage(page.length, { created, updated, skipped, failed: errors.length });
    }
    if (useImportRun.getState().phase === 'running') endRun('done');
  };
}
