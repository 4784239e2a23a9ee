import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

interface ReasonDialogProps {
  readonly title: string;
  readonly detail: string;
  readonly label: string;
  readonly safeLabel: string;
  readonly actLabel: string;
  readonly isBusy: boolean;
  readonly onAct: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why before something is taken from a customer. */
export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const { title, detail, label, safeLabel, actLabel, isBusy, onAct, onClose } = props;
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={title}
      className="voucher-ask"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{safeLabel}</Button>
          <Button kind="danger" isDisabled={reason.trim() === ''} isBusy={isBusy} onPress={() => onAct(reason.trim())}>
            {actLabel}
          </Button>
        </>
      }
    >
      <p className="is-muted">{detail}</p>
      <TextField label={label} value={reason} maxLength={200} autoFocus onChange={setReason} />
    </Dialog>
  );
}
