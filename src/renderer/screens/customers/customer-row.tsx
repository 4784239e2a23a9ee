import { Ban, ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Points } from '../../ui/points-text.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { FoundCustomer } from './customers-data.ts';

interface CustomerRowProps {
  readonly id: string;
  readonly customer: FoundCustomer;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onOpen: () => void;
}

/** One customer of the list. The search field owns the keys; the pointer opens. */
export function CustomerRow({ id, customer, isActive, onPoint, onOpen }: CustomerRowProps): ReactNode {
  const { t } = useTranslation('customers');
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox that owns this list handles the keys
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className="customers-row"
      onClick={onOpen}
      onPointerDown={onPoint}
    >
      <Avatar name={customer.displayName} />
      <div>
        <b>
          <span>{customer.displayName}</span>
          {customer.status === 'blocked' && (
            <Tag tone="danger" icon={<Ban size={14} aria-hidden="true" />}>
              {t('search.blocked')}
            </Tag>
          )}
        </b>
        <small>{formatCode(customer.code)}</small>
      </div>
      <span className="customers-dim">{customer.phoneNational ?? customer.email ?? '–'}</span>
      <span className="customers-points">
        <Points points={customer.balance} />
      </span>
      <span className="customers-dim">
        {customer.lastVisitAtMs === null ? t('search.never') : <DateText atMs={customer.lastVisitAtMs} />}
      </span>
      <ChevronRight size={18} strokeWidth={1.75} aria-hidden="true" />
    </div>
  );
}
