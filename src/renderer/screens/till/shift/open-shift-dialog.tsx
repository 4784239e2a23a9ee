import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { useCommand } from '../../../ui/use-command.ts';
import { TypedPad } from '../order/typed-pad.tsx';
import { useReadyButton } from '../order/use-ready-button.ts';
import '../order/dialogs.css';

interface OpenShiftDialogProps {
  /** Why it is asked now. */
  readonly reason: string;
  readonly onOpened: () => void;
  readonly onClose: () => void;
}

/** Opens the cash drawer for the day: the float that lies in it, none unless typed. One key is enough. */
export function OpenShiftDialog({ reason, onOpened, onClose }: OpenShiftDialogProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.openShift);
  const [digits, setDigits] = useState('');
  const ready = useReadyButton(digits);
  const open = async (): Promise<void> => {
    const result = await command.run({ floatMinor: Number(digits) });
    if (result.kind === 'refused' && result.refusal.reason === 'shift-already-open') onOpened();
    else if (report(result)) onOpened();
  };
  return (
    <Dialog
      title={t('shift.openTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button ref={ready} kind="primary" autoFocus isBusy={command.isRunning} onPress={() => void open()}>
            {t('shift.openWith', { amount: format.money(Number(digits)) })}
          </Button>
        </>
      }
    >
      <div className="till-entry">
        <p className="is-muted">{reason}</p>
        <div className="till-amount">
          <span>{t('shift.float')}</span>
          <b>{format.money(Number(digits))}</b>
        </div>
        <TypedPad
          digits={digits}
          limit={11}
          left={format.currencyDigits() === 0 ? '000' : '00'}
          onChange={setDigits}
          onEnter={() => void open()}
        />
      </div>
    </Dialog>
  );
}
