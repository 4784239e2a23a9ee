import type { ReactNode } from 'react';
import './count-bars.css';

/** One bar: a count with its name, and a word beside it such as its share of the bar before. */
export interface CountBar {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly note?: string | null;
}

interface CountBarsProps {
  readonly label: string;
  readonly bars: readonly CountBar[];
  /** Draws the root of the count, so that a long tail stays visible; the numbers carry the truth. */
  readonly isCompressed?: boolean;
  /** What a full bar stands for; left out: the longest of them. */
  readonly whole?: number;
}

/** Counts as bars under one another. It is a list first: everything that it says is text. */
export function CountBars({ label, bars, isCompressed = false, whole = 0 }: CountBarsProps): ReactNode {
  const lengthOf = (value: number): number => (isCompressed ? Math.sqrt(value) : value);
  const longest = Math.max(...bars.map(({ value }) => lengthOf(value)), lengthOf(whole), 1);
  return (
    <ul className="ui-bars" aria-label={label}>
      {bars.map(({ id, label: name, value, text, note }) => (
        <li key={id}>
          <span>{name}</span>
          <b>{text}</b>
          <i aria-hidden="true">
            <i style={{ width: `${(100 * lengthOf(value)) / longest}%` }} />
          </i>
          {note !== undefined && note !== null && <small>{note}</small>}
        </li>
      ))}
    </ul>
  );
}
