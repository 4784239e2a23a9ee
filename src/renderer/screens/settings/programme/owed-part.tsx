import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { DateText } from '../../../ui/date-text.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { navigateTo } from '../../../ui/route.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import type { Liability } from './programme-types.ts';
import type { Words } from './words.ts';

/** Which part of the points that are gone expired, in basis points; null while none is gone. */
function breakageOf({ redeemedPoints, expiredPoints }: Liability['sums']): number | null {
  const gone = redeemedPoints + expiredPoints;
  return gone <= 0 ? null : Math.round((expiredPoints * 10_000) / gone);
}

function monthText({ t, format }: Words, month: string | null): string {
  if (month === null) return t('owed.never');
  return new Intl.DateTimeFormat(format.settings.language, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-15T12:00:00Z`),
  );
}

/** How the number comes about: every line is a sum of the ledger. */
function Why({ owed, words }: { owed: Liability; words: Words }): ReactNode {
  const { t, format } = words;
  const { sums, outstanding } = owed;
  const signed = (points: number): string => format.points(points, { sign: 'always' });
  const rows = [
    { id: 'earned', text: signed(sums.earnedPoints) },
    { id: 'redeemed', text: signed(-sums.redeemedPoints) },
    { id: 'expired', text: signed(-sums.expiredPoints) },
    { id: 'adjusted', text: signed(sums.adjustedPoints) },
    { id: 'ended', text: signed(-outstanding.endedPoints) },
    { id: 'below', text: signed(outstanding.owedPoints) },
    { id: 'outstanding', text: format.points(outstanding.outstandingPoints) },
  ];
  return (
    <details className="programme-why">
      <summary>{t('owed.why')}</summary>
      <dl className="settings-facts">
        {rows.map(({ id, text }) => (
          <div key={id}>
            <dt>{t(`owed.sum.${id}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div>
          <dt>
            {t('owed.sum.worth', {
              points: format.points(owed.pointValue.points),
              amount: format.money(owed.pointValue.perMinor),
            })}
          </dt>
          <dd>{format.money(outstanding.worthMinor)}</dd>
        </div>
      </dl>
    </details>
  );
}

function Months({ owed, words }: { owed: Liability; words: Words }): ReactNode {
  const { format } = words;
  const { byMonth } = owed.outstanding;
  const most = Math.max(1, ...byMonth.map(({ points }) => points));
  return (
    <div className="programme-columns" aria-hidden="true">
      {byMonth.map(({ month, points }) => (
        <span key={month} className={month === null ? 'is-same' : 'is-gain'}>
          <span>{format.points(points)}</span>
          <i style={{ height: `${2 + (points / most) * 88}px` }} />
          <span className="programme-column-name">{monthText(words, month)}</span>
        </span>
      ))}
    </div>
  );
}

function Ending({ owed, words }: { owed: Liability; words: Words }): ReactNode {
  const { t, format } = words;
  const { endingPoints, endingCustomers } = owed.outstanding;
  return (
    <Card title={t('owed.ending', { count: owed.warnDays })}>
      {owed.ending.length === 0 ? (
        <EmptyState tone="neutral" title={t('owed.endingNone')} />
      ) : (
        <>
          <p className="programme-inset is-muted">
            {t('owed.endingSum', {
              count: endingCustomers,
              customers: format.number(endingCustomers),
              points: format.points(endingPoints),
            })}
          </p>
          <DataTable
            label={t('owed.ending', { count: owed.warnDays })}
            columns={[
              { id: 'name', header: t('owed.customer'), cell: (each) => each.name ?? t('owed.nameless') },
              { id: 'end', header: t('owed.endsOn'), cell: (each) => <DateText atMs={each.expiresAtMs - 1} /> },
              { id: 'points', header: t('owed.points'), isNumber: true, cell: (each) => format.points(each.points) },
            ]}
            rows={owed.ending}
            rowId={(each) => `${each.customerId}-${each.expiresAtMs}`}
            onOpen={(each) => navigateTo('customers', each.customerId)}
          />
        </>
      )}
    </Card>
  );
}

/** What the shop owes its customers in points, when it ends, and why this number. */
export function OwedPart({ programId, words }: { programId: string; words: Words }): ReactNode {
  const { t } = useTranslation(['programme', 'common']);
  const { format } = words;
  const client = useApiClient();
  // Counted when asked for, not again with every sale.
  const counted = useQuery({
    queryKey: ['owed-points', programId],
    queryFn: () => client.points.liability.query({ programId }),
    staleTime: 0,
  });
  if (counted.isPending) return <Skeleton />;
  if (counted.isError)
    return (
      <EmptyState
        tone="danger"
        title={t('common:error.load')}
        detail={t('common:error.loadDetail')}
        action={<Button onPress={() => void counted.refetch()}>{t('common:retry')}</Button>}
      />
    );
  const owed = counted.data;
  const breakage = breakageOf(owed.sums);
  const { outstanding } = owed;
  return (
    <>
      <Card
        title={t('owed.title')}
        className="settings-card"
        actions={<Button onPress={() => void counted.refetch()}>{t('owed.again')}</Button>}
      >
        <p className="settings-sample-main" role="status">
          {t('owed.main', {
            points: format.points(outstanding.outstandingPoints),
            worth: format.money(outstanding.worthMinor),
            customers: format.number(outstanding.customers),
          })}
        </p>
        <p className="is-muted is-small">
          {[
            ...(outstanding.pendingPoints === 0
              ? []
              : [t('owed.pending', { points: format.points(outstanding.pendingPoints) })]),
            breakage === null ? t('owed.noBreakage') : t('owed.breakage', { rate: format.percent(breakage) }),
          ].join(' ')}
        </p>
        {outstanding.byMonth.length > 0 && (
          <>
            <h3 className="ui-field-label">{t('owed.byMonth')}</h3>
            <Months owed={owed} words={words} />
            <DataTable
              label={t('owed.byMonth')}
              isDense
              columns={[
                { id: 'month', header: t('owed.month'), cell: ({ month }) => monthText(words, month) },
                { id: 'points', header: t('owed.points'), isNumber: true, cell: ({ points }) => format.points(points) },
              ]}
              rows={outstanding.byMonth}
              rowId={({ month }) => month ?? 'never'}
            />
          </>
        )}
        <Why owed={owed} words={words} />
      </Card>
      <Ending owed={owed} words={words} />
    </>
  );
}
