import type { ReactNode } from 'react';
import { useFormat } from './format.ts';
import './money-text.css';

/** Points as a grouped whole number; `sign="always"` for what was earned. Add the word "points" beside it. */
export function Points({ points, sign = 'auto' }: { points: number; sign?: 'auto' | 'always' }): ReactNode {
  return <span className="ui-points-text">{useFormat().points(points, { sign })}</span>;
}
