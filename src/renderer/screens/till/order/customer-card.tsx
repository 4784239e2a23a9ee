import { useQuery } from '@tanstack/react-query';
import { ScanLine, Search, UserPlus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../ui/api-context.ts';
import { initialsOf } from '../../../ui/avatar.tsx';
import { useFormat } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { KeyCap } from '../../../ui/key-cap.tsx';
import { Points } from '../../../ui/points-text.tsx';
import { showUndo } from '../../../ui/toast.tsx';
import { openOverlay, removeCustomer, useTillState } from '../till-state.ts';

/** Invites a customer into the sale; never in the way of Charge. */
function AddCustomer({ points, isDisabled }: { points: number; isDisabled: boolean }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  return (
    <button
      type="button"
      className="order-customer-add"
      disabled={isDisabled}
      aria-keyshortcuts="F3"
      onClick={() => openOverlay({ kind: 'find-customer', text: '' })}
    >
      <span className="order-customer-add-icon">
        <UserPlus size={20} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span>
        <b>
          {points > 0 ? t('customer.addToEarn', { count: points, points: format.points(points) }) : t('customer.add')}
        </b>
        <small>{t('customer.addHow')}</small>
      </span>
      <KeyCap keys="F3" />
    </button>
  );
}

interface CustomerCardProps {
  readonly pointsIfCustomer: number;
  readonly mayChange: boolean;
}

/** Who the sale is for: name, balance, how and when identified. */
export function CustomerCard({ pointsIfCustomer, mayChange }: CustomerCardProps): ReactNode {
  const customerId = useTillState((state) => state.draft.customerId);
  return (
    <div className="order-customer">
      {customerId === null ? (
        <AddCustomer points={pointsIfCustomer} isDisabled={!mayChange} />
      ) : (
        <KnownCustomer customerId={customerId} mayChange={mayChange} />
      )}
    </div>
  );
}

function KnownCustomer({ customerId, mayChange }: { customerId: string; mayChange: boolean }): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const glimpse = useTillState((state) => state.glimpse);
  const ringBeat = useTillState((state) => state.ringBeat);
  const query = useQuery(api.customers.get.queryOptions({ customerId }));
  const glimpsed = glimpse?.customerId === customerId ? glimpse : null;
  const name = query.data?.displayName ?? glimpsed?.displayName ?? '…';
  const balance = query.data?.balance ?? glimpsed?.balance ?? null;
  const isBlocked = query.data?.status === 'blocked';

  const remove = (): void => {
    showUndo({ title: t('customer.removed', { name }), undoLabel: t('undo'), onUndo: removeCustomer() });
  };
  return (
    <>
      <div className="order-customer-row">
        <span className="order-customer-avatar" aria-hidden="true">
          {initialsOf(name)}
          {ringBeat > 0 && <span key={ringBeat} className="order-customer-ring" />}
        </span>
        <div className="order-customer-words">
          <div className="order-customer-name">
            <span>{name}</span>
          </div>
          <div className="order-customer-facts">
            {balance !== null && (
              <span>
                <b>
                  <Points points={balance} />
                </b>{' '}
                {t('customer.pointsWord', { count: balance })}
              </span>
            )}
            <HowIdentified />
          </div>
        </div>
        <IconButton
          label={t('customer.remove', { name })}
          icon={<X size={20} strokeWidth={1.75} />}
          isDisabled={!mayChange}
          onPress={remove}
        />
      </div>
      {isBlocked && (
        <p className="order-notice" data-tone="danger" role="alert">
          {t('customer.blocked')}
        </p>
      )}
    </>
  );
}

function HowIdentified(): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const by = useTillState((state) => state.draft.customerIdentifiedBy);
  const atMs = useTillState((state) => state.draft.customerIdentifiedAtMs);
  if (by === null || atMs === null) return null;
  const Icon = by === 'scan' ? ScanLine : by === 'search' ? Search : UserPlus;
  return (
    <span className="order-customer-how" data-by={by}>
      <Icon size={14} strokeWidth={2} aria-hidden="true" />
      {t(`customer.by.${by}`, { time: format.time(atMs) })}
    </span>
  );
}
