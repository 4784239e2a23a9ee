import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { useFormat } from '../ui/format.ts';

/** What a manager says: the computer is right, the till is right, or it is another time. */
export type ClockAnswer =
  | { readonly is: 'as-shown'; readonly shownMs: number }
  | { readonly is: 'as-kept' }
  | { readonly is: 'other'; readonly date: string; readonly hour: number; readonly minute: number };

interface ClockDialogProps {
  /** The time that the fields begin with, UTC ms. */
  readonly shownMs: number;
  readonly isBusy: boolean;
  readonly onAnswer: (answer: ClockAnswer) => Promise<void>;
  readonly onClose: () => void;
}

/** Reads date and time fields as the shop's wall shows them; null while one of them is not whole. */
export function readClockFields(date: string, time: string): (ClockAnswer & { is: 'other' }) | null {
  const [hour = '', minute = ''] = time.split(':');
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}$/.test(time)) return null;
  return { is: 'other', date, hour: Number(hour), minute: Number(minute) };
}

/** Asks for the right date and time. */
export function ClockDialog({ shownMs, isBusy, onAnswer, onClose }: ClockDialogProps): ReactNode {
  const { t } = useTranslation(['shell', 'common']);
  const format = useFormat();
  const formId = useId();
  const [date, setDate] = useState(() => format.dateKey(shownMs));
  const [time, setTime] = useState(() => format.time(shownMs));
  const [isTold, setIsTold] = useState(false);
  const answer = readClockFields(date, time);
  const submit = (): void => {
    if (answer === null) setIsTold(true);
    else void onAnswer(answer);
  };
  return (
    <Dialog
      title={t('clock.title')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={isBusy}>
            {t('clock.use')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="is-muted">{t('clock.detail')}</p>
        <div className="clock-notice-fields">
          <TextField label={t('clock.date')} type="date" value={date} onChange={setDate} autoFocus />
          <TextField
            label={t('clock.time')}
            type="time"
            value={time}
            error={isTold && answer === null ? t('clock.incomplete') : null}
            onChange={setTime}
          />
        </div>
      </form>
    </Dialog>
  );
}
