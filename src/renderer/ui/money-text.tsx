import type { ReactNode } from 'react';
import { type MoneyOptions, useFormat } from './format.ts';
import './money-text.css';

interface MoneyProps extends MoneyOptions {
  /** Integer minor units. */
  readonly minor: number;
  readonly className?: string;
}

/** The only component that writes money: region's grouping, minus before the sign, sign set quieter. */
export function Money({ minor, className, ...options }: MoneyProps): ReactNode {
  const format = useFormat();
  return (
    <span className={className === undefined ? 'ui-money' : `ui-money ${className}`}>
      {format.moneyParts(minor, options).map((part) =>
        part.kind === 'symbol' ? (
          <span key="symbol" className="ui-money-symbol">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}
