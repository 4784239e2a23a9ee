import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '#shop/time/schedule.ts';
import { CheckField } from './choice-field.tsx';
import { TextField } from './field.tsx';
import { useFormat } from './format.ts';
import { minuteText, weekdayName } from './schedule-words.ts';
import './item-filter-fields.css';

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
  const { t } = useTranslation('common');
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
      <div className="ui-checks">
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
