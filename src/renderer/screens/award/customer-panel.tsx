import { Ban, Check, ScanLine, Search, User } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { useKeys } from '../../ui/keys.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { TierTag } from '../../ui/tier-tag.tsx';
import { useAwardCustomer, useMainPosition } from './award-data.ts';
import { chooseCustomer, useAwardDraft } from './award-state.ts';
import { CustomerFinder } from './customer-finder.tsx';
import './customer-panel.css';

/** Panel 1: who gets the points. A scan fills it from anywhere; F3 opens the search. */
export function CustomerPanel({ onChosen }: { onChosen: () => void }): ReactNode {
  const { t } = useTranslation('award');
  const draft = useAwardDraft();
  const customer = useAwardCustomer(draft.customerId);
  const [isChanging, setIsChanging] = useState(false);
  const [asked, setAsked] = useState(0);
  const isKnown = draft.customerId !== null;
  const ask = (): void => {
    setIsChanging(isKnown);
    setAsked(asked + 1);
  };
  useKeys({ F3: ask });
  useEffect(() => {
    if (draft.identifiedAtMs !== null) setIsChanging(false);
  }, [draft.identifiedAtMs]);
  const choose = (customerId: string): void => {
    chooseCustomer(customerId, 'search', Date.now());
    setIsChanging(false);
    onChosen();
  };
  return (
    <section
      className="ui-card award-customer"
      aria-label={t('customer.step')}
      data-known={isKnown && !isChanging}
      data-scanned={draft.identifiedBy === 'scan'}
      key={draft.identifiedAtMs}
    >
      <div className="award-row">
        <h2 className="award-step" data-done={isKnown}>
          <i aria-hidden="true">{isKnown ? <Check size={16} strokeWidth={2.5} /> : '1'}</i>
          {t('customer.step')}
        </h2>
        {isKnown && !isChanging && <IdentifiedTag />}
      </div>
      {!isKnown || isChanging ? (
        <CustomerFinder
          asked={asked}
          onChoose={choose}
          onCancel={
            isKnown
              ? () => {
                  setIsChanging(false);
                  onChosen();
                }
              : null
          }
        />
      ) : customer.data === undefined ? (
        <div className="award-find">
          {customer.isError ? (
            <p className="award-find-hint">{t('customer.gone')}</p>
          ) : (
            <Skeleton rows={1} shape="person" />
          )}
        </div>
      ) : (
        <KnownCustomer customer={customer.data} onChange={ask} />
      )}
    </section>
  );
}

function IdentifiedTag(): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const { identifiedBy, identifiedAtMs } = useAwardDraft();
  if (identifiedAtMs === null) return null;
  const isScan = identifiedBy === 'scan';
  return (
    <Tag
      tone={isScan ? 'success' : 'neutral'}
      icon={isScan ? <ScanLine size={14} aria-hidden="true" /> : <Search size={14} aria-hidden="true" />}
    >
      {t(isScan ? 'customer.scanned' : 'customer.found', { time: format.time(identifiedAtMs) })}
    </Tag>
  );
}

function KnownCustomer({
  customer,
  onChange,
}: {
  customer: NonNullable<ReturnType<typeof useAwardCustomer>['data']>;
  onChange: () => void;
}): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const tier = useMainPosition(customer.customerId)?.tier ?? null;
  return (
    <>
      <div className="award-who">
        <Avatar name={customer.displayName} size={56} metal={tier?.metal} />
        <div>
          <div className="award-name">{customer.displayName}</div>
          <div className="award-code">
            {customer.status === 'blocked' && (
              <Tag tone="danger" icon={<Ban size={14} aria-hidden="true" />}>
                {t('customer.blocked')}
              </Tag>
            )}
            {tier !== null && tier.threshold > 0 && <TierTag tier={tier} />}
            {formatCode(customer.code)}
          </div>
        </div>
      </div>
      <dl className="award-facts">
        <dt>{t('customer.balance')}</dt>
        <dd>{t('customer.points', { points: format.points(customer.balance) })}</dd>
        <dt>{t('customer.lastVisit')}</dt>
        <dd>
          {customer.stats.lastVisitAtMs === null ? (
            t('customer.never')
          ) : (
            <DateText atMs={customer.stats.lastVisitAtMs} />
          )}
        </dd>
      </dl>
      <Button
        isFullWidth
        size="counter"
        keys="F3"
        icon={<User size={18} strokeWidth={1.75} aria-hidden="true" />}
        onPress={onChange}
      >
        {t('customer.change')}
      </Button>
    </>
  );
}
