import { BadgePercent, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { grossOf, ONE_THOUSANDTHS } from '../sale-draft.ts';
import { changeLine, closeOverlay, openOverlay, setQuantity, useTillState } from '../till-state.ts';
import { TypedPad } from './typed-pad.tsx';
import { useReadyButton } from './use-ready-button.ts';
import './dialogs.css';

interface LineDialogProps {
  readonly lineId: string;
  readonly isWeighed: boolean;
  readonly onRemove: (lineId: string) => void;
}

/** Quantity or weight, note and discount of one line. */
export function LineDialog({ lineId, isWeighed, onRemove }: LineDialogProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const line = useTillState((state) => state.draft.lines.find((each) => each.lineId === lineId));
  const [digits, setDigits] = useState('');
  const ready = useReadyButton(digits);
  const [note, setNote] = useState(line?.note ?? '');
  if (line === undefined) return null;
  const byWeight = isWeighed || line.quantityThousandths % ONE_THOUSANDTHS !== 0;
  const typed = byWeight ? Number(digits) : Number(digits) * ONE_THOUSANDTHS;
  const quantityThousandths = digits === '' ? line.quantityThousandths : typed;
  const amountMinor = grossOf({ ...line, quantityThousandths });
  const save = (): void => {
    if (note.trim() !== line.note) changeLine(lineId, { note: note.trim() });
    if (quantityThousandths > 0 && quantityThousandths !== line.quantityThousandths)
      setQuantity(lineId, quantityThousandths);
    closeOverlay();
  };
  return (
    <Dialog
      title={line.name}
      onClose={closeOverlay}
      footer={
        <>
          <Button
            kind="ghost"
            icon={<Trash2 strokeWidth={1.75} aria-hidden="true" />}
            onPress={() => {
              closeOverlay();
              onRemove(lineId);
            }}
          >
            {t('line.remove')}
          </Button>
          <Button
            icon={<BadgePercent strokeWidth={1.75} aria-hidden="true" />}
            onPress={() => openOverlay({ kind: 'discount', lineId })}
          >
            {t('keys.discount')}
          </Button>
          <Button ref={ready} kind="primary" autoFocus onPress={save}>
            {t('line.save', { amount: format.money(amountMinor) })}
          </Button>
        </>
      }
    >
      <div className="till-entry">
        <div className="till-amount">
          <span>{byWeight ? t('line.weightLabel') : t('line.quantity')}</span>
          <b>
            {format.quantity(quantityThousandths)}
            {byWeight && ` ${t('kilo')}`}
          </b>
        </div>
        <TypedPad digits={digits} limit={byWeight ? 6 : 4} onChange={setDigits} onEnter={save} />
        <TextField
          label={t('line.note')}
          value={note}
          onChange={setNote}
          placeholder={t('line.notePlaceholder')}
          maxLength={200}
        />
      </div>
    </Dialog>
  );
}
