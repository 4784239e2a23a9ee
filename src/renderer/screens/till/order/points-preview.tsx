import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { Points } from '../../../ui/points-text.tsx';
import { openOverlay } from '../till-state.ts';
import type { ProgrammePreview } from '../till-types.ts';
import './points-preview.css';

const ANNOUNCE_AFTER_MS = 500;

/** The text as it stood when it last stayed the same for half a second: what a screen reader should hear. */
export function useAnnounced(text: string): string {
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAnnounced(text), ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return announced;
}

/** What the customer earns with this sale, from what, what rewards cost, and what is missing for the next one. */
export function PointsPreview({ programme, name }: { programme: ProgrammePreview; name: string }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const { points, balanceBefore, redeemedPoints, balanceAfter, tierAfter, nextReward } = programme;
  const tierWords = tierAfter === null ? '' : t('points.reaches', { name, tier: tierAfter.name });
  const words = t('points.spoken', {
    count: points,
    points: format.points(points),
    balance: format.points(balanceAfter),
    name,
  });
  const announced = useAnnounced([words, tierWords].filter(Boolean).join('. '));
  // Full is the reward that the words beside it name; without one, the balance that goes down or up.
  const whole = Math.max(nextReward?.pointsNeeded ?? balanceBefore, balanceAfter, 1);
  const share = (part: number): string => `${(Math.max(0, part) / whole) * 100}%`;
  return (
    <div className="till-points order-points">
      <button type="button" className="till-points-big order-points-why" onClick={() => openOverlay({ kind: 'why' })}>
        <Points points={points} sign="always" />
        <span className="is-hidden-visually">{t('points.why')}</span>
      </button>
      <span className="till-points-words">
        <b>{t('points.forThisSale', { count: points })}</b>
        <span className="order-points-parts">
          <Parts programme={programme} />
        </span>
      </span>
      <After programme={programme} />
      <div className="order-points-bar" aria-hidden="true">
        <i style={{ width: share(balanceBefore - redeemedPoints) }} />
        <i style={{ width: share(Math.min(points, balanceAfter)) }} />
      </div>
      {tierAfter !== null && (
        <b className="order-points-tier" data-metal={tierAfter.metal}>
          {t('points.tierAfter', { tier: tierAfter.name })}
        </b>
      )}
      <span className="is-hidden-visually" role="status">
        {announced}
      </span>
    </div>
  );
}

/** "90 base · 45 Gold · 21 pastries", and what the rewards taken cost. */
function Parts({ programme }: { programme: ProgrammePreview }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const { parts, minimumMet, redeemedPoints } = programme;
  const earned = minimumMet
    ? parts.map(({ kind, points, name }) =>
        kind === 'base' || name === ''
          ? t(`points.part.${kind}`, { points: format.points(points) })
          : `${format.points(points)} ${name}`,
      )
    : [t('points.belowMinimum')];
  const spent = redeemedPoints > 0 ? [t('points.part.spent', { points: format.points(-redeemedPoints) })] : [];
  return [...earned, ...spent].join(' · ');
}

/** What is missing for the next reward; the new balance where there is none. */
function After({ programme }: { programme: ProgrammePreview }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const { nextReward, balanceAfter } = programme;
  if (nextReward === null || nextReward.name === '') {
    return (
      <span className="till-points-after">
        {t('points.balanceAfter')}
        <b>
          <Points points={balanceAfter} />
        </b>
      </span>
    );
  }
  return (
    <span className="till-points-after">
      {t('points.toGo', { count: nextReward.pointsMissing, points: format.points(nextReward.pointsMissing) })}
      <b>{nextReward.name}</b>
    </span>
  );
}
