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
import { SelectField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { type RuleShape, RuleTree } from '../../ui/rule-tree.tsx';
import type { OwnField } from './records-data.ts';

/** 'None of these' takes two levels of a rule, so that the deepest group is one of all or any. */
const SEGMENT_SHAPE: RuleShape<SegmentRule> = {
  deepest: Math.floor((MAX_RULE_DEPTH - 1) / 2),
  hasNoneEverywhere: false,
  groupOf: (part) => {
    if ('all' in part) return { kind: 'all', parts: part.all };
    if ('any' in part) return { kind: 'any', parts: part.any };
    if ('not' in part) return { kind: 'none', parts: 'any' in part.not ? part.not.any : [part.not] };
    return null;
  },
  write: (kind, parts) => {
    if (kind === 'none') return { not: { any: parts } };
    return kind === 'all' ? { all: parts } : { any: parts };
  },
  newQuestion: () => questionOf('spentMinor', null),
  newGroup: () => ({ any: [] }),
};

interface RuleBuilderProps {
  readonly rule: SegmentRule;
  readonly own: readonly OwnField[];
  readonly onChange: (rule: SegmentRule) => void;
}

/** The questions that decide who is in a segment. */
export function RuleBuilder({ rule, own, onChange }: RuleBuilderProps): ReactNode {
  const { t } = useTranslation('customers');
  return (
    <RuleTree<SegmentRule>
      rule={rule}
      shape={SEGMENT_SHAPE}
      label={t('segments.holdsWhen')}
      question={(part, change) => 'field' in part && <Question condition={part} own={own} onChange={change} />}
      onChange={onChange}
    />
  );
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
    <>
      <SelectField label={t('segments.field')} choices={choices} value={fieldId ?? field} onChange={chooseField} />
      <SelectField<SegmentOperator>
        label={t('segments.operator')}
        choices={operators.map((id) => ({ id, label: t(`segments.operators.${id}`) }))}
        value={operator}
        onChange={(next) => onChange({ ...condition, operator: next, value: kept(condition, next, ofShop) })}
      />
      <Answer condition={condition} ofShop={ofShop} onChange={(value) => onChange({ ...condition, value })} />
    </>
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
