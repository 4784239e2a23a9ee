import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';

/** Asks why somebody is to be blocked, and blocks them. */
export function BlockCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const [reason, setReason] = useState('');
  const command = useCommand(useApiClient().customers.block);
  const report = useReport();
  const name = customer.displayName;
  const act = async (): Promise<void> => {
    const result = await command.run({ customerId: customer.customerId, reason: reason.trim() });
    if (!report(result)) return;
    showToast({ tone: 'neutral', title: t('page.blockedNow', { name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('block.title', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('block.keep')}</Button>
          <Button kind="danger" isBusy={command.isRunning} isDisabled={reason.trim() === ''} onPress={() => void act()}>
            {t('block.act', { name })}
          </Button>
        </>
      }
    >
      <p className="is-muted">{t('block.detail')}</p>
      <TextField
        label={t('block.reason')}
        hint={t('block.reasonHint')}
        autoFocus
        value={reason}
        maxLength={500}
        onChange={setReason}
      />
    </Dialog>
  );
}

interface ReissueCardProps {
  readonly customer: Customer;
  readonly onClose: () => void;
  /** The new card stands and can be printed. */
  readonly onDone: () => void;
}

/** Gives a customer a new card and shows it to be printed; the lost one is never accepted again. */
export function ReissueCard({ customer, onClose, onDone }: ReissueCardProps): ReactNode {
  const { t } = useTranslation('customers');
  const [cardCode, setCardCode] = useState('');
  const command = useCommand(useApiClient().customers.reissueCard);
  const report = useReport();
  const act = async (): Promise<void> => {
    const blank = cardCode.trim() === '' ? {} : { cardCode: cardCode.trim() };
    const result = await command.run({ customerId: customer.customerId, ...blank });
    if (!report(result) || result.kind !== 'done') return;
    showToast({
      tone: 'success',
      title: t('reissue.done', { name: customer.displayName, code: formatCode(result.value.code) }),
    });
    onDone();
  };
  return (
    <Dialog
      title={t('reissue.title', { name: customer.displayName })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('reissue.keep')}</Button>
          <Button kind="primary" isBusy={command.isRunning} onPress={() => void act()}>
            {t('reissue.act')}
          </Button>
        </>
      }
    >
      <p className="is-muted">{t('reissue.detail', { code: formatCode(customer.code) })}</p>
      <TextField
        label={t('reissue.blank')}
        hint={t('reissue.blankHint')}
        autoFocus
        value={cardCode}
        maxLength={64}
        autoComplete="off"
        onChange={setCardCode}
      />
    </Dialog>
  );
}
