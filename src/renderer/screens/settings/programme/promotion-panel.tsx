import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { NO_LIMITS, type Promotion, promotionSchema } from '#shop/points/programme-rules.ts';
import type { TierLevel } from '#shop/points/programme-tiers.ts';
import { NumberField } from '../../../ui/amount-field.tsx';
import { Button } from '../../../ui/button.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ConditionFields } from './conditions-fields.tsx';
import { FilterFields } from './items-field.tsx';
import type { Loose } from './programme-types.ts';
import { promotionText, type Words } from './words.ts';

function emptyPromotion(promotionId: string): Loose<Promotion> {
  const conditions = { limits: NO_LIMITS, schedule: null, segmentIds: [], tierIds: [] };
  return { promotionId, name: '', multiplierBasisPoints: 20_000, filter: EVERY_ITEM, ...conditions };
}

interface PromotionPanelProps {
  readonly promotion: Promotion | null;
  readonly newId: () => string;
  readonly words: Words;
  readonly levels: readonly TierLevel[];
  readonly onStore: (promotion: Promotion) => boolean;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** More points for some items, at some times, for some tiers. */
export function PromotionPanel(props: PromotionPanelProps): ReactNode {
  const { promotion, newId, words, levels, onStore, onRemove, onClose } = props;
  const { t } = useTranslation('programme');
  const [draft, setDraft] = useState(() => promotion ?? emptyPromotion(newId()));
  const change = (part: Partial<Loose<Promotion>>): void => setDraft({ ...draft, ...part });
  const read = promotionSchema.safeParse(draft);
  const store = (): void => {
    if (read.success && onStore(read.data)) onClose();
  };
  return (
    <SidePanel
      title={promotion === null ? t('promotion.add') : t('promotion.edit')}
      needsAnswer
      onClose={onClose}
      footer={
        <>
          {promotion !== null && (
            <Button kind="ghost" onPress={onRemove}>
              {t('promotion.remove')}
            </Button>
          )}
          <Button kind="primary" isDisabled={!read.success} onPress={store}>
            {t('promotion.store')}
          </Button>
        </>
      }
    >
      <div className="settings-form">
        <p className="programme-sentence" role="status">
          {read.success ? promotionText(words, read.data) : t('incomplete')}
        </p>
        <TextField
          label={t('promotion.name')}
          value={draft.name}
          maxLength={80}
          onChange={(name) => change({ name })}
        />
        <NumberField
          label={t('promotion.multiplier')}
          hint={t('promotion.multiplierHint')}
          digits={4}
          value={draft.multiplierBasisPoints}
          onChange={(multiplierBasisPoints) => change({ multiplierBasisPoints })}
        />
        <FilterFields filter={draft.filter} onChange={(filter) => change({ filter })} />
        <ConditionFields conditions={draft} levels={levels} onChange={change} />
      </div>
    </SidePanel>
  );
}
