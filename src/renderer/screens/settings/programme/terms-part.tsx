import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Programme } from '#shop/points/programme.ts';
import { Card } from '../../../ui/card.tsx';
import { SelectField, SwitchField } from '../../../ui/choice-field.tsx';
import { ChosenItems } from './items-field.tsx';
import type { PartProps } from './part-props.ts';
import { SettingField } from './setting-fields.tsx';

interface GroupProps {
  readonly programme: Programme;
  readonly change: (part: Partial<Programme>) => boolean;
  readonly isDisabled: boolean;
}

function choicesOf<const Id extends string>(
  ids: readonly Id[],
  label: (id: Id) => string,
): { id: Id; label: string }[] {
  return ids.map((id) => ({ id, label: label(id) }));
}

function WhatEarns({ programme, change, isDisabled }: GroupProps): ReactNode {
  const { t } = useTranslation('programme');
  const { exclude, caps } = programme;
  return (
    <Card title={t('terms.what')} className="settings-card">
      <div className="settings-pair">
        <SelectField
          label={t('field.base')}
          isDisabled={isDisabled}
          choices={choicesOf(['as-priced', 'with-tax', 'before-tax'], (id) => t(`base.${id}`))}
          value={programme.base}
          onChange={(base) => change({ base })}
        />
        <SelectField
          label={t('field.discounts')}
          isDisabled={isDisabled}
          choices={choicesOf(['all', 'in-filter-only'], (id) => t(`discounts.${id}`))}
          value={programme.discountsLower}
          onChange={(discountsLower) => change({ discountsLower })}
        />
      </div>
      <ChosenItems
        label={t('field.excluded')}
        emptyText={t('common:items.noneExcluded')}
        isDisabled={isDisabled}
        chosen={{ categoryIds: exclude.excludeCategoryIds, productIds: exclude.excludeProductIds }}
        onChange={({ categoryIds, productIds }) =>
          change({ exclude: { ...exclude, excludeCategoryIds: categoryIds, excludeProductIds: productIds } })
        }
      />
      <SwitchField
        isSelected={programme.pointsDiscountLowers}
        isDisabled={isDisabled}
        onChange={(pointsDiscountLowers) => change({ pointsDiscountLowers })}
      >
        {t('field.pointsLower')}
      </SwitchField>
      <SwitchField
        isSelected={programme.storedValueTenderCounts}
        isDisabled={isDisabled}
        onChange={(storedValueTenderCounts) => change({ storedValueTenderCounts })}
      >
        {t('field.storedValue')}
      </SwitchField>
      <div className="settings-pair">
        <SettingField
          label={t('field.minimum')}
          isMoney
          value={programme.minimumSpendMinor}
          isDisabled={isDisabled}
          onCommit={(value) => change({ minimumSpendMinor: value ?? 0 })}
        />
        <SettingField
          label={t('field.capSale')}
          hint={t('noLimit')}
          isOptional
          value={caps.pointsPerSale}
          isDisabled={isDisabled}
          onCommit={(pointsPerSale) => change({ caps: { ...caps, pointsPerSale } })}
        />
        <SettingField
          label={t('field.capDay')}
          hint={t('noLimit')}
          isOptional
          value={caps.pointsPerDay}
          isDisabled={isDisabled}
          onCommit={(pointsPerDay) => change({ caps: { ...caps, pointsPerDay } })}
        />
      </div>
    </Card>
  );
}

function HowLong({ programme, change, isDisabled }: GroupProps): ReactNode {
  const { t } = useTranslation('programme');
  return (
    <Card title={t('terms.howLong')} className="settings-card">
      <div className="settings-pair">
        <SettingField
          label={t('field.pending')}
          hint={t('terms.pendingHint')}
          value={programme.pendingDays}
          isDisabled={isDisabled}
          onCommit={(value) => change({ pendingDays: value ?? 0 })}
        />
        <SettingField
          label={t('field.expiry')}
          hint={t('terms.expiryHint')}
          isOptional
          value={programme.expiryMonths}
          isDisabled={isDisabled}
          onCommit={(expiryMonths) => change({ expiryMonths })}
        />
        <SettingField
          label={t('field.warn')}
          hint={t('terms.warnHint')}
          value={programme.warnDays}
          isDisabled={isDisabled || programme.expiryMonths === null}
          onCommit={(value) => change({ warnDays: value ?? 0 })}
        />
      </div>
      <SelectField
        label={t('field.expiryRounding')}
        isDisabled={isDisabled || programme.expiryMonths === null}
        choices={choicesOf(['none', 'month', 'quarter', 'half-year', 'year'], (id) => t(`expiryRounding.${id}`))}
        value={programme.expiryRounding}
        onChange={(expiryRounding) => change({ expiryRounding })}
      />
      <SwitchField
        isSelected={programme.expirySlides}
        isDisabled={isDisabled || programme.expiryMonths === null}
        onChange={(expirySlides) => change({ expirySlides })}
      >
        {t('field.slides')}
      </SwitchField>
      {programme.expiryMonths !== null && programme.warnDays === 0 && (
        <p className="programme-warning">{t('terms.noWarning')}</p>
      )}
    </Card>
  );
}

function GivingBack({ programme, change, isDisabled }: GroupProps): ReactNode {
  const { t } = useTranslation('programme');
  const { pointValue } = programme;
  return (
    <Card title={t('terms.back')} className="settings-card">
      <SelectField
        label={t('field.negative')}
        hint={t(`negativeHint.${programme.negativeBalance}`)}
        isDisabled={isDisabled}
        choices={choicesOf(['ALLOW_NEGATIVE', 'FLOOR_AT_ZERO', 'DEDUCT_CASH'], (id) => t(`negative.${id}`))}
        value={programme.negativeBalance}
        onChange={(negativeBalance) => change({ negativeBalance })}
      />
      <div className="settings-pair">
        <SettingField
          label={t('field.refundGrace')}
          hint={t('terms.refundGraceHint')}
          value={programme.refundGraceDays}
          isDisabled={isDisabled}
          onCommit={(value) => change({ refundGraceDays: value ?? 0 })}
        />
        <SettingField
          label={t('field.lateAttach')}
          hint={t('terms.lateAttachHint')}
          value={programme.lateAttachDays}
          isDisabled={isDisabled}
          onCommit={(value) => change({ lateAttachDays: value ?? 0 })}
        />
      </div>
      <div className="settings-pair">
        <SettingField
          label={t('terms.valuePoints')}
          value={pointValue.points}
          isDisabled={isDisabled}
          onCommit={(points) => points !== null && change({ pointValue: { ...pointValue, points } })}
        />
        <SettingField
          label={t('terms.valueMoney')}
          hint={t('terms.valueHint')}
          isMoney
          value={pointValue.perMinor}
          isDisabled={isDisabled}
          onCommit={(perMinor) => perMinor !== null && change({ pointValue: { ...pointValue, perMinor } })}
        />
      </div>
    </Card>
  );
}

/** Which money earns, how long points last, and what happens when goods come back. */
export function TermsPart({ editing, isDisabled }: PartProps): ReactNode {
  const { programme, change } = editing;
  const given = { programme, change, isDisabled };
  return (
    <>
      <WhatEarns {...given} />
      <HowLong {...given} />
      <GivingBack {...given} />
    </>
  );
}
