import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../../ui/amount-field.tsx';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { useCommand } from '../../../ui/use-command.ts';
import type { PartProps } from './part-props.ts';
import type { WhatIf } from './programme-types.ts';
import { WhatIfFigures } from './what-if-figures.tsx';

const ASK_EVERY_MS = 200;
const DAYS = 90;
const USUAL_REDEEMED = 6_000;
const USUAL_MARGIN = 3_000;

function Progress({ shown, onStop }: { shown: WhatIf | undefined; onStop: () => void }): ReactNode {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { doneSales, totalSales } = shown ?? { doneSales: 0, totalSales: 0 };
  const share = totalSales === 0 ? 0 : doneSales / totalSales;
  return (
    <div className="settings-progress">
      <p role="status">{t('whatIf.progress', { done: format.number(doneSales), total: format.number(totalSales) })}</p>
      <div
        className="settings-progress-track"
        role="progressbar"
        aria-label={t('whatIf.title')}
        aria-valuemin={0}
        aria-valuemax={totalSales}
        aria-valuenow={doneSales}
      >
        <i style={{ width: `${share * 100}%` }} />
      </div>
      <div className="settings-buttons">
        <Button onPress={onStop}>{t('whatIf.stop')}</Button>
      </div>
    </div>
  );
}

/** A run that is under way or done, and the draft that it was started with. */
interface Started {
  readonly runId: string;
  readonly text: string;
}

function useWhatIf() {
  const client = useApiClient();
  const start = useCommand(client.points.startWhatIf);
  const stop = useCommand(client.points.stopWhatIf);
  const report = useReport();
  const [started, setStarted] = useState<Started | null>(null);
  const options = useApi().points.whatIf.queryOptions(
    { runId: started?.runId ?? '' },
    {
      enabled: started !== null,
      refetchInterval: ({ state }) => ((state.data?.state ?? 'running') === 'running' ? ASK_EVERY_MS : false),
    },
  );
  const shown = useQuery(options).data;
  const runId = started?.runId ?? null;
  // Nobody sees the rest of a run whose page was left.
  useEffect(
    () => () => {
      if (runId !== null)
        void client.points.stopWhatIf.mutate({ operationId: runId, input: { runId } }).catch(() => null);
    },
    [client, runId],
  );
  return {
    shown: started === null ? undefined : shown,
    started,
    isStarting: start.isRunning,
    run: async (input: Parameters<typeof start.run>[0]): Promise<void> => {
      const result = await start.run(input);
      if (report(result)) setStarted({ runId: result.value.runId, text: JSON.stringify(input.programme) });
    },
    stop: (): void => {
      if (runId !== null) void stop.run({ runId });
    },
  };
}

/** The draft on the shop's own sales of the last 90 days, before anybody feels it. */
export function WhatIfPart({ programId, editing, words, isDisabled }: PartProps & { programId: string }): ReactNode {
  const { t } = useTranslation('programme');
  const { programme } = editing;
  const [redeemed, setRedeemed] = useState<number | null>(USUAL_REDEEMED);
  const [margin, setMargin] = useState<number | null>(USUAL_MARGIN);
  const { shown, started, isStarting, run, stop } = useWhatIf();
  const isRunning = started !== null && (shown?.state ?? 'running') === 'running';
  const isPossible =
    redeemed !== null && margin !== null && redeemed >= 0 && redeemed <= 10_000 && margin >= 1 && margin <= 10_000;
  const press = (): void => {
    if (!isPossible) return;
    void run({ programId, programme, days: DAYS, redeemedBasisPoints: redeemed, marginBasisPoints: margin });
  };
  return (
    <Card title={t('whatIf.title')} className="settings-card">
      <p className="is-muted">{t('whatIf.detail', { days: DAYS })}</p>
      <div className="settings-pair">
        <NumberField
          label={t('whatIf.redeemed')}
          hint={t('whatIf.redeemedHint')}
          digits={2}
          suffix="%"
          value={redeemed}
          onChange={setRedeemed}
        />
        <NumberField
          label={t('whatIf.margin')}
          hint={t('whatIf.marginHint')}
          digits={2}
          suffix="%"
          value={margin}
          onChange={setMargin}
        />
      </div>
      {isRunning ? (
        <Progress shown={shown} onStop={stop} />
      ) : (
        <div className="settings-buttons">
          <Button kind="primary" isBusy={isStarting} isDisabled={isDisabled || !isPossible} onPress={press}>
            {t('whatIf.run', { days: DAYS })}
          </Button>
        </div>
      )}
      {shown?.state === 'stopped' && <p role="status">{t('whatIf.stopped')}</p>}
      {shown?.state === 'failed' && <p role="status">{t('whatIf.failed')}</p>}
      {shown?.result != null && (
        <>
          {started?.text !== JSON.stringify(programme) && <p className="programme-warning">{t('whatIf.old')}</p>}
          <WhatIfFigures
            result={shown.result}
            names={shown.names}
            words={words}
            levels={programme.tiers?.levels ?? []}
          />
        </>
      )}
    </Card>
  );
}
