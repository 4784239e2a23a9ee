import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countingUnitMinor } from '#shop/money/currency.ts';
import type { Reward } from '#shop/points/programme-rewards.ts';
import { newOperationId } from '../../../api.ts';
import { useShop } from '../../../ui/shop-context.ts';
import { replaced } from './earning-part.tsx';
import type { PartProps } from './part-props.ts';
import { RewardPanel } from './reward-panel.tsx';
import { SentenceList } from './sentence-list.tsx';
import { rewardText } from './words.ts';

/** What customers get for their points. */
export function RewardsPart({ editing, words, isDisabled }: PartProps): ReactNode {
  const { t } = useTranslation('programme');
  const { currency } = useShop();
  const [open, setOpen] = useState<{ readonly reward: Reward | null } | null>(null);
  const { programme, change } = editing;
  const { rewards } = programme;
  const close = (): void => setOpen(null);
  return (
    <>
      <SentenceList
        title={t('rewards')}
        emptyText={t('rewardsEmpty')}
        addLabel={t('reward.add')}
        items={rewards}
        idOf={(reward) => reward.rewardId}
        nameOf={(reward) => reward.name}
        textOf={(reward) => rewardText(words, reward)}
        isDisabled={isDisabled}
        onAdd={() => setOpen({ reward: null })}
        onOpen={(reward) => setOpen({ reward })}
      />
      {open !== null && (
        <RewardPanel
          reward={open.reward}
          newId={newOperationId}
          unitMinor={countingUnitMinor(currency)}
          words={words}
          levels={programme.tiers?.levels ?? []}
          onStore={(reward) => change({ rewards: replaced(rewards, reward, (each) => each.rewardId) })}
          onRemove={() => {
            change({ rewards: rewards.filter((each) => each !== open.reward) });
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}
