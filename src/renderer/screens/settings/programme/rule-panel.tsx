import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { type EarningRule, earningRuleSchema, NO_LIMITS } from '#shop/points/programme-rules.ts';
import type { TierLevel } from '#shop/points/programme-tiers.ts';
import { MoneyField, NumberField } from '../../../ui/amount-field.tsx';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/choice-field.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ConditionFields } from './conditions-fields.tsx';
import { FilterFields } from './items-field.tsx';
import type { Loose } from './programme-types.ts';
import { eventName, ruleText, type Words } from './words.ts';

type RuleDraft = Loose<EarningRule>;
type Kind = EarningRule['kind'];

const KINDS: readonly Kind[] = ['spend', 'visit', 'product', 'category', 'event'];
const EVENTS = ['birthday', 'review', 'referral', 'enrolment'] as const;

function emptyRule(kind: Kind, ruleId: string, unitMinor: number): RuleDraft {
  const common = { ruleId, name: '', multiplierBasisPoints: 10_000, rounding: 'floor' as const };
  const shared = { ...common, limits: NO_LIMITS, schedule: null, segmentIds: [], tierIds: [] };
  if (kind === 'spend')
    return { kind, ...shared, points: 1, perMinor: unitMinor, filter: EVERY_ITEM, minimumSpendMinor: 0 };
  if (kind === 'visit') return { kind, ...shared, points: 1, minimumSpendMinor: 0 };
  if (kind === 'event') {
    const referral = { friendPoints: null, on: 'first-purchase' as const, minimumSpendMinor: 0 };
    return { kind, ...shared, event: 'birthday', points: 50, timesPerYear: 1, ...referral };
  }
  return { kind, ...shared, pointsPerUnit: 1, filter: EVERY_ITEM };
}

interface PartProps {
  readonly rule: RuleDraft;
  readonly onChange: (part: object) => void;
}

function AmountFields({ rule, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('programme');
  if (rule.kind === 'product' || rule.kind === 'category')
    return (
      <NumberField
        label={t('rule.perUnit')}
        value={rule.pointsPerUnit}
        onChange={(pointsPerUnit) => onChange({ pointsPerUnit })}
      />
    );
  return (
    <div className="settings-pair">
      <NumberField label={t('rule.points')} value={rule.points} onChange={(points) => onChange({ points })} />
      {rule.kind === 'spend' && (
        <MoneyField label={t('rule.per')} minor={rule.perMinor} onChange={(perMinor) => onChange({ perMinor })} />
      )}
      {rule.kind === 'event' && (
        <NumberField
          label={t('rule.timesPerYear')}
          hint={t('noLimit')}
          value={rule.timesPerYear}
          onChange={(timesPerYear) => onChange({ timesPerYear })}
        />
      )}
      {(rule.kind === 'spend' || rule.kind === 'visit') && (
        <MoneyField
          label={t('rule.minimum')}
          hint={t('rule.minimumHint')}
          minor={rule.minimumSpendMinor}
          onChange={(minimum) => onChange({ minimumSpendMinor: minimum ?? 0 })}
        />
      )}
    </div>
  );
}

function EventField({ rule, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('programme');
  if (rule.kind !== 'event') return null;
  const isKnown = EVENTS.some((event) => event === rule.event);
  return (
    <div className="settings-pair">
      <SelectField
        label={t('rule.event')}
        choices={[
          ...EVENTS.map((id) => ({ id: id as string, label: eventName({ t }, id) })),
          { id: 'own', label: t('event.own') },
        ]}
        value={isKnown ? rule.event : 'own'}
        onChange={(event) => onChange({ event: event === 'own' ? '' : event })}
      />
      {!isKnown && (
        <TextField
          label={t('rule.eventCode')}
          hint={t('rule.eventHint')}
          value={rule.event}
          maxLength={64}
          onChange={(event) => onChange({ event })}
        />
      )}
    </div>
  );
}

const REFERRAL_TIMES = ['first-purchase', 'enrolment'] as const;

/** What the friend gets, and when both are given theirs. */
function ReferralFields({ rule, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('programme');
  if (rule.kind !== 'event' || rule.event !== 'referral') return null;
  return (
    <>
      <NumberField
        label={t('rule.friendPoints')}
        hint={t('rule.friendPointsHint')}
        value={rule.friendPoints}
        onChange={(friendPoints) => onChange({ friendPoints })}
      />
      <div className="settings-pair">
        <SelectField
          label={t('rule.referralOn')}
          choices={REFERRAL_TIMES.map((id) => ({ id, label: t(`rule.referralTimes.${id}`) }))}
          value={rule.on}
          onChange={(on) => onChange({ on })}
        />
        {rule.on === 'first-purchase' && (
          <MoneyField
            label={t('rule.minimum')}
            hint={t('rule.minimumHint')}
            minor={rule.minimumSpendMinor}
            onChange={(minimum) => onChange({ minimumSpendMinor: minimum ?? 0 })}
          />
        )}
      </div>
    </>
  );
}

interface RulePanelProps {
  readonly rule: EarningRule | null;
  readonly newId: () => string;
  readonly unitMinor: number;
  readonly words: Words;
  readonly levels: readonly TierLevel[];
  readonly onStore: (rule: EarningRule) => boolean;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** One earning rule, of any kind, with its sentence as it will stand. */
export function RulePanel(props: RulePanelProps): ReactNode {
  const { rule, newId, unitMinor, words, levels, onStore, onRemove, onClose } = props;
  const { t } = useTranslation('programme');
  const [draft, setDraft] = useState<RuleDraft>(() => rule ?? emptyRule('spend', newId(), unitMinor));
  const change = (part: object): void => setDraft({ ...draft, ...part } as RuleDraft);
  const read = earningRuleSchema.safeParse(draft);
  const store = (): void => {
    if (read.success && onStore(read.data)) onClose();
  };
  return (
    <SidePanel
      title={rule === null ? t('rule.add') : t('rule.edit')}
      needsAnswer
      onClose={onClose}
      footer={
        <>
          {rule !== null && (
            <Button kind="ghost" onPress={onRemove}>
              {t('rule.remove')}
            </Button>
          )}
          <Button kind="primary" isDisabled={!read.success} onPress={store}>
            {t('rule.store')}
          </Button>
        </>
      }
    >
      <div className="settings-form">
        <p className="programme-sentence" role="status">
          {read.success ? ruleText(words, read.data) : t('incomplete')}
        </p>
        <SelectField
          label={t('rule.kind')}
          isDisabled={rule !== null}
          choices={KINDS.map((id) => ({ id, label: t(`rule.kinds.${id}`) }))}
          value={draft.kind}
          onChange={(kind) => setDraft(emptyRule(kind, draft.ruleId, unitMinor))}
        />
        <AmountFields rule={draft} onChange={change} />
        <EventField rule={draft} onChange={change} />
        <ReferralFields rule={draft} onChange={change} />
        {'filter' in draft && <FilterFields filter={draft.filter} onChange={(filter) => change({ filter })} />}
        <TextField label={t('rule.name')} value={draft.name} maxLength={80} onChange={(name) => change({ name })} />
        <div className="settings-pair">
          <NumberField
            label={t('rule.multiplier')}
            hint={t('rule.multiplierHint')}
            digits={4}
            value={draft.multiplierBasisPoints}
            onChange={(multiplierBasisPoints) => change({ multiplierBasisPoints })}
          />
          <SelectField
            label={t('rounding.title')}
            choices={(['floor', 'half-up'] as const).map((id) => ({ id, label: t(`rounding.${id}`) }))}
            value={draft.rounding}
            onChange={(rounding) => change({ rounding })}
          />
        </div>
        <ConditionFields conditions={draft} levels={levels} onChange={change} />
      </div>
    </SidePanel>
  );
}
