import type { ReactNode } from 'react';
import './sparkline.css';

/** A small line without axes; the number beside it carries the meaning, so it is hidden from speech. */
export function Sparkline({
  values,
  width = 84,
  height = 32,
}: {
  values: readonly number[];
  width?: number;
  height?: number;
}): ReactNode {
  if (values.length < 2) return null;
  const top = Math.max(...values);
  const bottom = Math.min(...values);
  const scale = top === bottom ? 0 : (height - 4) / (top - bottom);
  const points = values.map(
    (value, index) => [(index / (values.length - 1)) * width, height - 2 - (value - bottom) * scale] as const,
  );
  const last = points.at(-1);
  return (
    <svg className="ui-spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline
        points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        fill="none"
        stroke="var(--c1)"
        strokeWidth="2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {last !== undefined && <circle cx={last[0]} cy={last[1]} r="3" fill="var(--c1)" />}
    </svg>
  );
}
