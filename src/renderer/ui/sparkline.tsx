import type { ReactNode } from 'react';
import './bar-chart.css';

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

/** Small bars in a row, as visits per week; the last `strong` stand out. */
export function SmallBars({
  values,
  label,
  strong = 4,
  height = 46,
}: {
  values: readonly number[];
  label: string;
  strong?: number;
  height?: number;
}): ReactNode {
  const top = Math.max(1, ...values);
  const step = 11;
  return (
    <svg
      width="100%"
      height={height}
      viewBox={`0 0 ${values.length * step} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {values.map((value, index) => {
        const tall = Math.max(2, (value / top) * (height - 4));
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the week is the place in the row
            key={index}
            x={index * step}
            y={height - tall}
            width="8"
            height={tall}
            rx="2.5"
            fill={index >= values.length - strong ? 'var(--accent)' : 'var(--accent-line)'}
          />
        );
      })}
    </svg>
  );
}
