import { ArrowDownRight, ArrowUpRight, Equal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeBasisPoints } from '#shop/analytics/measures.ts';
import { useFormat } from '../../ui/format.ts';
import type { Measure, Question } from './today-data.ts';
import './number-card.css';

const LONG_TEXT = 15;
/** Changes are shown to a tenth of a percent. */
const BASIS_POINTS_SHOWN = 10;

interface FigureProps {
  readonly measure: Measure;
  readonly value: number | null;
  readonly isMoney: boolean;
  /** A word under the number where one card holds two. */
  readonly caption?: string;
  readonly onAsk: (question: Question) => void;
}

/** A number that opens its own explanation. It swaps in place when it changes and never counts up. */
export function Figure({ measure, value, isMoney, caption, onAsk }: FigureProps): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const full = value === null ? '–' : isMoney ? format.money(value) : format.number(value);
  const parts = value === null || !isMoney ? null : format.moneyParts(value, { isCompact: full.length > LONG_TEXT });
  return (
    <button type="button" className="analytics-value" title={full} onClick={() => onAsk({ measure })}>
      <b>
        <span key={full} className="analytics-swap">
          {parts === null
            ? full
            : parts.map((part) =>
                part.kind === 'symbol' ? (
                  <span key={part.kind} className="ui-money-symbol">
                    {part.text}
                  </span>
                ) : (
                  part.text
                ),
              )}
        </span>
      </b>
      {caption !== undefined && <small>{caption}</small>}
      <span className="is-hidden-visually"> {t('why.open', { name: t(`long.${measure}`) })}</span>
    </button>
  );
}

/** How far the number stands from yesterday's up to the same time. Shape and words say it; colour repeats. */
export function Change({ now, before }: { now: number; before: number }): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const exact = changeBasisPoints(before, now);
  if (exact === null) return null;
  const change = Math.round(exact / BASIS_POINTS_SHOWN) * BASIS_POINTS_SHOWN;
  const percent = format.percent(Math.abs(change));
  const tone = change === 0 ? 'same' : change > 0 ? 'up' : 'down';
  const Icon = tone === 'up' ? ArrowUpRight : tone === 'down' ? ArrowDownRight : Equal;
  return (
    <span className="analytics-change" data-tone={tone}>
      <Icon size={14} strokeWidth={2} aria-hidden="true" />
      <span aria-hidden="true">{percent}</span>
      <span className="is-hidden-visually">{t(`change.${tone}`, { percent })}</span>
    </span>
  );
}

interface NumberCardProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}

export function NumberCard({ title, children, foot }: NumberCardProps): ReactNode {
  return (
    <section className="ui-card analytics-number" aria-label={title}>
      <h3>{title}</h3>
      {children}
      {foot !== undefined && <div className="analytics-number-foot">{foot}</div>}
    </section>
  );
}
