import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EarningConditions } from '#shop/points/programme-rules.ts';
import type { TierLevel } from '#shop/points/programme-tiers.ts';
import { NumberField } from '../../../ui/amount-field.tsx';
import { OnlyFor } from '../../../ui/only-for.tsx';
import { ScheduleFields } from '../../../ui/schedule-fields.tsx';
import { useSegments } from './use-words.ts';

/** For which tiers; none chosen means everybody. */
export function TierFields({
  tierIds,
  levels,
  onChange,
}: {
  tierIds: readonly string[];
  levels: readonly TierLevel[];
  onChange: (tierIds: string[]) => void;
}): ReactNode {
  const { t } = useTranslation('programme');
  const choices = levels.map(({ tierId, name }) => ({ id: tierId, name }));
  return <OnlyFor label={t('onlyFor')} choices={choices} chosen={tierIds} onChange={onChange} />;
}

const LIMITS = ['pointsPerSale', 'pointsPerDay', 'pointsEver', 'timesPerDay'] as const;

/** When, for whom and how much at most: what every rule and promotion may ask. */
export function ConditionFields({
  conditions,
  levels,
  onChange,
}: {
  conditions: EarningConditions;
  levels: readonly TierLevel[];
  onChange: (part: Partial<EarningConditions>) => void;
}): ReactNode {
  const { t } = useTranslation('programme');
  const segments = useSegments();
  const { schedule, tierIds, segmentIds, limits } = conditions;
  return (
    <>
      <ScheduleFields schedule={schedule} onChange={(next) => onChange({ schedule: next })} />
      <TierFields tierIds={tierIds} levels={levels} onChange={(next) => onChange({ tierIds: next })} />
      <OnlyFor
        label={t('onlyForSegments')}
        choices={segments}
        chosen={segmentIds}
        onChange={(next) => onChange({ segmentIds: next })}
      />
      <div className="settings-pair">
        {LIMITS.map((limit) => (
          <NumberField
            key={limit}
            label={t(`limits.${limit}`)}
            hint={t('noLimit')}
            value={limits[limit]}
            onChange={(value) => onChange({ limits: { ...limits, [limit]: value } })}
          />
        ))}
      </div>
    </>
  );
}
