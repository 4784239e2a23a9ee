import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import type { SaleDetail } from '../till-types.ts';

/** Takes back a whole sale of today: money, points and stock of numbers. Names the amount; the safe button has the focus. */
export function VoidDialog({ detail, onClose }: { detail: SaleDetail; onClose: () => void }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.cancelSale);
  const [reason, setReason] = useState('');
  const amount = format.money(detail.totalMinor + detail.cashRoundingMinor);
  const act = async (): Promise<void> => {
    const result = await command.run({ saleId: detail.saleId, reason: reason.trim() });
    if (!report(result)) return;
    showToast({ tone: 'success', title: t('void.done', { number: detail.receiptNumber, amount }) });
    onClose();
  };
  return (
    <Dialog
      title={t('void.title', { amount })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('void.keep')}</Button>
          <Button kind="danger" isDisabled={reason.trim() === ''} isBusy={command.isRunning} onPress={() => void act()}>
            {t('void.act', { amount })}
          </Button>
        </>
      }
    >
      <div className="till-entry">
        <p className="is-muted">
          {detail.points.earned === 0
            ? t('void.detail')
            : t('void.detailPoints', { count: detail.points.earned, points: format.points(detail.points.earned) })}
        </p>
        <TextField
          label={t('refund.reason')}
          value={reason}
          onChange={setReason}
          placeholder={t('refund.reasonPlaceholder')}
          maxLength={200}
          autoFocus
        />
      </div>
    </Dialog>
  );
}
