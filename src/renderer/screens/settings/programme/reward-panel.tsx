import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { type Reward, rewardSchema } from '#shop/points/programme-rewards.ts';
import type { TierLevel } from '#shop/points/programme-tiers.ts';
import { MoneyField, NumberField } from '../../../ui/amount-field.tsx';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/choice-field.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { TierFields } from './conditions-fields.tsx';
import { FilterFields } from './items-field.tsx';
import type { Loose } from './programme-types.ts';
import { rewardText, type Words } from './words.ts';

type RewardDraft = Loose<Reward>;
type Kind = Reward['kind'];

const KINDS: readonly Kind[] = ['rate', 'fixed', 'percentage', 'free-product', 'free-choice', 'cheapest-item'];

function emptyReward(kind: Kind, rewardId: string, unitMinor: number): RewardDraft {
  const common = { rewardId, name: '', minimumSpendMinor: 0, filter: EVERY_ITEM, tierIds: [] };
  if (kind === 'rate') {
    const bounds = { minimumPoints: 0, maximumPoints: null, maxShareBasisPoints: 10_000 };
    return { kind, ...common, pointsPerStep: 50, minorPerStep: unitMinor, ...bounds };
  }
  const priced = { ...common, pricePoints: 100 };
  if (kind === 'fixed') return { kind, ...priced, amountMinor: unitMinor * 10 };
  if (kind === 'percentage') return { kind, ...priced, rateBasisPoints: 1_000, capMinor: null };
  if (kind === 'free-product') return { kind, ...priced, units: 1 };
  return kind === 'free-choice' ? { kind, ...priced } : { kind, ...priced, rateBasisPoints: 10_000 };
}

interface PartProps {
  readonly reward: RewardDraft;
  readonly onChange: (part: object) => void;
}

function RateFields({ reward, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('programme');
  if (reward.kind !== 'rate') return null;
  return (
    <div className="settings-pair">
      <NumberField
        label={t('reward.pointsPerStep')}
        value={reward.pointsPerStep}
        onChange={(pointsPerStep) => onChange({ pointsPerStep })}
      />
      <MoneyField
        label={t('reward.minorPerStep')}
        minor={reward.minorPerStep}
        onChange={(minorPerStep) => onChange({ minorPerStep })}
      />
      <NumberField
        label={t('reward.minimumPoints')}
        value={reward.minimumPoints}
        onChange={(minimumPoints) => onChange({ minimumPoints: minimumPoints ?? 0 })}
      />
      <NumberField
        label={t('reward.maximumPoints')}
        hint={t('noLimit')}
        value={reward.maximumPoints}
        onChange={(maximumPoints) => onChange({ maximumPoints })}
      />
      <NumberField
        label={t('reward.share')}
        digits={2}
        suffix="%"
        value={reward.maxShareBasisPoints}
        onChange={(maxShareBasisPoints) => onChange({ maxShareBasisPoints })}
      />
    </div>
  );
}

function PricedFields({ reward, onChange }: PartProps): ReactNode {
  const { t } = useTranslation('programme');
  if (reward.kind === 'rate') return null;
  return (
    <div className="settings-pair">
      <NumberField
        label={t('reward.price')}
        value={reward.pricePoints}
        onChange={(pricePoints) => onChange({ pricePoints })}
      />
      {reward.kind === 'fixed' && (
        <MoneyField
          label={t('reward.amount')}
          minor={reward.amountMinor}
          onChange={(amountMinor) => onChange({ amountMinor })}
        />
      )}
      {(reward.kind === 'percentage' || reward.kind === 'cheapest-item') && (
        <NumberField
          label={t('reward.rate')}
          digits={2}
          suffix="%"
          value={reward.rateBasisPoints}
          onChange={(rateBasisPoints) => onChange({ rateBasisPoints })}
        />
      )}
      {reward.kind === 'percentage' && (
        <MoneyField
          label={t('reward.cap')}
          hint={t('noLimit')}
          minor={reward.capMinor}
          onChange={(capMinor) => onChange({ capMinor })}
        />
      )}
      {reward.kind === 'free-product' && (
        <NumberField label={t('reward.units')} value={reward.units} onChange={(units) => onChange({ units })} />
      )}
    </div>
  );
}

interface RewardPanelProps {
  readonly reward: Reward | null;
  readonly newId: () => string;
  readonly unitMinor: number;
  readonly words: Words;
  readonly levels: readonly TierLevel[];
  readonly onStore: (reward: Reward) => boolean;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** One reward, of any kind, with its sentence as it will stand. */
export function RewardPanel(props: RewardPanelProps): ReactNode {
  const { reward, newId, unitMinor, words, levels, onStore, onRemove, onClose } = props;
  const { t } = useTranslation('programme');
  const [draft, setDraft] = useState<RewardDraft>(() => reward ?? emptyReward('free-product', newId(), unitMinor));
  const change = (part: object): void => setDraft({ ...draft, ...part } as RewardDraft);
  const read = rewardSchema.safeParse(draft);
  const store = (): void => {
    if (read.success && onStore(read.data)) onClose();
  };
  return (
    <SidePanel
      title={reward === null ? t('reward.add') : t('reward.edit')}
      needsAnswer
      onClose={onClose}
      footer={
        <>
          {reward !== null && (
            <Button kind="ghost" onPress={onRemove}>
              {t('reward.remove')}
            </Button>
          )}
          <Button kind="primary" isDisabled={!read.success} onPress={store}>
            {t('reward.store')}
          </Button>
        </>
      }
    >
      <div className="settings-form">
        <p className="programme-sentence" role="status">
          {read.success ? rewardText(words, read.data) : t('incomplete')}
        </p>
        <SelectField
          label={t('reward.kind')}
          isDisabled={reward !== null}
          choices={KINDS.map((id) => ({ id, label: t(`reward.kinds.${id}`) }))}
          value={draft.kind}
          onChange={(kind) => setDraft(emptyReward(kind, draft.rewardId, unitMinor))}
        />
        <TextField
          label={t('reward.name')}
          hint={t('reward.nameHint')}
          value={draft.name}
          maxLength={80}
          onChange={(name) => change({ name })}
        />
        <RateFields reward={draft} onChange={change} />
        <PricedFields reward={draft} onChange={change} />
        <FilterFields filter={draft.filter} onChange={(filter) => change({ filter })} />
        <MoneyField
          label={t('reward.minimum')}
          hint={t('rule.minimumHint')}
          minor={draft.minimumSpendMinor}
          onChange={(minimum) => change({ minimumSpendMinor: minimum ?? 0 })}
        />
        <TierFields tierIds={draft.tierIds} levels={levels} onChange={(tierIds) => change({ tierIds })} />
      </div>
    </SidePanel>
  );
}
