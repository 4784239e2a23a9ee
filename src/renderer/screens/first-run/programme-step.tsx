import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { changeFirstRun } from './first-run-state.ts';
import { StepFrame } from './step-frame.tsx';

const SAMPLE_UNITS = 85;

/** Step 6: the earning rule in one sentence, with a sale that shows it. */
export function ProgrammeStep(): ReactNode {
  const { t } = useTranslation('first-run');
  const format = useFormat();
  const programme = useQuery(useApi().points.programme.queryOptions());
  const finish = (): void => changeFirstRun({ isOver: true });
  return (
    <StepFrame
      title={t('programme.title')}
      detail={t('programme.detail')}
      nextLabel={t('programme.open')}
      onNext={finish}
    >
      {programme.data === undefined ? (
        programme.isPending && <Skeleton rows={2} />
      ) : (
        <div className="first-run-rule">
          <p className="first-run-rule-main">
            {t('programme.rule', {
              points: format.points(programme.data.pointsPerUnit.points),
              amount: format.money(programme.data.pointsPerUnit.perMinor),
            })}
          </p>
          <p className="is-muted">
            {t('programme.sample', {
              amount: format.money(programme.data.pointsPerUnit.perMinor * SAMPLE_UNITS),
              points: format.points(programme.data.pointsPerUnit.points * SAMPLE_UNITS),
            })}
          </p>
        </div>
      )}
    </StepFrame>
  );
}
