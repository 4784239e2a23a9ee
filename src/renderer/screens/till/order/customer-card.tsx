import { useQuery } from '@tanstack/react-query';
import { Gift, ScanLine, Search, UserPlus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../ui/api-context.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { useCreditWords } from '../../../ui/credit-words.ts';
import { useFormat } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { KeyCap } from '../../../ui/key-cap.tsx';
import { Points } from '../../../ui/points-text.tsx';
import { useShop } from '../../../ui/shop-context.ts';
import { TierTag } from '../../../ui/tier-tag.tsx';
import { showUndo } from '../../../ui/toast.tsx';
import { openOverlay, removeCustomer, useTillState } from '../till-state.ts';
import type { TillPreview } from '../till-types.ts';
import { FittingStrip } from './fitting-strip.tsx';
import './customer-card.css';

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
  readonly preview: TillPreview | null;
  readonly mayChange: boolean;
}

/** Who the sale is for: name, balance, how and when identified. */
export function CustomerCard({ preview, mayChange }: CustomerCardProps): ReactNode {
  const customerId = useTillState((state) => state.draft.customerId);
  return (
    <div className="order-customer">
      {customerId === null ? (
        <AddCustomer points={preview?.pointsIfCustomer ?? 0} isDisabled={!mayChange} />
      ) : (
        <KnownCustomer customerId={customerId} preview={preview} mayChange={mayChange} />
      )}
    </div>
  );
}

/** What the customer could pay with credit: as the sale counts it, and before its first line as the account stands. */
function useAvailableCredit(customerId: string, preview: TillPreview | null): number {
  const position = useQuery({
    ...useApi().credit.position.queryOptions({ customerId }),
    enabled: preview === null,
  });
  if (preview === null) return position.data?.status === 'frozen' ? 0 : (position.data?.availableMinor ?? 0);
  return preview.credit.find(({ kind, isFrozen }) => kind === 'credit' && !isFrozen)?.availableMinor ?? 0;
}

interface KnownCustomerProps extends CustomerCardProps {
  readonly customerId: string;
}

function KnownCustomer({ customerId, preview, mayChange }: KnownCustomerProps): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const glimpse = useTillState((state) => state.glimpse);
  const ringBeat = useTillState((state) => state.ringBeat);
  const query = useQuery(api.customers.get.queryOptions({ customerId }));
  const glimpsed = glimpse?.customerId === customerId ? glimpse : null;
  const name = query.data?.displayName ?? glimpsed?.displayName ?? '…';
  const balance = query.data?.balance ?? glimpsed?.balance ?? null;
  const tier = preview?.points == null ? null : preview.programmes[0]?.tier;
  const creditWords = useCreditWords();
  const isNamed = useShop().creditName !== null;
  const availableMinor = useAvailableCredit(customerId, preview);
  const isBlocked = query.data?.status === 'blocked';

  const remove = (): void => {
    showUndo({ title: t('customer.removed', { name }), undoLabel: t('undo'), onUndo: removeCustomer() });
  };
  return (
    <>
      <div className="order-customer-row">
        <span className="order-customer-face">
          <Avatar name={name} size={48} metal={tier?.metal} />
          {ringBeat > 0 && <span key={ringBeat} className="order-customer-ring" />}
        </span>
        <div className="order-customer-words">
          <div className="order-customer-name">
            <span>{name}</span>
            {tier != null && tier.threshold > 0 && <TierTag tier={tier} />}
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
            {availableMinor > 0 && (
              <span>
                <b>{creditWords.amount(availableMinor)}</b>
                {isNamed ? '' : ` ${creditWords.name}`}
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
      {!isBlocked && mayChange && <FittingStrip fitting={preview?.fitting ?? []} />}
      {!isBlocked && <ClaimableReward preview={preview} mayChange={mayChange} />}
      {isBlocked && (
        <p className="till-notice" data-tone="danger" role="alert">
          {t('customer.blocked')}
        </p>
      )}
    </>
  );
}

/** Lights up when a reward can be claimed on this sale and none is taken yet (T19). */
function ClaimableReward({ preview, mayChange }: CustomerCardProps): ReactNode {
  const { t } = useTranslation('rewards');
  const hasTaken = useTillState((state) => state.draft.redemptions.length > 0);
  const rewards = preview?.programmes.flatMap((each) => each.rewards) ?? [];
  const claimable = rewards.filter((reward) => reward.isAvailable);
  const [first] = claimable;
  if (first === undefined || hasTaken || !mayChange) return null;
  return (
    <p className="order-claim" role="status">
      <Gift size={18} strokeWidth={1.75} aria-hidden="true" />
      <span>
        {claimable.length === 1 && first.name !== ''
          ? t('claimOne', { name: first.name })
          : t('claimSome', { count: claimable.length })}
      </span>
      <Button size="small" keys="F6" onPress={() => openOverlay({ kind: 'rewards' })}>
        {t('see')}
      </Button>
    </p>
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
