import { useQuery } from '@tanstack/react-query';
import { Check, RotateCcw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { useKeys } from '../../ui/keys.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { hrefTo } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { type ListedAlert, type Occurrence, useAlertWords } from './alert-words.ts';

interface AlertPanelProps {
  readonly alert: ListedAlert;
  /** It was opened again, or the same has happened since: that one is open. */
  readonly onOpened: (alertId: string) => void;
  readonly onClose: () => void;
}

/** What happened, what is safe, what to do, each time with its links; and what marks it as handled. */
export function AlertPanel({ alert, onOpened, onClose }: AlertPanelProps): ReactNode {
  const { t } = useTranslation('alerts');
  const words = useAlertWords();
  const { title, safe, todo } = words(alert.last, alert.terminalName);
  const [note, setNote] = useState('');
  const handle = useHandle(alert.alertId, onClose);
  const mayChange = useMay('alerts.handle');
  const mayHandle = mayChange && alert.handledAtMs === null;
  return (
    <SidePanel
      title={title}
      onClose={onClose}
      needsAnswer={false}
      footer={
        mayHandle ? (
          <Button
            kind="primary"
            icon={<Check size={18} aria-hidden="true" />}
            isBusy={handle.isRunning}
            keys="Ctrl Enter"
            onPress={() => void handle.run(note)}
          >
            {t('handle')}
          </Button>
        ) : mayChange ? (
          <OpenAgain alertId={alert.alertId} onOpened={onOpened} />
        ) : undefined
      }
    >
      {mayHandle && <HandleKey onHandle={() => void handle.run(note)} />}
      <dl className="alert-words">
        <dt>{t('safe')}</dt>
        <dd>{safe}</dd>
        <dt>{t('todo')}</dt>
        <dd>{todo}</dd>
      </dl>
      <Times alert={alert} />
      {mayHandle && (
        <TextField label={t('note')} hint={t('noteHint')} value={note} maxLength={200} onChange={setNote} />
      )}
      {alert.handledAtMs !== null && <Handled alert={alert} handledAtMs={alert.handledAtMs} />}
    </SidePanel>
  );
}

function useHandle(alertId: string, onDone: () => void) {
  const { t } = useTranslation('alerts');
  const command = useCommand(useApiClient().alerts.handle);
  const report = useReport();
  const run = async (note: string): Promise<void> => {
    if (!report(await command.run({ alertId, note: note.trim() }))) return;
    showToast({ tone: 'success', title: t('wasHandled') });
    onDone();
  };
  return { run, isRunning: command.isRunning };
}

/** For what was marked as handled and was not. */
function OpenAgain({ alertId, onOpened }: Pick<ListedAlert, 'alertId'> & Pick<AlertPanelProps, 'onOpened'>): ReactNode {
  const { t } = useTranslation('alerts');
  const command = useCommand(useApiClient().alerts.reopen);
  const report = useReport();
  const run = async (): Promise<void> => {
    const result = await command.run({ alertId });
    if (!report(result)) return;
    showToast({ tone: 'success', title: t(result.value.alertId === alertId ? 'wasOpened' : 'isOpenSince') });
    onOpened(result.value.alertId);
  };
  return (
    <Button icon={<RotateCcw size={18} aria-hidden="true" />} isBusy={command.isRunning} onPress={() => void run()}>
      {t('openAgain')}
    </Button>
  );
}

/** Inside the panel, so that the key is the panel's while it is open. */
function HandleKey({ onHandle }: { onHandle: () => void }): ReactNode {
  useKeys({ 'Ctrl+Enter': onHandle });
  return null;
}

function Handled({ alert, handledAtMs }: { alert: ListedAlert; handledAtMs: number }): ReactNode {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  return (
    <div className="alert-handled">
      <b>{t('handledBy', { name: alert.handledByName ?? '', when: format.exact(handledAtMs) })}</b>
      {alert.note !== '' && <p>{alert.note}</p>}
    </div>
  );
}

/** Each time that it happened, the newest first. */
function Times({ alert }: { alert: ListedAlert }): ReactNode {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  const found = useQuery(useApi().alerts.detail.queryOptions({ alertId: alert.alertId }));
  if (found.isError) {
    return (
      <p className="alert-more" role="alert">
        {t('timesFailed')} <Button onPress={() => void found.refetch()}>{t('retry')}</Button>
      </p>
    );
  }
  if (found.data === undefined) return <Skeleton rows={2} />;
  const { occurrences, times } = found.data;
  return (
    <section className="alert-times" aria-label={t('times')}>
      <h3>{times === 1 ? t('once') : t('timesSince', { count: times, when: format.exact(alert.firstAtMs) })}</h3>
      <ul>
        {occurrences.map((each) => (
          <Time key={each.occurrenceId} of={each} terminalName={alert.terminalName} />
        ))}
      </ul>
      {times > occurrences.length && (
        <p className="is-muted is-small">{t('older', { count: times - occurrences.length })}</p>
      )}
    </section>
  );
}

function Time({ of, terminalName }: { of: Occurrence; terminalName: string }): ReactNode {
  const { t } = useTranslation('alerts');
  const words = useAlertWords();
  const { customerId, customerName, saleId, receiptNumber, campaignId, campaignName, staffName } = of;
  return (
    <li>
      <span className="is-muted is-small">
        <DateText atMs={of.atMs} /> · {terminalName} · {staffName ?? t('byItself')}
      </span>
      <span>{words(of, terminalName).title}</span>
      <span className="alert-links">
        {saleId !== null && (
          <a href={hrefTo('till', 'sale', saleId)}>
            {receiptNumber === null ? t('openSale') : t('openReceipt', { number: receiptNumber })}
          </a>
        )}
        {customerId !== null && customerName !== null && <a href={hrefTo('customers', customerId)}>{customerName}</a>}
        {campaignId !== null && <a href={hrefTo('vouchers', campaignId)}>{campaignName}</a>}
      </span>
    </li>
  );
}
