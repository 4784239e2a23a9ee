import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Formatter, useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { axisMarks, type HourFigure } from './hour-scale.ts';

const LEFT = 48;
const RIGHT = 4;
const TOP = 12;
const BOTTOM = 26;

interface Size {
  readonly width: number;
  readonly height: number;
}

function useSize(): [React.RefObject<HTMLDivElement | null>, Size] {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 640, height: 260 });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}

export function hourText(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}

interface HoursChartProps {
  readonly hours: readonly HourFigure[];
  readonly onAsk: (hour: number) => void;
}

/** Bars of sales by hour. One tab stop; arrow keys, pointer and touch move one marker, Enter or a click asks why. */
export function HoursChart({ hours, onAsk }: HoursChartProps): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const [ref, { width, height }] = useSize();
  const [marked, setMarked] = useState<number | null>(null);
  const marks = axisMarks(Math.max(...hours.map((figure) => figure.salesMinor)));
  const top = marks.at(-1) || 1;
  const plot = { width: Math.max(0, width - LEFT - RIGHT), height: Math.max(0, height - TOP - BOTTOM) };
  const step = plot.width / hours.length;
  const yOf = (minor: number): number => TOP + plot.height * (1 - Math.max(0, minor) / top);
  const current = marked === null ? null : (hours[Math.min(marked, hours.length - 1)] ?? null);
  const say = (figure: HourFigure): string =>
    t('hours.point', {
      from: hourText(figure.hour),
      to: hourText(figure.hour + 1),
      amount: format.money(figure.salesMinor),
      sales: t('hours.count', { count: figure.salesCount }),
    });
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = marked ?? hours.length;
    const moves: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: marked === null ? 0 : at + 1,
      Home: 0,
      End: hours.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setMarked(Math.max(0, Math.min(hours.length - 1, next)));
    } else if (event.key === 'Enter' && current !== null) {
      event.preventDefault();
      onAsk(current.hour);
    } else if (event.key === 'Escape') setMarked(null);
  };
  const first = hours[0]?.hour ?? 0;
  const last = (hours.at(-1)?.hour ?? 0) + 1;
  return (
    <div
      ref={ref}
      className="analytics-chart"
      // A slider speaks its value on every arrow key, which is what reading a chart point by point needs.
      role="slider"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('hours.chart', { from: hourText(first), to: hourText(last) })}
      aria-valuemin={0}
      aria-valuemax={hours.length - 1}
      aria-valuenow={marked ?? hours.length - 1}
      aria-valuetext={say(current ?? hours.at(-1) ?? { hour: 0, salesMinor: 0, salesCount: 0 })}
      onKeyDown={onKeyDown}
      onPointerLeave={() => setMarked(null)}
      onBlur={() => setMarked(null)}
    >
      <svg aria-hidden="true">
        {marks.map((mark) => (
          <g key={mark}>
            <line
              className={mark === 0 ? 'analytics-base' : 'analytics-grid'}
              x1={LEFT}
              x2={width - RIGHT}
              y1={yOf(mark)}
              y2={yOf(mark)}
            />
            <text className="analytics-axis" x={LEFT - 8} y={yOf(mark) + 4} textAnchor="end">
              {mark === 0 ? '0' : axisText(format, mark)}
            </text>
          </g>
        ))}
        {hours.map((figure, index) => {
          const x = LEFT + index * step;
          const wide = Math.min(44, step * 0.66);
          const y = yOf(figure.salesMinor);
          return (
            <g key={figure.hour}>
              {figure.salesMinor > 0 && (
                <path
                  className="analytics-mark"
                  data-dim={marked !== null && marked !== index}
                  d={roundedBar(x + (step - wide) / 2, y, wide, TOP + plot.height - y)}
                />
              )}
              {(step >= 30 || index % 2 === 0) && (
                <text className="analytics-axis" x={x + step / 2} y={height - 6} textAnchor="middle">
                  {String(figure.hour).padStart(2, '0')}
                </text>
              )}
              {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer shortcut; the keyboard uses the chart's own arrow keys and Enter */}
              <rect
                className="analytics-hit"
                x={x}
                y={TOP}
                width={step}
                height={plot.height}
                onPointerEnter={() => setMarked(index)}
                onPointerDown={() => setMarked(index)}
                onClick={() => onAsk(figure.hour)}
              />
            </g>
          );
        })}
      </svg>
      {current !== null && marked !== null && (
        <div
          className="analytics-tip"
          aria-hidden="true"
          style={{
            left: Math.max(90, Math.min(width - 90, LEFT + (marked + 0.5) * step)),
            top: Math.max(0, yOf(current.salesMinor) - 66),
          }}
        >
          <b>
            {hourText(current.hour)} – {hourText(current.hour + 1)}
          </b>
          <dl>
            <dt>{t('hours.sales')}</dt>
            <dd>
              <Money minor={current.salesMinor} />
            </dd>
            <dt>{t('hours.number')}</dt>
            <dd>{format.number(current.salesCount)}</dd>
          </dl>
        </div>
      )}
    </div>
  );
}

/** '200 k': the axis says how much, the tip says in what. */
function axisText(format: Formatter, minor: number): string {
  const parts = format.moneyParts(minor, { isCompact: true }).filter((part) => part.kind === 'text');
  return parts
    .map((part) => part.text)
    .join('')
    .trim();
}

/** A bar with a rounded top, flat on the base line. */
function roundedBar(x: number, y: number, width: number, height: number): string {
  const radius = Math.min(5, height, width / 2);
  return `M${x} ${y + height}V${y + radius}q0 ${-radius} ${radius} ${-radius}h${width - 2 * radius}q${radius} 0 ${radius} ${radius}V${y + height}Z`;
}
