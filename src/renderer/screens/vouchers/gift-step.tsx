import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { CAMPAIGN_TEMPLATES, type CampaignTemplate } from '#shop/vouchers/templates.ts';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { ItemFilterFields } from '../../ui/item-filter-fields.tsx';
import { useShop } from '../../ui/shop-context.ts';
import type { StepProps } from './campaign-panel.tsx';
import type { BenefitDraft } from './use-campaign-draft.ts';
import { type PassPlan, usePassPlans } from './vouchers-data.ts';

const KINDS = ['percent', 'amount', 'product', 'buy-take', 'fixed-price', 'credit', 'units', 'package'] as const;
type Kind = (typeof KINDS)[number];
const NO_PLAN = 'none';

function emptyBenefit(kind: Kind, amountMinor: number): BenefitDraft {
  switch (kind) {
    case 'percent':
      return { kind, rateBasisPoints: 1000, capMinor: null, scope: 'order' };
    case 'amount':
      return { kind, amountMinor, scope: 'order' };
    case 'product':
      return { kind, units: 1 };
    case 'buy-take':
      return { kind, buyUnits: 1, takeUnits: 1 };
    case 'fixed-price':
      return { kind, unitPriceMinor: amountMinor };
    case 'credit':
      return { kind, amountMinor, days: null };
    case 'units':
      return { kind, planId: null, name: '', units: 10, days: null, filter: EVERY_ITEM };
    case 'package':
      return { kind, planId: null, name: '', uses: 10, days: 90, filter: EVERY_ITEM };
  }
}

/** A part of the price; an empty field is not wrong yet. */
function isRate(basisPoints: number | null): boolean {
  return basisPoints === null || (basisPoints > 0 && basisPoints <= 10_000);
}

/** What a plan says, as a benefit of its kind says it. */
function takenFrom({ planId, name, terms }: PassPlan, kind: PassPlan['kind']): object {
  const { units, days, filter } = terms;
  return { planId, name, days, filter, ...(kind === 'units' ? { units } : { uses: units }) };
}

/** Which of the shop's passes it gives: what stands in its plan is taken over, and can be changed for this campaign. */
function PlanField({
  benefit,
  onChange,
}: {
  benefit: Extract<BenefitDraft, { planId: string | null }>;
  onChange: (part: object) => void;
}): ReactNode {
  const { t } = useTranslation('vouchers');
  const { kind, planId } = benefit;
  const plans = usePassPlans().filter((plan) => plan.kind === kind && (plan.isActive || plan.planId === planId));
  if (plans.length === 0) return null;
  const choose = (id: string): void => {
    const plan = plans.find((each) => each.planId === id);
    onChange(plan === undefined ? { planId: null } : takenFrom(plan, kind));
  };
  return (
    <SelectField
      label={t('field.plan')}
      hint={kind === 'units' ? t('field.planHint') : undefined}
      choices={[
        { id: NO_PLAN, label: t('field.planNew') },
        ...plans.map((plan) => ({ id: plan.planId, label: plan.name })),
      ]}
      value={planId ?? NO_PLAN}
      onChange={choose}
    />
  );
}

/** The numbers of what it gives, by its kind. */
function BenefitFields({ benefit, onChange }: { benefit: BenefitDraft; onChange: (part: object) => void }): ReactNode {
  const { t } = useTranslation('vouchers');
  const days = 'days' in benefit && (
    <NumberField
      label={t('field.days')}
      hint={benefit.kind === 'package' ? undefined : t('field.noLimit')}
      value={benefit.days}
      onChange={(value) => onChange({ days: value })}
    />
  );
  const named = 'planId' in benefit && (
    <>
      <PlanField benefit={benefit} onChange={onChange} />
      <TextField
        label={t('field.passName')}
        value={benefit.name}
        maxLength={120}
        onChange={(name) => onChange({ name })}
      />
    </>
  );
  const scope = 'scope' in benefit && (
    <SelectField
      label={t('field.scope')}
      choices={(['order', 'item'] as const).map((id) => ({ id, label: t(`scope.${id}`) }))}
      value={benefit.scope}
      onChange={(value) => onChange({ scope: value })}
    />
  );
  switch (benefit.kind) {
    case 'percent':
      return (
        <>
          <NumberField
            label={t('field.rate')}
            digits={2}
            suffix="%"
            value={benefit.rateBasisPoints}
            error={isRate(benefit.rateBasisPoints) ? null : t('missing.benefit.rateBasisPoints')}
            onChange={(rateBasisPoints) => onChange({ rateBasisPoints })}
          />
          <MoneyField
            label={t('field.cap')}
            hint={t('field.noLimit')}
            minor={benefit.capMinor}
            onChange={(capMinor) => onChange({ capMinor })}
          />
          {scope}
        </>
      );
    case 'amount':
    case 'credit':
      return (
        <>
          <MoneyField
            label={t('field.amount')}
            minor={benefit.amountMinor}
            onChange={(amountMinor) => onChange({ amountMinor })}
          />
          {days}
          {scope}
        </>
      );
    case 'product':
      return <NumberField label={t('field.units')} value={benefit.units} onChange={(units) => onChange({ units })} />;
    case 'buy-take':
      return (
        <>
          <NumberField
            label={t('field.buy')}
            value={benefit.buyUnits}
            onChange={(buyUnits) => onChange({ buyUnits })}
          />
          <NumberField
            label={t('field.take')}
            value={benefit.takeUnits}
            onChange={(takeUnits) => onChange({ takeUnits })}
          />
        </>
      );
    case 'fixed-price':
      return (
        <MoneyField
          label={t('field.price')}
          minor={benefit.unitPriceMinor}
          onChange={(unitPriceMinor) => onChange({ unitPriceMinor })}
        />
      );
    case 'units':
    case 'package':
      return (
        <>
          {named}
          <NumberField
            label={t('field.uses')}
            value={benefit.kind === 'units' ? benefit.units : benefit.uses}
            onChange={(value) => onChange(benefit.kind === 'units' ? { units: value } : { uses: value })}
          />
          {days}
        </>
      );
  }
}

const WAYS = ['own', 'generic', 'automatic'] as const;

/** How it is used: by one code for everybody, a code each, or by itself. */
function CodeFields({ editing }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { draft, change } = editing;
  const { trigger, genericCode, limits } = draft;
  const way = trigger === 'automatic' ? 'automatic' : genericCode === null ? 'own' : 'generic';
  const choose = (next: (typeof WAYS)[number]): void =>
    change({
      trigger: next === 'automatic' ? 'automatic' : 'code',
      genericCode: next === 'generic' ? '' : null,
      ...(next === 'automatic' ? { use: 'this-sale' as const, distribution: { kind: 'by-hand' as const } } : {}),
      limits: { ...limits, usesPerCode: next === 'generic' ? null : 1 },
    });
  return (
    <div className="voucher-pair">
      <SelectField
        label={t('field.way')}
        choices={WAYS.map((id) => ({ id, label: t(`way.${id}`) }))}
        value={way}
        onChange={choose}
      />
      {way === 'generic' && (
        <TextField
          label={t('field.code')}
          hint={t('field.codeHint')}
          value={genericCode ?? ''}
          maxLength={40}
          acceptsScan
          onChange={(text) => change({ genericCode: text.toLocaleUpperCase().trimStart() })}
        />
      )}
    </div>
  );
}

function Templates({ editing }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const client = useApiClient();
  const { quickAmountsMinor } = useShop();
  const [chosen, setChosen] = useState<CampaignTemplate | null>(null);
  const take = async (template: CampaignTemplate): Promise<void> => {
    setChosen(template);
    const amountMinor = quickAmountsMinor[0] ?? 1;
    editing.change(await client.vouchers.template.query({ template, name: t(`template.${template}`), amountMinor }));
  };
  return (
    <section aria-label={t('panel.templates')} className="voucher-templates">
      <h3 className="ui-field-label">{t('panel.templates')}</h3>
      {CAMPAIGN_TEMPLATES.map((template) => (
        <Button key={template} size="small" aria-pressed={chosen === template} onPress={() => void take(template)}>
          {t(`template.${template}`)}
        </Button>
      ))}
    </section>
  );
}

/** Step 1: what they get, on which items, and by which code. */
export function GiftStep({ editing, choices, isNew }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { currency: _, quickAmountsMinor } = useShop();
  const { draft, change } = editing;
  const { benefit } = draft;
  const isPass = 'planId' in benefit;
  return (
    <>
      {isNew && <Templates editing={editing} choices={choices} isNew />}
      <TextField
        label={t('field.name')}
        hint={t('field.nameHint')}
        value={draft.name}
        maxLength={120}
        isRequired
        onChange={(name) => change({ name })}
      />
      <SelectField
        label={t('field.kind')}
        choices={KINDS.map((id) => ({ id, label: t(`kind.${id}`) }))}
        value={benefit.kind}
        onChange={(kind) => change({ benefit: emptyBenefit(kind, quickAmountsMinor[0] ?? 1) })}
      />
      <div className="voucher-pair">
        <BenefitFields
          benefit={benefit}
          onChange={(part) => change({ benefit: { ...benefit, ...part } as BenefitDraft })}
        />
      </div>
      <CodeFields editing={editing} choices={choices} isNew={isNew} />
      {benefit.kind !== 'credit' && (
        <ItemFilterFields
          items={choices.items}
          filter={isPass ? benefit.filter : draft.filter}
          onChange={(filter) => change(isPass ? { benefit: { ...benefit, filter } } : { filter })}
        />
      )}
      <TextField
        label={t('field.description')}
        isMultiline
        value={draft.description}
        maxLength={500}
        onChange={(description) => change({ description })}
      />
    </>
  );
}
