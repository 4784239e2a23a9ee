import { Sparkles } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';
import { eventTitle } from './timeline-words.ts';
import './records.css';

/** What staff may have seen a customer do that earns points: a review, or an event of the shop's own. */
export function RecordEvents({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const mayAward = useMay('points.award');
  const { customerId, status } = customer;
  const events = useQuery(useApi().points.events.queryOptions({ customerId })).data ?? [];
  const [chosen, setChosen] = useState<{ readonly event: string; readonly points: number } | null>(null);
  if (!mayAward || status !== 'active' || events.length === 0) return null;
  return (
    <div className="customer-notice" data-tone="quiet">
      <Sparkles size={18} strokeWidth={1.75} aria-hidden="true" />
      <p>{t('recordEvent.lead')}</p>
      {events.map(({ event, points }) => (
        <Button key={event} size="small" isDisabled={points === 0} onPress={() => setChosen({ event, points })}>
          {points === 0
            ? t('recordEvent.usedUp', { event: eventTitle(t, event) })
            : t('recordEvent.gives', {
                event: eventTitle(t, event),
                points: format.points(points, { sign: 'always' }),
              })}
        </Button>
      ))}
      {chosen !== null && <RecordEvent customer={customer} {...chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}

interface RecordEventProps {
  readonly customer: Customer;
  readonly event: string;
  readonly points: number;
  readonly onClose: () => void;
}

/** Asks how it was seen, and gives the points. */
function RecordEvent({ customer, event, points, onClose }: RecordEventProps): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [note, setNote] = useState('');
  const command = useCommand(useApiClient().points.recordEvent);
  const report = useReport();
  const words = { event: eventTitle(t, event), name: customer.displayName, points: format.points(points) };
  const act = async (): Promise<void> => {
    const result = await command.run({ customerId: customer.customerId, event, note: note.trim() });
    if (!report(result) || result.kind !== 'done') return;
    showToast({
      tone: 'success',
      title: t('recordEvent.done', { ...words, points: format.points(result.value.points) }),
    });
    onClose();
  };
  return (
    <Dialog
      title={t('recordEvent.title', words)}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('recordEvent.cancel')}</Button>
          <Button kind="primary" isBusy={command.isRunning} isDisabled={note.trim() === ''} onPress={() => void act()}>
            {t('recordEvent.act', words)}
          </Button>
        </>
      }
    >
      <p className="is-muted">{t('recordEvent.detail', words)}</p>
      <TextField
        label={t('recordEvent.note')}
        hint={t('recordEvent.noteHint')}
        autoFocus
        value={note}
        maxLength={200}
        onChange={setNote}
      />
    </Dialog>
  );
}
