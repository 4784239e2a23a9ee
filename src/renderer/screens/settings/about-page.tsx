import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { TFunction } from 'i18next';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppRouter } from '#backend/router.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Lapacho } from '../../ui/lapacho.tsx';
import { type Formatter, useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { useShopState } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { PageFrame } from './page-frame.tsx';
import { UpdateCard } from './update-card.tsx';

const BYTES_PER_MEGABYTE = 1_000_000;
/** SQLite's synchronous=FULL: a confirmed sale survives a power cut. */
const SYNCHRONOUS_FULL = 2;

type JobsHealth = inferRouterOutputs<AppRouter>['system']['health']['jobs'];

/** When points and tiers were last brought up to date, or why not. */
function jobsText(t: TFunction<'settings'>, format: Formatter, jobs: JobsHealth): string {
  if (jobs.isWaitingForTime) return t('about.jobsWaiting');
  const failing = jobs.jobs.find(({ failures }) => failures > 0);
  if (failing !== undefined) return t('about.jobsFailing', { code: failing.errorCode });
  return jobs.lastRunAtMs === null ? t('about.jobsNever') : format.exact(jobs.lastRunAtMs);
}

/** Version, and whether the work is safe on this machine. */
export function AboutPage(): ReactNode {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { appVersion, host, shop, session } = useShopState();
  const check = useCommand(useApiClient().system.checkDays);
  const report = useReport();
  const checkDays = async (): Promise<void> => {
    if (report(await check.run({}))) showToast({ tone: 'success', title: t('about.daysSoon') });
  };
  const health = useQuery(useApi().system.health.queryOptions());
  const data = health.data;
  const isSafe = data !== undefined && data.journalMode === 'wal' && data.synchronous === SYNCHRONOUS_FULL;
  const facts: readonly (readonly [string, string])[] =
    data === undefined
      ? []
      : [
          [t('about.version'), `${appVersion} · ${t(`about.host.${host}`)}`],
          [t('about.shopCode'), `${shop.merchantCode} · ${shop.terminalName}`],
          [
            t('about.database'),
            t('about.megabytes', {
              size: format.number(Math.max(1, Math.round(data.databaseBytes / BYTES_PER_MEGABYTE))),
            }),
          ],
          [t('about.waiting'), format.number(data.pendingOps)],
          [t('about.openPayments'), format.number(data.openPayments)],
          [t('about.schema'), format.number(data.schemaVersion)],
          [t('about.jobs'), jobsText(t, format, data.jobs)],
          [
            t('about.days'),
            data.jobs.daysCheckedAtMs === null ? t('about.daysSoon') : format.exact(data.jobs.daysCheckedAtMs),
          ],
          ['SQLite', `${data.sqliteVersion} · ${data.journalMode}`],
        ];
  return (
    <PageFrame title={t('pages.about')}>
      <Card className="settings-about">
        <span className={`settings-about-icon ${isSafe ? 'tone-success' : 'tone-warning'}`}>
          {isSafe ? <CircleCheck size={30} strokeWidth={1.75} /> : <TriangleAlert size={30} strokeWidth={1.75} />}
        </span>
        <div>
          <p className="settings-about-title">
            {isSafe ? t('about.safe') : data === undefined ? t('about.checking') : t('about.unsafe')}
          </p>
          <p className="is-muted">{t('about.safeDetail')}</p>
        </div>
        <Lapacho size={64} className="settings-about-mark" />
      </Card>
      {health.isPending && <Skeleton rows={3} />}
      {facts.length > 0 && (
        <Card>
          <dl className="settings-facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {session.permissions.includes('settings.shop') && (
            <div className="settings-about-actions">
              <Button isBusy={check.isRunning} onPress={() => void checkDays()}>
                {t('about.checkDays')}
              </Button>
              <span className="is-muted is-small">{t('about.checkDaysDetail')}</span>
            </div>
          )}
        </Card>
      )}
      <UpdateCard />
    </PageFrame>
  );
}
