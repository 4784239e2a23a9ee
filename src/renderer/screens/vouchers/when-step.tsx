import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { type Schedule, scheduleSchema } from '#shop/time/schedule.ts';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, SwitchField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ItemFilterFields } from '../../ui/item-filter-fields.tsx';
import { OnlyFor } from '../../ui/only-for.tsx';
import { ScheduleFields } from '../../ui/schedule-fields.tsx';
import { useShop } from '../../ui/shop-context.ts';
import type { StepProps } from './campaign-panel.tsx';
import type { CampaignDraft, DistributionDraft } from './use-campaign-draft.ts';

const ALWAYS = scheduleSchema.parse({});
const MOST_WINDOWS = 10;

/** From which day to which, on which days and hours, and every how many days anew. */
function WhenFields({ editing }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { validity } = editing.draft;
  const { windows, startsOn, endsOn, recurrence, claimDays } = validity;
  const set = (part: Partial<CampaignDraft['validity']>): void =>
    editing.change({ validity: { ...validity, ...part } });
  const setWindow = (place: number, next: Schedule | null): void =>
    set({ windows: windows.map((each, at) => (at === place ? (next ?? ALWAYS) : each)) });
  // Windows have no ids of their own: each keeps the number it was added with, so that fields stay with their window.
  const keys = useRef<number[]>([]);
  while (keys.current.length < windows.length) keys.current.push((keys.current.at(-1) ?? 0) + 1);
  return (
    <>
      <div className="voucher-pair">
        <TextField
          label={t('field.startsOn')}
          type="date"
          value={startsOn ?? ''}
          onChange={(text) => set({ startsOn: text === '' ? null : text })}
        />
        <TextField
          label={t('field.endsOn')}
          type="date"
          hint={t('field.endsOnHint')}
          value={endsOn ?? ''}
          onChange={(text) => set({ endsOn: text === '' ? null : text })}
        />
        <NumberField
          label={t('field.claimDays')}
          hint={t('field.claimDaysHint')}
          value={claimDays}
          onChange={(days) => set({ claimDays: days })}
        />
      </div>
      {windows.map((window, place) => (
        <div key={keys.current[place]} className="voucher-window">
          <ScheduleFields schedule={window} onChange={(next) => setWindow(place, next)} />
          <IconButton
            label={t('when.removeWindow')}
            icon={<Trash2 size={18} strokeWidth={1.75} />}
            onPress={() => {
              keys.current.splice(place, 1);
              set({ windows: windows.filter((_, at) => at !== place) });
            }}
          />
        </div>
      ))}
      {windows.length < MOST_WINDOWS && (
        <Button
          icon={<Plus size={18} strokeWidth={2} aria-hidden="true" />}
          onPress={() => set({ windows: [...windows, ALWAYS] })}
        >
          {t(windows.length === 0 ? 'when.addWindow' : 'when.addAnother')}
        </Button>
      )}
      <SwitchField
        isSelected={recurrence !== null}
        onChange={(isOn) => set({ recurrence: isOn ? { everyDays: 30, forDays: 1 } : null })}
      >
        {t('when.recurs')}
      </SwitchField>
      {recurrence !== null && (
        <div className="voucher-pair">
          <NumberField
            label={t('when.forDays')}
            value={recurrence.forDays}
            onChange={(forDays) => set({ recurrence: { ...recurrence, forDays } })}
          />
          <NumberField
            label={t('when.everyDays')}
            hint={t('when.everyDaysHint')}
            value={recurrence.everyDays}
            onChange={(everyDays) => set({ recurrence: { ...recurrence, everyDays } })}
          />
        </div>
      )}
    </>
  );
}

/** For whom, where, and who may redeem it. */
function AudienceFields({ editing, choices }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { shopId } = useShop();
  const { audience } = editing.draft;
  const set = (part: Partial<CampaignDraft['audience']>): void =>
    editing.change({ audience: { ...audience, ...part } });
  return (
    <>
      <OnlyFor
        label={t('who.segments')}
        choices={choices.segments}
        chosen={audience.segmentIds}
        onChange={(segmentIds) => set({ segmentIds })}
      />
      <OnlyFor
        label={t('who.tiers')}
        choices={choices.tiers}
        chosen={audience.tierIds}
        onChange={(tierIds) => set({ tierIds })}
      />
      <SwitchField isSelected={audience.isFirstPurchase} onChange={(isFirstPurchase) => set({ isFirstPurchase })}>
        {t('who.firstPurchase')}
      </SwitchField>
      <SwitchField isSelected={audience.needsCustomer} onChange={(needsCustomer) => set({ needsCustomer })}>
        {t('who.needsCustomer')}
      </SwitchField>
      <SwitchField
        isSelected={audience.shopIds.includes(shopId)}
        onChange={(isOn) =>
          set({ shopIds: isOn ? [...audience.shopIds, shopId] : audience.shopIds.filter((id) => id !== shopId) })
        }
      >
        {t('who.onlyHere')}
      </SwitchField>
      <OnlyFor
        label={t('who.staff')}
        choices={choices.staff}
        chosen={audience.staffIds}
        onChange={(staffIds) => set({ staffIds })}
      />
    </>
  );
}

const WAYS = ['by-hand', 'enrolment', 'birthday', 'win-back', 'segment', 'referrer', 'friend', 'after-sale'] as const;
type Way = (typeof WAYS)[number];

function distributionOf(way: Way, segmentId: string): DistributionDraft {
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
    case 'referrer':
    case 'friend':
      return { kind: 'referral', side: way };
    case 'after-sale':
      return { kind: way, minimumMinor: 0, per: 'sale', filter: EVERY_ITEM };
  }
}

/** By what rule it comes to customers by itself. */
function DistributionFields({ editing, choices }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { distribution: by, use, remindDays } = editing.draft;
  const set = (part: object): void => editing.change({ distribution: { ...by, ...part } as DistributionDraft });
  const way: Way = by.kind === 'referral' ? by.side : by.kind;
  const ways = WAYS.filter((id) => id !== 'segment' || choices.segments.length > 0);
  return (
    <>
      <SelectField
        label={t('field.distribution')}
        choices={ways.map((id) => ({ id, label: t(`distribution.${id}`) }))}
        value={way}
        onChange={(next) => editing.change({ distribution: distributionOf(next, choices.segments[0]?.id ?? '') })}
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

/** Step 2: who can use it, when, and how it comes to them. */
export function WhenStep(props: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { trigger } = props.editing.draft;
  return (
    <>
      <h3 className="voucher-part">{t('when.title')}</h3>
      <WhenFields {...props} />
      <h3 className="voucher-part">{t('who.title')}</h3>
      <AudienceFields {...props} />
      {trigger === 'code' && (
        <>
          <h3 className="voucher-part">{t('distribution.title')}</h3>
          <DistributionFields {...props} />
        </>
      )}
    </>
  );
}
