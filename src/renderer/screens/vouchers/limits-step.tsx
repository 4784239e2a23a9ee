import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isGrant } from '#shop/vouchers/kinds/all-kinds.ts';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { SelectField, SwitchField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import type { LimitsStepProps, StepProps } from './campaign-panel.tsx';
import { ConditionsFields } from './conditions-fields.tsx';
import { keptCodes } from './kept-codes.ts';
import type { CampaignDraft } from './use-campaign-draft.ts';

const LIMITS = ['perCustomer', 'perCustomerPerDay', 'total', 'perDay'] as const;

function LimitFields({ editing, inForce }: LimitsStepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const kept = keptCodes(editing.draft, inForce);
  const { limits, trigger } = editing.draft;
  const set = (part: Partial<CampaignDraft['limits']>): void => editing.change({ limits: { ...limits, ...part } });
  return (
    <div className="voucher-pair">
      {LIMITS.map((limit) => (
        <NumberField
          key={limit}
          label={t(`limits.${limit}`)}
          hint={t('field.noLimit')}
          value={limits[limit]}
          onChange={(value) => set({ [limit]: value })}
        />
      ))}
      <MoneyField
        label={t('limits.budget')}
        hint={t('field.noLimit')}
        minor={limits.budgetMinor}
        onChange={(budgetMinor) => set({ budgetMinor })}
      />
      {trigger === 'code' && (
        <>
          <NumberField
            label={t('limits.usesPerCode')}
            hint={
              kept === 0 ? t('field.noLimit') : t('limits.newCodesOnly', { count: kept, shown: format.number(kept) })
            }
            value={limits.usesPerCode}
            onChange={(usesPerCode) => set({ usesPerCode })}
          />
          <NumberField
            label={t('limits.usesPerSale')}
            hint={t('limits.usesPerSaleHint')}
            value={limits.usesPerSale}
            onChange={(usesPerSale) => set({ usesPerSale })}
          />
        </>
      )}
    </div>
  );
}

function MinimumFields({ editing }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { minimum } = editing.draft;
  const set = (part: object): void => {
    const next = { ...(minimum ?? { amountMinor: null, of: 'eligible' as const, withTax: true }), ...part };
    editing.change({ minimum: next.amountMinor === null ? null : next });
  };
  return (
    <>
      <div className="voucher-pair">
        <MoneyField
          label={t('minimum.amount')}
          hint={t('minimum.amountHint')}
          minor={minimum?.amountMinor ?? null}
          onChange={(amountMinor) => set({ amountMinor: amountMinor === 0 ? null : amountMinor })}
        />
        {minimum !== null && (
          <SelectField
            label={t('minimum.of')}
            choices={(['eligible', 'sale'] as const).map((id) => ({ id, label: t(`minimum.${id}`) }))}
            value={minimum.of}
            onChange={(of) => set({ of })}
          />
        )}
      </div>
      {minimum !== null && (
        <SwitchField isSelected={minimum.withTax} onChange={(withTax) => set({ withTax })}>
          {t('minimum.withTax')}
        </SwitchField>
      )}
    </>
  );
}

function StackingFields({ editing }: StepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { stacking } = editing.draft;
  const set = (part: Partial<CampaignDraft['stacking']>): void =>
    editing.change({ stacking: { ...stacking, ...part } });
  return (
    <>
      <SwitchField isSelected={stacking.isExclusive} onChange={(isExclusive) => set({ isExclusive })}>
        {t('stacking.exclusive')}
      </SwitchField>
      <div className="voucher-pair">
        <TextField
          label={t('stacking.group')}
          hint={t('stacking.groupHint')}
          value={stacking.group}
          maxLength={40}
          onChange={(group) => set({ group })}
        />
        <NumberField
          label={t('stacking.order')}
          hint={t('stacking.orderHint')}
          value={stacking.order}
          onChange={(order) => set({ order: order ?? 0 })}
        />
        <SelectField
          label={t('stacking.basis')}
          choices={(['remaining', 'initial'] as const).map((id) => ({ id, label: t(`stacking.${id}`) }))}
          value={stacking.basis}
          onChange={(basis) => set({ basis })}
        />
      </div>
    </>
  );
}

/** Step 3: how often, how much, from which sum on, on what conditions, and how it goes with other discounts. */
export function LimitsStep(props: LimitsStepProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const { campaign } = props.editing;
  const isOffer = campaign === null || !isGrant(campaign.benefit);
  return (
    <>
      <h3 className="voucher-part">{t('limits.title')}</h3>
      <LimitFields {...props} />
      {isOffer && (
        <>
          <h3 className="voucher-part">{t('minimum.title')}</h3>
          <MinimumFields {...props} />
        </>
      )}
      <h3 className="voucher-part">{t('conditions.title')}</h3>
      <ConditionsFields {...props} />
      {isOffer && (
        <>
          <h3 className="voucher-part">{t('stacking.title')}</h3>
          <StackingFields {...props} />
        </>
      )}
    </>
  );
}
