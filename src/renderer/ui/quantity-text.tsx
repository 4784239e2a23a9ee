import type { ReactNode } from 'react';
import { useFormat } from './format.ts';
import './money-text.css';

/** Thousandths of a unit: '2' for whole units, '0,350' for weights. */
export function Quantity({ thousandths }: { thousandths: number }): ReactNode {
  return <span className="ui-quantity">{useFormat().quantity(thousandths)}</span>;
}
