import type { ReactNode } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { amountSize } from './amount-size.ts';

interface TotalProps {
  readonly label: string;
  readonly minor: number;
  /** It stands above a more important amount. */
  readonly isLesser?: boolean;
}

/** An amount at the lower edge of the bill, readable from where a customer stands. */
export function Total({ label, minor, isLesser = false }: TotalProps): ReactNode {
  const format = useFormat();
  return (
    <p className={classNames('customer-total', isLesser ? 'is-lesser' : amountSize(format.money(minor)))}>
      <span>{label}</span>
      <Money minor={minor} />
    </p>
  );
}
