import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { announce } from './toast.tsx';
import './bar-chart.css';

export interface Bar {
  readonly id: string;
  /** Under the bar, '09'. */
  readonly label: string;
  readonly value: number;
  /** In the tip and spoken: '09:00, ₲ 185.000, 4 sales'. */
  readonly spoken: string;
  readonly isQuiet?: boolean;
}

interface BarChartProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** Height of the drawing in pixels. */
  readonly height?: number;
  /** Writes the value of an axis line. */
  readonly axisText?: (value: number) => string;
  readonly onOpen?: (bar: Bar) => void;
}

/** The smallest of 1, 2, 2.5 or 5 times a power of ten that is not below `value`. */
function niceTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((top) => top >= value) ?? value;
}

/** Vertical bars; one tab stop, arrows move bar to bar and speak it, Enter opens. Show a table beside it. */
export function BarChart({ label, bars, height = 180, axisText, onOpen }: BarChartProps): ReactNode {
  const [marked, setMarked] = useState<number | null>(null);
  const top = niceTop(Math.max(0, ...bars.map((bar) => bar.value)));
  const move = (event: KeyboardEvent): void => {
    const at = marked ?? -1;
    const goal = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: bars.length - 1 }[event.key];
    const bar = marked === null ? undefined : bars[marked];
    if (event.key === 'Enter' && bar !== undefined) onOpen?.(bar);
    if (goal === undefined) return;
    event.preventDefault();
    const next = Math.min(bars.length - 1, Math.max(0, goal));
    setMarked(next);
    announce(bars[next]?.spoken ?? '');
  };
  const tip = marked === null ? undefined : bars[marked];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls, these are bars
    <div
      className="ui-bars"
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one tab stop per chart, arrows move inside it
      tabIndex={0}
      onKeyDown={move}
      onBlur={() => setMarked(null)}
      onPointerLeave={() => setMarked(null)}
    >
      <div className="ui-bars-plot" style={{ height: `${height}px` }}>
        {[1, 0.5, 0].map((share) => (
          <span key={share} className="ui-bars-line" style={{ bottom: `${share * 100}%` }}>
            <em>{axisText?.(top * share) ?? ''}</em>
          </span>
        ))}
        <div className="ui-bars-row">
          {bars.map((bar, index) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: keys are handled by the group around the bars
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the group around the bars
            <span
              key={bar.id}
              className="ui-bars-slot"
              onPointerEnter={() => setMarked(index)}
              onClick={() => onOpen?.(bar)}
            >
              <i
                className={[bar.isQuiet === true ? 'is-quiet' : '', marked === index ? 'is-marked' : ''].join(' ')}
                style={{ height: `${Math.max(bar.value > 0 ? 2 : 0, (bar.value / top) * 100)}%` }}
              />
            </span>
          ))}
        </div>
        {tip !== undefined && marked !== null && (
          <span className="ui-bars-tip" style={{ left: `${((marked + 0.5) / bars.length) * 100}%` }} aria-hidden="true">
            {tip.spoken}
          </span>
        )}
      </div>
      <div className="ui-bars-labels" aria-hidden="true">
        {bars.map((bar) => (
          <span key={bar.id}>{bar.label}</span>
        ))}
      </div>
    </div>
  );
}
