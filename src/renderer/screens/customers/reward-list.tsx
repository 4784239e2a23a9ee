import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Points } from '../../ui/points-text.tsx';
import type { Position } from './customers-data.ts';
import './customer-lots.css';

/** The rewards of the main programme: those that the points reach, and what is missing for the others. */
export function RewardList({ position }: { position: Position }): ReactNode {
  const { t } = useTranslation('customers');
  const rewards = position.programmes[0]?.rewards ?? [];
  const ready = rewards
    .filter((reward) => reward.pointsMissing === 0)
    .toSorted((one, other) => one.pointsNeeded - other.pointsNeeded);
  const later = rewards
    .filter((reward) => reward.pointsMissing > 0)
    .toSorted((one, other) => one.pointsMissing - other.pointsMissing);
  return (
    <>
      <RewardGroup title={t('rewards.now')} rewards={ready} />
      <RewardGroup title={t('rewards.later')} rewards={later} />
    </>
  );
}

function RewardGroup({
  title,
  rewards,
}: {
  title: string;
  rewards: readonly Position['programmes'][number]['rewards'][number][];
}): ReactNode {
  const { t } = useTranslation(['customers', 'rewards']);
  const format = useFormat();
  if (rewards.length === 0) return null;
  return (
    <>
      <h3 className="customer-lots-group">{title}</h3>
      <ul aria-label={title}>
        {rewards.map((reward) => (
          <li key={reward.rewardId} className="customer-lot" data-ready={reward.pointsMissing === 0}>
            <div className="customer-lot-stub">
              <Points points={reward.pointsNeeded} />
              <small>{t('lots.points')}</small>
            </div>
            <div className="customer-lot-text">
              <b>{reward.name === '' ? t(`rewards:kind.${reward.kind}`) : reward.name}</b>
              <span>
                {reward.pointsMissing === 0
                  ? t('rewards.ready')
                  : t('rewards:missing', {
                      count: reward.pointsMissing,
                      points: format.points(reward.pointsMissing),
                    })}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
