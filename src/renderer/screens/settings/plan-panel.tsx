import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { NumberField } from '../../ui/amount-field.tsx';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SwitchField } from '../../ui/choice-field.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { itemChoicesOf } from '../../ui/item-choices.ts';
import { ItemFilterFields } from '../../ui/item-filter-fields.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { PassPlan } from './plan-types.ts';
import { useSaving } from './use-save.ts';

interface PlanPanelProps {
  /** Null: a new one. */
  readonly plan: PassPlan | null;
  readonly mayEdit: boolean;
  readonly onClose: () => void;
}

/** What passes of a kind give: how many uses, for how long, and of which goods a use pays one piece. */
export function PlanPanel({ plan, mayEdit, onClose }: PlanPanelProps): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const catalogue = useQuery(useApi().catalogue.list.queryOptions({ withArchived: false })).data;
  const savePlan = useCommand(useApiClient().passes.savePlan);
  const saving = useSaving();
  const [name, setName] = useState(plan?.name ?? '');
  const [kind, setKind] = useState<PassPlan['kind']>(plan?.kind ?? 'package');
  const [units, setUnits] = useState<number | null>(plan?.terms.units ?? 10);
  const [days, setDays] = useState<number | null>(plan?.terms.days ?? null);
  const [filter, setFilter] = useState<PassPlan['terms']['filter']>(plan?.terms.filter ?? EVERY_ITEM);
  const [isActive, setIsActive] = useState(plan?.isActive ?? true);
  const isReady = name.trim() !== '' && units !== null && units > 0 && (days === null || days > 0);
  const store = async (): Promise<void> => {
    if (units === null) return;
    const known = plan === null ? {} : { planId: plan.planId, version: plan.version };
    const terms = { units, days, filter };
    if (await saving(savePlan.run({ ...known, name: name.trim(), kind, terms, isActive }))) onClose();
  };
  return (
    <SidePanel
      title={plan?.name ?? t('value.addPlan')}
      needsAnswer
      onClose={onClose}
      footer={
        mayEdit && (
          <Button kind="primary" isBusy={savePlan.isRunning} isDisabled={!isReady} onPress={() => void store()}>
            {t('common:save')}
          </Button>
        )
      }
    >
      <fieldset className="settings-form" disabled={!mayEdit}>
        <TextField
          label={t('value.planName')}
          placeholder={t('value.planExample')}
          maxLength={120}
          isDisabled={!mayEdit}
          value={name}
          onChange={setName}
        />
        <Segmented<PassPlan['kind']>
          label={t('value.planKind')}
          isWide
          value={kind}
          onChange={setKind}
          segments={[
            { id: 'package', label: t('value.kind.package') },
            { id: 'units', label: t('value.kind.units') },
          ]}
        />
        <p className="is-muted is-small">{t(`value.kindDetail.${kind}`)}</p>
        <div className="settings-pair">
          <NumberField label={t('value.uses')} value={units} isDisabled={!mayEdit} onChange={setUnits} />
          <NumberField
            label={t('value.endsAfter')}
            hint={t('value.endsAfterHint')}
            value={days}
            isDisabled={!mayEdit}
            onChange={setDays}
          />
        </div>
        <ItemFilterFields items={itemChoicesOf(catalogue)} filter={filter} isDisabled={!mayEdit} onChange={setFilter} />
        {plan !== null && (
          <SwitchField isSelected={isActive} isDisabled={!mayEdit} onChange={setIsActive}>
            {t('value.active')}
          </SwitchField>
        )}
        {plan !== null && <p className="is-muted is-small">{t('value.keepTerms')}</p>}
      </fieldset>
    </SidePanel>
  );
}
