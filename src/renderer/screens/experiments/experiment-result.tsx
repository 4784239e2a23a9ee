import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mulDiv } from '#shop/money/money.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CountBars } from '../../ui/count-bars.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { DifferenceInterval } from '../../ui/difference-interval.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { hrefTo } from '../../ui/route.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { type ExperimentDetail, STATUS_TONES, useExperiment } from './experiments-data.ts';

interface ExperimentResultProps {
  readonly experimentId: string;
  readonly onEdit: () => void;
}

/** One experiment: what counts, its arms with what was counted of them, and how far they differ. */
export function ExperimentResult({ experimentId, onEdit }: ExperimentResultProps): ReactNode {
  const { t } = useTranslation('experiments');
  const format = useFormat();
  const found = useExperiment(experimentId);
  const detail = found.data;
  if (detail === undefined) {
    return found.isError ? (
      <EmptyState
        tone="danger"
        title={t('error')}
        detail={t('safe')}
        action={<Button onPress={() => void found.refetch()}>{t('retry')}</Button>}
      />
    ) : (
      <Skeleton rows={3} shape="card" />
    );
  }
  const { experiment, status, startedAtMs, endedAtMs } = detail;
  const day = (atMs: number): string => format.day(atMs, shopNowMs());
  return (
    <Card title={experiment.name} actions={<Actions detail={detail} onEdit={onEdit} />}>
      <p className="experiment-state">
        <Tag tone={STATUS_TONES[status]}>{t(`statuses.${status}`)}</Tag>
        {startedAtMs !== null && (
          <span>
            {endedAtMs === null
              ? t('since', { day: day(startedAtMs) })
              : t('span', { from: day(startedAtMs), to: day(endedAtMs) })}
          </span>
        )}
      </p>
      <p className="experiment-counts">
        {t(`counts.${experiment.conversion}`, { days: format.number(experiment.windowDays) })}
      </p>
      <ul className="experiment-arms" aria-label={t('result')}>
        {detail.arms.map((arm) => (
          <ArmCard key={arm.variantId} detail={detail} arm={arm} />
        ))}
      </ul>
    </Card>
  );
}

type Arm = ExperimentDetail['arms'][number];

function ArmCard({ detail, arm }: { detail: ExperimentDetail; arm: Arm }): ReactNode {
  const { t } = useTranslation('experiments');
  const format = useFormat();
  const { name, campaignId, campaignName, exposures, conversions, comparison } = arm;
  const against = detail.arms.find(({ variantId }) => variantId === detail.againstVariantId);
  const rate = exposures === 0 ? null : mulDiv(conversions, 10_000, exposures, 'half-away-from-zero');
  return (
    <li className="experiment-arm">
      <h3>{name}</h3>
      <p>
        {campaignId === null ? (
          t('nothing')
        ) : campaignName === null ? (
          t('gone')
        ) : (
          <a href={hrefTo('vouchers', campaignId)}>{campaignName}</a>
        )}
        <small>{t('share', { percent: format.percent(shareOf(detail, arm) * 100) })}</small>
      </p>
      <CountBars
        label={name}
        bars={[
          {
            id: 'rate',
            label: t('met', { count: exposures, number: format.number(exposures) }),
            value: rate ?? 0,
            text: rate === null ? '–' : format.percent(rate),
            note:
              rate === null
                ? t('noRate')
                : t('rate', { conversions: format.number(conversions), exposures: format.number(exposures) }),
          },
        ]}
        whole={10_000}
      />
      {comparison === null ? (
        <p className="experiment-against">{t('baseline')}</p>
      ) : (
        <div className="experiment-against">
          <b>{t('against', { name: against?.name ?? '' })}</b>
          <DifferenceInterval comparison={comparison} against={against?.name ?? ''} />
        </div>
      )}
    </li>
  );
}

/** Of a hundred customers, how many an arm gets: those beyond all weights are the first arm's. */
function shareOf({ arms }: ExperimentDetail, arm: Arm): number {
  const rest = 100 - arms.reduce((sum, { weight }) => sum + weight, 0);
  return arm.weight + (arms[0]?.variantId === arm.variantId ? rest : 0);
}

function Actions({ detail, onEdit }: { detail: ExperimentDetail; onEdit: () => void }): ReactNode {
  const { t } = useTranslation('experiments');
  const [asked, setAsked] = useState<'start' | 'end' | null>(null);
  const client = useApiClient();
  const start = useCommand(client.experiments.start);
  const end = useCommand(client.experiments.end);
  const discard = useCommand(client.experiments.discardDraft);
  const report = useReport();
  const mayEdit = useMay('experiments.edit');
  const { experimentId, revision, status, experiment } = detail;
  const { name } = experiment;
  if (!mayEdit || status === 'ended') return null;
  const act = async (): Promise<void> => {
    const isStart = asked === 'start';
    const result = isStart ? await start.run({ experimentId, revision }) : await end.run({ experimentId });
    setAsked(null);
    if (report<unknown>(result)) {
      showToast({ tone: 'success', title: t(isStart ? 'startedToast' : 'endedToast', { name }) });
    }
  };
  return (
    <span className="experiment-actions">
      {status === 'draft' ? (
        <>
          <Button isBusy={discard.isRunning} onPress={() => void discard.run({ experimentId }).then(report)}>
            {t('discard')}
          </Button>
          <Button onPress={onEdit}>{t('edit')}</Button>
          <Button kind="primary" onPress={() => setAsked('start')}>
            {t('start')}
          </Button>
        </>
      ) : (
        <Button onPress={() => setAsked('end')}>{t('end')}</Button>
      )}
      {asked !== null && (
        <ConfirmDialog
          title={t(`${asked}Title`, { name })}
          detail={t(`${asked}Detail`)}
          safeLabel={t(asked === 'start' ? 'notYet' : 'keep')}
          actLabel={t(`${asked}Act`)}
          actKind={asked === 'start' ? 'primary' : 'danger'}
          isBusy={start.isRunning || end.isRunning}
          onAct={() => void act()}
          onClose={() => setAsked(null)}
        />
      )}
    </span>
  );
}
