import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schedule, scheduleSchema } from '#shop/time/schedule.ts';
import { NumberField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { SwitchField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { OnlyFor } from '../../ui/only-for.tsx';
import { ScheduleFields } from '../../ui/schedule-fields.tsx';
import { useShop } from '../../ui/shop-context.ts';
import type { StepProps } from './campaign-panel.tsx';
import { DistributionFields } from './distribution-fields.tsx';
import type { CampaignDraft } from './use-campaign-draft.ts';

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
