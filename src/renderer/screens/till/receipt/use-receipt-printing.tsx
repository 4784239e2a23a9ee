import { useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { useReport } from '../../../ui/refusal-text.ts';
import { useShopState } from '../../../ui/shop-context.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import type { Receipt } from '../till-types.ts';
import receiptCss from './receipt.css?inline';
import { ReceiptView } from './receipt-view.tsx';
import './receipt-print.css';

export type ReceiptOf = { readonly saleId: string } | { readonly refundId: string };

interface Sheet {
  readonly receipt: Receipt;
  readonly copyNumber: number;
  readonly goal: 'print' | 'save';
}

export interface ReceiptPrinting {
  readonly print: () => void;
  readonly save: () => void;
  readonly isPrinting: boolean;
  readonly isSaving: boolean;
  /** Says that it did not print and offers to try again; null while all is well. */
  readonly problem: ReactNode;
  /** The paper while it is being printed; render it anywhere. */
  readonly sheet: ReactNode;
}

/**
 * Prints and saves a receipt: in the installed console through its host, in a browser through the browser. `onEnd` is told
 * of each print and PDF whether it was good; what was refused has been said by then.
 */
export function useReceiptPrinting(
  of: ReceiptOf,
  number: string,
  onEnd: (isGood: boolean) => void = () => undefined,
): ReceiptPrinting {
  const api = useApi();
  const client = useApiClient();
  const queries = useQueryClient();
  const report = useReport();
  const mark = useCommand(client.till.markPrinted);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const [failed, setFailed] = useState<Sheet['goal'] | null>(null);

  const start = async (goal: Sheet['goal']): Promise<void> => {
    if (sheet !== null) return;
    setFailed(null);
    const marked = await mark.run(of);
    if (!report(marked)) return marked.kind === 'ignored' ? undefined : onEnd(false);
    const receipt = await queries.fetchQuery({ ...api.till.receipt.queryOptions(of), staleTime: 0 });
    setSheet({ receipt, copyNumber: marked.value.copyNumber, goal });
  };
  const end = (isGood: boolean): void => {
    if (!isGood) setFailed(sheet?.goal ?? 'print');
    setSheet(null);
    onEnd(isGood);
  };
  const isStarting = mark.isRunning;
  return {
    print: () => void start('print'),
    save: () => void start('save'),
    isPrinting: sheet?.goal === 'print' || (isStarting && sheet === null),
    isSaving: sheet?.goal === 'save',
    problem: failed === null ? null : <PrintProblem goal={failed} onRetry={() => void start(failed)} />,
    sheet: sheet === null ? null : <PrintedSheet sheet={sheet} fileName={`${number}.pdf`} onEnd={end} />,
  };
}

function PrintProblem({ goal, onRetry }: { goal: Sheet['goal']; onRetry: () => void }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <div className="till-notice" data-tone="danger" role="alert">
      <TriangleAlert size={22} strokeWidth={1.75} aria-hidden="true" />
      <span>
        <b>{t(`receipt.failed.${goal}`)}</b>
        <span>{t('receipt.failedHow')}</span>
      </span>
      <Button onPress={onRetry}>{t(`receipt.again.${goal}`)}</Button>
    </div>
  );
}

interface PrintedSheetProps {
  readonly sheet: Sheet;
  readonly fileName: string;
  readonly onEnd: (isGood: boolean) => void;
}

/** A page of its own for the printing host: the drawn receipt with the receipt's rules, and nothing that runs. */
function pageOf(drawn: HTMLElement): string {
  return `<!doctype html><html lang="${document.documentElement.lang}"><head><meta charset="utf-8"><style>*{box-sizing:border-box}body{margin:0}${receiptCss}</style></head><body>${drawn.outerHTML}</body></html>`;
}

function printInBrowser(): void {
  document.body.classList.add('is-printing-receipt');
  window.print();
  document.body.classList.remove('is-printing-receipt');
}

/** Draws the receipt out of sight, hands it to the printer once, and leaves. */
function PrintedSheet({ sheet, fileName, onEnd }: PrintedSheetProps): ReactNode {
  const { t } = useTranslation('till');
  const { host } = useShopState();
  const client = useApiClient();
  const printCommand = useCommand(client.devices.printReceipt);
  const saveCommand = useCommand(client.devices.saveReceiptPdf);
  const drawn = useRef<HTMLDivElement>(null);
  const hasStarted = useRef(false);

  useEffect(() => {
    if (hasStarted.current || drawn.current === null) return;
    hasStarted.current = true;
    const html = pageOf(drawn.current);
    const finish = async (): Promise<void> => {
      if (host === 'web') {
        printInBrowser();
        return onEnd(true);
      }
      const result =
        sheet.goal === 'print' ? await printCommand.run({ html }) : await saveCommand.run({ html, fileName });
      if (result.kind === 'refused' && result.refusal.reason === 'use-browser-print') {
        printInBrowser();
        return onEnd(true);
      }
      if (result.kind === 'done' && result.value.result === 'saved') {
        showToast({ tone: 'success', title: t('receipt.saved', { name: fileName }) });
      }
      onEnd(result.kind === 'done');
    };
    void finish();
  }, [host, sheet, fileName, onEnd, printCommand, saveCommand, t]);
  return createPortal(
    <div className="receipt-print">
      <ReceiptView ref={drawn} receipt={sheet.receipt} copyNumber={sheet.copyNumber} />
    </div>,
    document.body,
  );
}
