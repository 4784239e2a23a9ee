import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../ui/amount-field.tsx';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { PrintSheet } from '../../../ui/print-sheet.tsx';
import { useReport } from '../../../ui/refusal-text.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { useShopState } from '../../../ui/shop-context.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { CodeSheet, type SheetLayout } from './code-sheet.tsx';
import './code-sheet.css';
import sheetCss from './code-sheet.css?inline';
import { CODES_A_SHEET, type PrintedCampaign, type ToPrint } from './codes-data.ts';

interface PrintCodesDialogProps {
  readonly what: ToPrint;
  readonly campaign: PrintedCampaign;
  readonly onClose: () => void;
}

interface Sheet {
  readonly codes: readonly { readonly code: string }[];
  readonly goal: 'print' | 'save';
}

const LAYOUTS = ['a4', 'label'] as const;
/** The paper, printed or as a PDF. */
const PAGES: Readonly<Record<SheetLayout, string>> = {
  a4: '@page{size:A4;margin:10mm 8mm}',
  label: '@page{size:62mm 29mm;margin:0}',
};

/** Which codes go on paper, and how. In the installed console they can be saved as PDF; a browser's print dialog does that. */
export function PrintCodesDialog({ what, campaign, onClose }: PrintCodesDialogProps): ReactNode {
  const { t } = useTranslation(['codes', 'common']);
  const format = useFormat();
  const { host } = useShopState();
  const fetchSheet = useCommand(useApiClient().codes.printSheet);
  const report = useReport();
  const [layout, setLayout] = useState<SheetLayout>('a4');
  const most = what.of === 'batch' ? what.batch.made : CODES_A_SHEET;
  const [from, setFrom] = useState<number | null>(1);
  const [count, setCount] = useState<number | null>(what.of === 'batch' ? Math.min(most, CODES_A_SHEET) : 24);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const isFromRight = from !== null && from >= 1 && from <= most;
  const isCountRight = count !== null && count >= 1 && count <= CODES_A_SHEET;
  const isReady = isFromRight && isCountRight;
  const start = async (goal: Sheet['goal']): Promise<void> => {
    // A button that is disabled while it works would lose the keyboard.
    if (!isFromRight || !isCountRight || sheet !== null) return;
    const result = await fetchSheet.run(
      what.of === 'batch'
        ? { of: 'batch', batchId: what.batch.batchId, from, count }
        : { of: 'voucher', voucherId: what.voucherId, copies: count },
    );
    if (report(result)) setSheet({ codes: result.value.codes, goal });
  };
  const end = (): void => {
    const next = (from ?? 1) + (sheet?.codes.length ?? 0);
    setSheet(null);
    // The next ones of the batch are at hand; after the last it is done.
    if (what.of === 'batch' && next <= most) setFrom(next);
    else onClose();
  };
  const shown = Math.min(count ?? 0, most - (from ?? 1) + 1);
  return (
    <Dialog
      title={t('print.title')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common:close')}</Button>
          {host === 'electron' && (
            <Button isDisabled={!isReady} isBusy={sheet?.goal === 'save'} onPress={() => void start('save')}>
              {t('print.pdf')}
            </Button>
          )}
          <Button
            kind="primary"
            isDisabled={!isReady}
            isBusy={fetchSheet.isRunning || sheet?.goal === 'print'}
            onPress={() => void start('print')}
          >
            {t('print.start', { count: shown, shown: format.number(shown) })}
          </Button>
        </>
      }
    >
      <div className="codes-form">
        <Segmented
          label={t('print.layout')}
          segments={LAYOUTS.map((id) => ({ id, label: t(`print.${id}`) }))}
          value={layout}
          onChange={setLayout}
          isWide
        />
        {what.of === 'batch' && (
          <NumberField
            label={t('print.from')}
            value={from}
            onChange={setFrom}
            error={isFromRight ? null : t('print.fromWrong', { most: format.number(most) })}
          />
        )}
        <NumberField
          label={t(what.of === 'batch' ? 'print.count' : 'print.copies')}
          value={count}
          onChange={setCount}
          hint={t('print.countHint', { most: format.number(CODES_A_SHEET) })}
          error={isCountRight ? null : t('print.countWrong', { most: format.number(CODES_A_SHEET) })}
        />
      </div>
      {sheet?.goal === 'print' && (
        <PrintSheet page={PAGES[layout]} onDone={end}>
          <CodeSheet layout={layout} campaign={campaign} codes={sheet.codes} />
        </PrintSheet>
      )}
      {sheet?.goal === 'save' && <SavedSheet layout={layout} campaign={campaign} codes={sheet.codes} onEnd={end} />}
    </Dialog>
  );
}

interface SavedSheetProps {
  readonly layout: SheetLayout;
  readonly campaign: PrintedCampaign;
  readonly codes: Sheet['codes'];
  readonly onEnd: () => void;
}

/** Draws the sheet out of sight, hands it to the host as a page that runs nothing, and leaves. */
function SavedSheet({ layout, campaign, codes, onEnd }: SavedSheetProps): ReactNode {
  const { t } = useTranslation('codes');
  const save = useCommand(useApiClient().devices.saveReceiptPdf);
  const report = useReport();
  const drawn = useRef<HTMLDivElement>(null);
  const hasStarted = useRef(false);
  useEffect(() => {
    if (hasStarted.current || drawn.current === null) return;
    hasStarted.current = true;
    const fileName = `${campaign.name}.pdf`;
    const html = `<!doctype html><html lang="${document.documentElement.lang}"><head><meta charset="utf-8"><style>${PAGES[layout]}body{margin:0}${sheetCss}</style></head><body>${drawn.current.outerHTML}</body></html>`;
    void save.run({ html, fileName }).then((result) => {
      if (report(result) && result.value.result === 'saved')
        showToast({ tone: 'success', title: t('print.saved', { file: fileName }) });
      onEnd();
    });
  }, [campaign.name, layout, onEnd, report, save, t]);
  return createPortal(
    <div className="is-hidden-visually" aria-hidden="true">
      <CodeSheet ref={drawn} layout={layout} campaign={campaign} codes={codes} />
    </div>,
    document.body,
  );
}
