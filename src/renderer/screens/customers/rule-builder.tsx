import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  MAX_RULE_DEPTH,
  OPERATORS_OF,
  SEGMENT_FIELDS,
  type SegmentCondition,
  type SegmentField,
  type SegmentOperator,
  type SegmentRule,
} from '#shop/customers/segment-rule.ts';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { OwnField } from './records-data.ts';

const KINDS = ['all', 'any', 'none'] as const;
type GroupKind = (typeof KINDS)[number];

/** 'None of these' takes two levels of a rule, so that the deepest group is one of all or any. */
const DEEPEST_GROUP = Math.floor((MAX_RULE_DEPTH - 1) / 2);

interface PartProps {
  readonly rule: SegmentRule;
  readonly own: readonly OwnField[];
  readonly depth: number;
  readonly onChange: (rule: SegmentRule) => void;
}

/** A group of questions: all of them, one of them, or none of them; groups within it down to the bound. */
export function RuleGroup({ rule, own, depth, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('customers');
  const { kind, parts } = groupOf(rule);
  const set = (nextKind: GroupKind, next: readonly SegmentRule[]): void => onChange(ruleOf(nextKind, next));
  const replace = (index: number, part: SegmentRule | null): void =>
    set(kind, part === null ? parts.toSpliced(index, 1) : parts.toSpliced(index, 1, part));
  return (
    <fieldset className="rule-group">
      <legend className="is-hidden-visually">{t('segments.group')}</legend>
      <SelectField<GroupKind>
        label={t('segments.holdsWhen')}
        choices={KINDS.filter((id) => id !== 'none' || depth < DEEPEST_GROUP).map((id) => ({
          id,
          label: t(`segments.groups.${id}`),
        }))}
        value={kind}
        onChange={(next) => set(next, parts)}
      />
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place in the group
        <div key={index} className="rule-part">
          {'field' in part ? (
            <Question condition={part} own={own} onChange={(next) => replace(index, next)} />
          ) : (
            <RuleGroup rule={part} own={own} depth={depth + 1} onChange={(next) => replace(index, next)} />
          )}
          <IconButton
            label={t('segments.removePart')}
            icon={<Trash2 size={18} strokeWidth={1.75} />}
            onPress={() => replace(index, null)}
          />
        </div>
      ))}
      <div className="rule-add">
        <Button
          size="small"
          icon={<Plus size={16} aria-hidden="true" />}
          onPress={() => set(kind, [...parts, questionOf('spentMinor', null)])}
        >
          {t('segments.addQuestion')}
        </Button>
        {depth < DEEPEST_GROUP && (
          <Button size="small" onPress={() => set(kind, [...parts, { any: [] }])}>
            {t('segments.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function groupOf(rule: SegmentRule): { kind: GroupKind; parts: readonly SegmentRule[] } {
  if ('all' in rule) return { kind: 'all', parts: rule.all };
  if ('any' in rule) return { kind: 'any', parts: rule.any };
  if ('not' in rule) return { kind: 'none', parts: 'any' in rule.not ? rule.not.any : [rule.not] };
  return { kind: 'all', parts: [rule] };
}

function ruleOf(kind: GroupKind, parts: readonly SegmentRule[]): SegmentRule {
  if (kind === 'none') return { not: { any: parts } };
  return kind === 'all' ? { all: parts } : { any: parts };
}

/** A new question about a field, with an answer that fits. */
function questionOf(field: SegmentField, own: OwnField | null): SegmentCondition {
  const operator = OPERATORS_OF[SEGMENT_FIELDS[field]][0];
  return { field, fieldId: own?.fieldId ?? null, operator, value: firstValue(field, operator, own) };
}

function firstValue(field: SegmentField, operator: SegmentOperator, own: OwnField | null): SegmentCondition['value'] {
  if (operator === 'is-empty' || operator === 'is-this-month') return null;
  const kind = SEGMENT_FIELDS[field];
  if (kind === 'number' || kind === 'days') return 0;
  if (kind === 'month') return 1;
  if (kind === 'yes-no' || own?.kind === 'yes-no') return true;
  if (own?.kind === 'number') return 0;
  return own?.choices[0] ?? '?';
}

const FIELDS = (Object.keys(SEGMENT_FIELDS) as SegmentField[]).filter((field) => field !== 'custom');

interface QuestionProps {
  readonly condition: SegmentCondition;
  readonly own: readonly OwnField[];
  readonly onChange: (condition: SegmentCondition) => void;
}

function Question({ condition, own, onChange }: QuestionProps): ReactNode {
  const { t } = useTranslation('customers');
  const { field, fieldId, operator } = condition;
  const ofShop = own.find((known) => known.fieldId === fieldId) ?? null;
  const isCountable = ofShop === null || ofShop.kind === 'number' || ofShop.kind === 'date';
  const operators = OPERATORS_OF[SEGMENT_FIELDS[field]].filter((id) => isCountable || !id.startsWith('at-'));
  const choices = [
    ...FIELDS.map((id) => ({ id: id as string, label: t(`segments.fields.${id}`) })),
    ...own.map((known) => ({ id: known.fieldId, label: known.name })),
  ];
  const chooseField = (id: string): void => {
    const chosen = own.find((known) => known.fieldId === id) ?? null;
    onChange(questionOf(chosen === null ? (id as SegmentField) : 'custom', chosen));
  };
  return (
    <div className="rule-question">
      <SelectField label={t('segments.field')} choices={choices} value={fieldId ?? field} onChange={chooseField} />
      <SelectField<SegmentOperator>
        label={t('segments.operator')}
        choices={operators.map((id) => ({ id, label: t(`segments.operators.${id}`) }))}
        value={operator}
        onChange={(next) => onChange({ ...condition, operator: next, value: kept(condition, next, ofShop) })}
      />
      <Answer condition={condition} ofShop={ofShop} onChange={(value) => onChange({ ...condition, value })} />
    </div>
  );
}

function kept(condition: SegmentCondition, next: SegmentOperator, ofShop: OwnField | null): SegmentCondition['value'] {
  const fresh = firstValue(condition.field, next, ofShop);
  return fresh === null || condition.value === null ? fresh : condition.value;
}

interface AnswerProps {
  readonly condition: SegmentCondition;
  readonly ofShop: OwnField | null;
  readonly onChange: (value: SegmentCondition['value']) => void;
}

function Answer({ condition, ofShop, onChange }: AnswerProps): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { field, value } = condition;
  const label = t('segments.value');
  if (value === null) return null;
  if (field === 'spentMinor')
    return <MoneyField label={label} minor={Number(value)} onChange={(minor) => onChange(minor ?? 0)} />;
  if (field === 'birthdayMonth') {
    const months = Array.from({ length: 12 }, (_, index) => ({
      id: String(index + 1),
      label: new Intl.DateTimeFormat(format.settings.language, { month: 'long', timeZone: 'UTC' }).format(
        Date.UTC(2024, index, 1),
      ),
    }));
    return <SelectField label={label} choices={months} value={String(value)} onChange={(id) => onChange(Number(id))} />;
  }
  if (typeof value === 'number')
    return <NumberField label={label} value={value} onChange={(next) => onChange(next ?? 0)} />;
  if (typeof value === 'boolean') {
    const answers = [
      { id: 'yes', label: t('more.yes') },
      { id: 'no', label: t('more.no') },
    ];
    return (
      <SelectField
        label={label}
        choices={answers}
        value={value ? 'yes' : 'no'}
        onChange={(id) => onChange(id === 'yes')}
      />
    );
  }
  if (ofShop?.kind === 'choice') {
    const answers = ofShop.choices.map((choice) => ({ id: choice, label: choice }));
    return <SelectField label={label} choices={answers} value={value} onChange={onChange} />;
  }
  return (
    <TextField
      label={label}
      value={value === '?' ? '' : value}
      maxLength={200}
      onChange={(text) => onChange(text === '' ? '?' : text)}
    />
  );
}
