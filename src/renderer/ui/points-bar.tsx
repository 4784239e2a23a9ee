import type { ReactNode } from 'react';
import './points-bar.css';

interface PointsBarProps {
  /** Points held before; solid. */
  readonly before: number;
  /** Points of this sale; striped. */
  readonly added?: number;
  /** Points at the end of the bar. */
  readonly goal: number;
  /** The bar in words, such as '2.606 of 2.750 points after this sale'. */
  readonly label: string;
}

/** Balance solid, this sale striped, the rest still to go. */
export function PointsBar({ before, added = 0, goal, label }: PointsBarProps): ReactNode {
  const scale = goal > 0 ? 100 / goal : 0;
  const solid = Math.min(100, Math.max(0, before * scale));
  const striped = Math.min(100 - solid, Math.max(0, added * scale));
  return (
    <div className="ui-points-bar" role="img" aria-label={label}>
      <i style={{ width: `${solid}%` }} />
      <i className="is-added" style={{ width: `${striped}%` }} />
    </div>
  );
}
