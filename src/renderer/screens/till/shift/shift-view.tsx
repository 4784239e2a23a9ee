import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Wallet } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { DateText } from '../../../ui/date-text.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useReport } from '../../../ui/refusal-text.ts';
import { navigateTo } from '../../../ui/route.ts';
import { useMay } from '../../../ui/shop-context.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TopBarSlot } from '../../../ui/top-bar-slot.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { TypedPad } from '../order/typed-pad.tsx';
import type { ClosedShift, OpenShift } from '../till-types.ts';
import { OpenShiftDialog } from './open-shift-dialog.tsx';
import '../order/dialogs.css';
import '../sales/sales.css';

/** The cash drawer of this till: open it with a float, see what should be in it, count it and close. */
export function ShiftView(): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const shift = useQuery(api.till.shift.queryOptions());
  const [closed, setClosed] = useState<ClosedShift | null>(null);
  useKeys({ Escape: () => navigateTo('till') });
  return (
    <div className="shift">
      <TopBarSlot replacesTitle>
        <IconButton
          label={t('backToTill')}
          icon={<ArrowLeft size={20} strokeWidth={1.75} />}
          onPress={() => navigateTo('till')}
        />
        <h1>{t('shift.title')}</h1>
      </TopBarSlot>
      <div className="shift-sheet">
        {closed !== null && <ClosedReport closed={closed} />}
        {shift.isPending && <Skeleton rows={3} shape="card" />}
        {shift.isError && (
          <EmptyState
            tone="danger"
            title={t('shift.failed')}
            action={<Button onPress={() => void shift.refetch()}>{t('tryAgain')}</Button>}
          />
        )}
        {shift.data === null && <NoShift />}
        {shift.data !== null && shift.data !== undefined && (
          <>
            <ShiftFacts shift={shift.data} />
            <CloseShift shift={shift.data} onClosed={setClosed} />
          </>
        )}
      </div>
    </div>
  );
}

function NoShift(): ReactNode {
  const { t } = useTranslation('till');
  const mayRun = useMay('shift.run');
  const [isOpening, setIsOpening] = useState(false);
  return (
    <>
      <EmptyState
        icon={<Wallet size={28} strokeWidth={1.75} aria-hidden="true" />}
        title={t('shift.none')}
        detail={t('shift.noneHow')}
        action={
          mayRun ? (
            <Button kind="primary" autoFocus onPress={() => setIsOpening(true)}>
              {t('shift.openTitle')}
            </Button>
          ) : undefined
        }
      />
      {isOpening && (
        <OpenShiftDialog
          reason={t('shift.openHow')}
          onClose={() => setIsOpening(false)}
          onOpened={() => setIsOpening(false)}
        />
      )}
    </>
  );
}

function ShiftFacts({ shift }: { shift: OpenShift }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <section className="sale-card">
      <h3>{t('shift.now')}</h3>
      <dl className="sale-facts">
        <dt>
          {t('shift.openedBy', { name: shift.openedBy })} · <DateText atMs={shift.openedAtMs} />
        </dt>
        <dd>{t('shift.sales', { count: shift.salesCount })}</dd>
        <dt>{t('shift.float')}</dt>
        <dd>
          <Money minor={shift.floatMinor} />
        </dd>
        <dt>{t('shift.cashSales')}</dt>
        <dd>
          <Money minor={shift.cashSalesMinor} sign="always" />
        </dd>
        {shift.cashRefundsMinor !== 0 && (
          <>
            <dt>{t('shift.cashRefunds')}</dt>
            <dd>
              <Money minor={-Math.abs(shift.cashRefundsMinor)} />
            </dd>
          </>
        )}
        <dt className="is-main">{t('shift.expected')}</dt>
        <dd className="is-main">
          <Money minor={shift.expectedMinor} />
        </dd>
      </dl>
    </section>
  );
}

function CloseShift({ shift, onClosed }: { shift: OpenShift; onClosed: (closed: ClosedShift) => void }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.closeShift);
  const mayRun = useMay('shift.run');
  const [digits, setDigits] = useState('');
  const [note, setNote] = useState('');
  const differenceMinor = Number(digits) - shift.expectedMinor;
  const close = async (): Promise<void> => {
    if (digits === '') return;
    const result = await command.run({ countedMinor: Number(digits), note: note.trim() });
    if (report(result)) onClosed(result.value);
  };
  if (!mayRun) return null;
  return (
    <section className="sale-card">
      <h3>{t('shift.count')}</h3>
      <div className="shift-close">
        <div className="till-entry">
          <p className="is-muted">{t('shift.countHow')}</p>
          <div className="till-amount">
            <span>{t('shift.counted')}</span>
            <b>{format.money(Number(digits))}</b>
          </div>
          {digits !== '' && <Difference differenceMinor={differenceMinor} />}
          <TextField label={t('shift.note')} value={note} onChange={setNote} maxLength={200} />
          <Button
            kind="primary"
            size="primary"
            isFullWidth
            isDisabled={digits === ''}
            isBusy={command.isRunning}
            onPress={() => void close()}
          >
            {t('shift.close', { amount: format.money(Number(digits)) })}
          </Button>
        </div>
        <TypedPad
          digits={digits}
          limit={11}
          left={format.currencyDigits() === 0 ? '000' : '00'}
          onChange={setDigits}
          onEnter={() => void close()}
        />
      </div>
    </section>
  );
}

function Difference({ differenceMinor }: { differenceMinor: number }): ReactNode {
  const { t } = useTranslation('till');
  const words = differenceMinor === 0 ? 'even' : differenceMinor > 0 ? 'over' : 'short';
  return (
    <p className="shift-difference" data-tone={words === 'even' ? 'even' : 'off'} role="status">
      <span>{t(`shift.difference.${words}`)}</span>
      <b>
        <Money minor={differenceMinor} sign="always" />
      </b>
    </p>
  );
}

/** What the drawer held when it was closed, and what came in how and with which tax, until the next one is opened. */
function ClosedReport({ closed }: { closed: ClosedShift }): ReactNode {
  const { t } = useTranslation('till');
  const { byTender, taxByRate } = closed.report;
  return (
    <section className="sale-card">
      <h3 role="status">{t('shift.closed')}</h3>
      <dl className="sale-facts">
        <dt>{t('shift.expected')}</dt>
        <dd>
          <Money minor={closed.expectedMinor} />
        </dd>
        <dt>{t('shift.counted')}</dt>
        <dd>
          <Money minor={closed.countedMinor} />
        </dd>
      </dl>
      <Difference differenceMinor={closed.differenceMinor} />
      <dl className="sale-facts">
        {byTender.map(({ kind, salesMinor, cancelledMinor, refundsMinor }) => (
          <Fact key={kind} label={t(`tender.${kind}`)} minor={salesMinor - cancelledMinor - refundsMinor} />
        ))}
        {taxByRate.map(({ taxRateId, name, taxMinor }) => (
          <Fact key={taxRateId} label={name} minor={taxMinor} />
        ))}
      </dl>
    </section>
  );
}

function Fact({ label, minor }: { label: string; minor: number }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Money minor={minor} />
      </dd>
    </>
  );
}
