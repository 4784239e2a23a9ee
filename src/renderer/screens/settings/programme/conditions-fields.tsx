import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EarningConditions } from '#shop/points/programme-rules.ts';
import type { TierLevel } from '#shop/points/programme-tiers.ts';
import type { Schedule } from '#shop/time/schedule.ts';
import { NumberField } from '../../../ui/amount-field.tsx';
import { CheckField } from '../../../ui/choice-field.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { type Item, useSegments } from './use-words.ts';
import { minuteText, weekdayName } from './words.ts';

const WEEK = [0, 1, 2, 3, 4, 5, 6] as const;
const ALWAYS: Schedule = { weekdays: [], fromMinute: null, toMinute: null, startsOn: null, endsOn: null };

function minuteOf(text: string): number | null {
  const [hour = '', minute = ''] = text.split(':');
  return text === '' ? null : Number(hour) * 60 + Number(minute);
}

function isAlways({ weekdays, ...rest }: Schedule): boolean {
  return weekdays.length === 0 && Object.values(rest).every((each) => each === null);
}

/** On which days and hours. Empty fields mean always. */
export function ScheduleFields({
  schedule,
  onChange,
}: {
  schedule: Schedule | null;
  onChange: (schedule: Schedule | null) => void;
}): ReactNode {
  const { t } = useTranslation('programme');
  const { language } = useFormat().settings;
  const now = schedule ?? ALWAYS;
  const change = (part: Partial<Schedule>): void => {
    const next = { ...now, ...part };
    onChange(isAlways(next) ? null : next);
  };
  const time = (minute: number | null): string => (minute === null ? '' : minuteText(minute % 1440));
  return (
    <fieldset className="settings-set">
      <legend className="ui-field-label">{t('schedule.title')}</legend>
      <div className="programme-days">
        {WEEK.map((day) => (
          <CheckField
            key={day}
            isSelected={now.weekdays.includes(day)}
            onChange={(isOn) =>
              change({ weekdays: isOn ? [...now.weekdays, day].sort() : now.weekdays.filter((each) => each !== day) })
            }
          >
            {weekdayName(language, day)}
          </CheckField>
        ))}
      </div>
      <p className="ui-field-hint">{t('schedule.hint')}</p>
      <div className="settings-pair">
        <TextField
          label={t('schedule.from')}
          type="time"
          value={time(now.fromMinute)}
          onChange={(text) => change({ fromMinute: minuteOf(text) })}
        />
        <TextField
          label={t('schedule.to')}
          type="time"
          value={time(now.toMinute)}
          onChange={(text) => change({ toMinute: minuteOf(text) })}
        />
      </div>
      <div className="settings-pair">
        <TextField
          label={t('schedule.startsOn')}
          type="date"
          value={now.startsOn ?? ''}
          onChange={(text) => change({ startsOn: text === '' ? null : text })}
        />
        <TextField
          label={t('schedule.endsOn')}
          type="date"
          value={now.endsOn ?? ''}
          onChange={(text) => change({ endsOn: text === '' ? null : text })}
        />
      </div>
    </fieldset>
  );
}

interface OnlyForProps {
  readonly label: string;
  readonly choices: readonly Item[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Some of a few; none chosen means everybody. */
function OnlyFor({ label, choices, chosen, onChange }: OnlyForProps): ReactNode {
  const { t } = useTranslation('programme');
  if (choices.length === 0) return null;
  return (
    <fieldset className="settings-set">
      <legend className="ui-field-label">{label}</legend>
      <div className="programme-days">
        {choices.map(({ id, name }) => (
          <CheckField
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((each) => each !== id))}
          >
            {name}
          </CheckField>
        ))}
      </div>
      <p className="ui-field-hint">{t('onlyForHint')}</p>
    </fieldset>
  );
}

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
