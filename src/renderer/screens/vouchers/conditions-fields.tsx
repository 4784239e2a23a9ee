import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Condition,
  type ConditionFact,
  type ConditionGroup,
  factsOf,
  isGroup,
  isSaleFact,
  MAX_CONDITION_DEPTH,
  MAX_CONDITION_FACTS,
} from '#shop/offers/conditions.ts';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { scheduleSchema } from '#shop/time/schedule.ts';
import { isGrantKind } from '#shop/vouchers/kinds/all-kinds.ts';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, SwitchField } from '../../ui/choice-field.tsx';
import { ItemFilterFields } from '../../ui/item-filter-fields.tsx';
import { type RuleShape, RuleTree } from '../../ui/rule-tree.tsx';
import { ScheduleFields } from '../../ui/schedule-fields.tsx';
import type { StepProps } from './campaign-panel.tsx';
import type { CampaignChoices } from './vouchers-data.ts';

const KINDS = ['quantity', 'spend', 'variety', 'time', 'purchases', 'tier', 'segment'] as const;
type FactKind = ConditionFact['kind'];
const ALWAYS = scheduleSchema.parse({});

/** A new question of a kind; one that has to be completed first (an amount, a name) says so by what is missing. */
function emptyFact(kind: FactKind, { tiers, segments }: CampaignChoices): ConditionFact {
  switch (kind) {
    case 'quantity':
    case 'variety':
      return { kind, filter: EVERY_ITEM, atLeast: 1 };
    case 'spend':
      return { kind, filter: EVERY_ITEM, amountMinor: 0, withTax: true };
    case 'time':
      return { kind, window: ALWAYS };
    case 'purchases':
      return { kind, atLeast: 1 };
    case 'tier':
      return { kind, tierId: tiers[0]?.id ?? '' };
    case 'segment':
      return { kind, segmentId: segments[0]?.id ?? '' };
  }
}

/** Without the groups of which everything was taken out; null where nothing is left. */
function kept(condition: Condition): Condition | null {
  if (!isGroup(condition)) return condition;
  const parts = condition.parts.flatMap((part) => kept(part) ?? []);
  return parts.length === 0 ? null : { ...condition, parts };
}

function shapeOf(first: () => ConditionFact): RuleShape<Condition> {
  return {
    deepest: MAX_CONDITION_DEPTH - 1,
    hasNoneEverywhere: true,
    groupOf: (part) => (isGroup(part) ? part : null),
    write: (kind, parts) => ({ kind, parts }),
    newQuestion: first,
    newGroup: () => ({ kind: 'any', parts: [first()] }),
  };
}

interface FactProps {
  readonly fact: ConditionFact;
  readonly kinds: readonly FactKind[];
  readonly choices: CampaignChoices;
  readonly onChange: (fact: ConditionFact) => void;
}

function FactFields({ fact, kinds, choices, onChange }: FactProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const known = kinds.includes(fact.kind) ? kinds : [...kinds, fact.kind];
  return (
    <>
      <div className="voucher-pair">
        <SelectField<FactKind>
          label={t('conditions.what')}
          choices={known.map((id) => ({ id, label: t(`conditions.kind.${id}`) }))}
          value={fact.kind}
          onChange={(kind) => onChange(emptyFact(kind, choices))}
        />
        <FactAnswer fact={fact} choices={choices} onChange={onChange} />
      </div>
      {fact.kind === 'spend' && (
        <SwitchField isSelected={fact.withTax} onChange={(withTax) => onChange({ ...fact, withTax })}>
          {t('minimum.withTax')}
        </SwitchField>
      )}
      {fact.kind === 'time' && (
        <ScheduleFields schedule={fact.window} onChange={(window) => onChange({ ...fact, window: window ?? ALWAYS })} />
      )}
      {'filter' in fact && (
        <ItemFilterFields
          items={choices.items}
          filter={fact.filter}
          onChange={(filter) => onChange({ ...fact, filter })}
        />
      )}
    </>
  );
}

function FactAnswer({ fact, choices, onChange }: Omit<FactProps, 'kinds'>): ReactNode {
  const { t } = useTranslation('vouchers');
  const named = (all: CampaignChoices['tiers']) => all.map(({ id, name }) => ({ id, label: name }));
  switch (fact.kind) {
    case 'spend':
      return (
        <MoneyField
          label={t('conditions.atLeast')}
          minor={fact.amountMinor === 0 ? null : fact.amountMinor}
          onChange={(minor) => onChange({ ...fact, amountMinor: minor ?? 0 })}
        />
      );
    case 'time':
      return null;
    case 'tier':
      return (
        <SelectField
          label={t('conditions.tier')}
          choices={named(choices.tiers)}
          value={fact.tierId}
          onChange={(tierId) => onChange({ ...fact, tierId })}
        />
      );
    case 'segment':
      return (
        <SelectField
          label={t('conditions.segment')}
          choices={named(choices.segments)}
          value={fact.segmentId}
          onChange={(segmentId) => onChange({ ...fact, segmentId })}
        />
      );
    default:
      return (
        <NumberField
          label={t('conditions.atLeast')}
          value={fact.atLeast === 0 ? null : fact.atLeast}
          onChange={(atLeast) => onChange({ ...fact, atLeast: atLeast ?? 0 })}
        />
      );
  }
}

/** What must be so besides: facts of the sale, the moment and the customer, with all, any and none of them. */
export function ConditionsFields({ editing, choices }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { conditions, benefit } = editing.draft;
  const isGiven = isGrantKind(benefit.kind);
  const kinds = KINDS.filter((kind) => {
    if (kind === 'tier') return choices.tiers.length > 0;
    if (kind === 'segment') return choices.segments.length > 0;
    return !isGiven || !isSaleFact(emptyFact(kind, choices));
  });
  const first = (): ConditionFact => emptyFact(kinds[0] ?? 'purchases', choices);
  const change = (next: Condition): void => {
    const left = kept(next);
    editing.change({ conditions: left === null ? null : asGroup(left) });
  };
  if (conditions === null)
    return (
      <>
        <p className="ui-field-hint">{t('conditions.hint')}</p>
        <div className="voucher-conditions-add">
          <Button icon={<Plus size={18} strokeWidth={2} aria-hidden="true" />} onPress={() => change(first())}>
            {t('conditions.add')}
          </Button>
        </div>
      </>
    );
  return (
    <RuleTree<Condition>
      rule={conditions}
      shape={shapeOf(first)}
      label={t('conditions.usedWhen')}
      isFull={factsOf(conditions).length >= MAX_CONDITION_FACTS}
      question={(part, onChange) =>
        isGroup(part) ? null : <FactFields fact={part} kinds={kinds} choices={choices} onChange={onChange} />
      }
      onChange={change}
    />
  );
}

function asGroup(condition: Condition): ConditionGroup {
  return isGroup(condition) ? condition : { kind: 'all', parts: [condition] };
}
