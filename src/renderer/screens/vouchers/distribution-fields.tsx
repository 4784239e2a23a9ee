import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { useFormat } from '../../ui/format.ts';
import { ItemFilterFields } from '../../ui/item-filter-fields.tsx';
import { shopNowMs } from '../../ui/shop-clock.ts';
import type { StepProps } from './campaign-panel.tsx';
import type { DistributionDraft } from './use-campaign-draft.ts';
import type { CampaignChoices } from './vouchers-data.ts';

const WAYS = [
  'by-hand',
  'enrolment',
  'birthday',
  'win-back',
  'segment',
  'season',
  'referrer',
  'friend',
  'after-sale',
] as const;
type Way = (typeof WAYS)[number];

const EVERYBODY = 'everybody';
const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const;
/** Where the month begins in 'YYYY-MM-DD'. */
const MONTH_AT = 5;

interface SeasonProps {
  readonly days: Extract<DistributionDraft, { kind: 'season' }>;
  readonly choices: CampaignChoices;
  readonly onChange: (part: object) => void;
}

function distributionOf(way: Way, segmentId: string, today: string): DistributionDraft {
  switch (way) {
    case 'by-hand':
    case 'enrolment':
      return { kind: way };
    case 'birthday':
      return { kind: way, daysBefore: 0 };
    case 'win-back':
      return { kind: way, afterDays: 60 };
    case 'segment':
      return { kind: way, segmentId };
    case 'season':
      return { kind: way, startsOn: today.slice(MONTH_AT), forDays: 14, segmentId: null };
    case 'referrer':
    case 'friend':
      return { kind: 'referral', side: way };
    case 'after-sale':
      return { kind: way, minimumMinor: 0, per: 'sale', filter: EVERY_ITEM };
  }
}

/** On which days of every year, and to whom. */
function SeasonFields({ days, choices, onChange }: SeasonProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { language } = useFormat().settings;
  const [month = '01', day = ''] = days.startsOn.split('-');
  const monthName = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  const start = (nextMonth: string, nextDay: string): void => onChange({ startsOn: `${nextMonth}-${nextDay}` });
  return (
    <>
      <div className="voucher-pair">
        <NumberField
          label={t('season.day')}
          value={day === '' ? null : Number(day)}
          onChange={(next) => start(month, next === null ? '' : String(next).padStart(2, '0'))}
        />
        <SelectField
          label={t('season.month')}
          choices={MONTHS.map((id) => ({ id, label: monthName.format(new Date(`2000-${id}-15T12:00:00Z`)) }))}
          value={month}
          onChange={(next) => start(next, day)}
        />
        <NumberField label={t('season.forDays')} value={days.forDays} onChange={(forDays) => onChange({ forDays })} />
      </div>
      {choices.segments.length > 0 && (
        <SelectField
          label={t('season.who')}
          choices={[
            { id: EVERYBODY, label: t('season.everybody') },
            ...choices.segments.map(({ id, name }) => ({ id, label: name })),
          ]}
          value={days.segmentId ?? EVERYBODY}
          onChange={(id) => onChange({ segmentId: id === EVERYBODY ? null : id })}
        />
      )}
    </>
  );
}

/** By what rule it comes to customers by itself. */
export function DistributionFields({ editing, choices }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { distribution: by, use, remindDays } = editing.draft;
  const format = useFormat();
  const set = (part: object): void => editing.change({ distribution: { ...by, ...part } as DistributionDraft });
  const way: Way = by.kind === 'referral' ? by.side : by.kind;
  const ways = WAYS.filter((id) => id !== 'segment' || choices.segments.length > 0);
  return (
    <>
      <SelectField
        label={t('field.distribution')}
        choices={ways.map((id) => ({ id, label: t(`distribution.${id}`) }))}
        value={way}
        onChange={(next) => {
          const distribution = distributionOf(next, choices.segments[0]?.id ?? '', format.dateKey(shopNowMs()));
          editing.change({ distribution });
        }}
      />
      {by.kind === 'birthday' && (
        <NumberField
          label={t('field.daysBefore')}
          value={by.daysBefore}
          onChange={(daysBefore) => set({ daysBefore })}
        />
      )}
      {by.kind === 'win-back' && (
        <NumberField label={t('field.afterDays')} value={by.afterDays} onChange={(afterDays) => set({ afterDays })} />
      )}
      {by.kind === 'segment' && (
        <SelectField
          label={t('field.segment')}
          choices={choices.segments.map(({ id, name }) => ({ id, label: name }))}
          value={by.segmentId}
          onChange={(segmentId) => set({ segmentId })}
        />
      )}
      {by.kind === 'season' && <SeasonFields days={by} choices={choices} onChange={set} />}
      {by.kind === 'after-sale' && (
        <>
          <div className="voucher-pair">
            <MoneyField
              label={t('field.saleFrom')}
              minor={by.minimumMinor}
              onChange={(minimum) => set({ minimumMinor: minimum ?? 0 })}
            />
            <SelectField
              label={t('field.per')}
              choices={(['sale', 'unit'] as const).map((id) => ({ id, label: t(`per.${id}`) }))}
              value={by.per}
              onChange={(per) => set({ per })}
            />
          </div>
          <ItemFilterFields items={choices.items} filter={by.filter} onChange={(filter) => set({ filter })} />
        </>
      )}
      <div className="voucher-pair">
        <SelectField
          label={t('field.use')}
          choices={(['this-sale', 'next-sale'] as const).map((id) => ({ id, label: t(`use.${id}`) }))}
          value={use}
          onChange={(next) => editing.change({ use: next })}
        />
        <NumberField
          label={t('field.remindDays')}
          hint={t('field.remindHint')}
          value={remindDays}
          onChange={(days) => editing.change({ remindDays: days })}
        />
      </div>
    </>
  );
}
