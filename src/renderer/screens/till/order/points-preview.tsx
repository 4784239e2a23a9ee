import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointsPreview as Preview } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';
import { Points } from '../../../ui/points-text.tsx';

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

/** What the customer earns with this sale, from what, and what the balance becomes. */
export function PointsPreview({ points, name }: { points: Preview; name: string }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const parts = points.parts
    .map((part) => t(`points.part.${part.kind}`, { points: format.points(part.points) }))
    .join(' · ');
  const words = t('points.spoken', {
    count: points.points,
    points: format.points(points.points),
    balance: format.points(points.balanceAfter),
    name,
  });
  const announced = useAnnounced(words);
  const whole = Math.max(points.balanceAfter, points.balanceBefore, 1);
  return (
    <div className="order-points">
      <span className="order-points-big">
        <Points points={points.points} sign="always" />
      </span>
      <span className="order-points-words">
        <b>{t('points.forThisSale', { count: points.points })}</b>
        <span className="order-points-parts">{points.minimumMet ? parts : t('points.belowMinimum')}</span>
      </span>
      <span className="order-points-after">
        {t('points.balanceAfter')}
        <b>
          <Points points={points.balanceAfter} />
        </b>
      </span>
      <div className="order-points-bar" aria-hidden="true">
        <i style={{ width: `${(points.balanceBefore / whole) * 100}%` }} />
        <i style={{ width: `${(points.points / whole) * 100}%` }} />
      </div>
      <span className="is-hidden-visually" role="status">
        {announced}
      </span>
    </div>
  );
}
