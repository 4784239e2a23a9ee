import { ArrowRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { openCustomer } from './customer-links.ts';
import { type Customer, useFoundCustomers } from './customers-data.ts';
import { type MergePreview, useMergePreview } from './records-data.ts';
import './records.css';

interface MergeCustomersProps {
  readonly customer: Customer;
  /** Whom to compare with; null lets the person look for them. */
  readonly otherId: string | null;
  readonly onClose: () => void;
}

/** Compares two records of one person, says what joining them does, and joins them. */
export function MergeCustomers({ customer, otherId, onClose }: MergeCustomersProps): ReactNode {
  const { t } = useTranslation('customers');
  const [chosen, setChosen] = useState(otherId);
  const [isOtherKept, setIsOtherKept] = useState(false);
  if (chosen === null) {
    return (
      <Dialog title={t('merge.choose', { name: customer.displayName })} size="medium" hasCloseButton onClose={onClose}>
        <ChooseOther ownId={customer.customerId} onChoose={setChosen} />
      </Dialog>
    );
  }
  const pair = isOtherKept ? { from: customer.customerId, into: chosen } : { from: chosen, into: customer.customerId };
  return <ComparePair key={pair.from} {...pair} onSwap={() => setIsOtherKept(!isOtherKept)} onClose={onClose} />;
}

function ChooseOther({ ownId, onChoose }: { ownId: string; onChoose: (customerId: string) => void }): ReactNode {
  const { t } = useTranslation('customers');
  const [text, setText] = useState('');
  const found = (useFoundCustomers(text.trim()).data ?? []).filter((row) => row.customerId !== ownId).slice(0, 8);
  return (
    <>
      <TextField
        label={t('search.label')}
        autoFocus
        autoComplete="off"
        value={text}
        maxLength={100}
        onChange={setText}
      />
      <ul className="merge-found">
        {found.map((row) => (
          <li key={row.customerId}>
            <Button onPress={() => onChoose(row.customerId)}>
              {row.displayName === '' ? formatCode(row.code) : row.displayName}
              <small>{row.phoneNational ?? row.email ?? formatCode(row.code)}</small>
            </Button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="is-muted">{t('search.none', { text })}</p>}
    </>
  );
}

interface ComparePairProps {
  readonly from: string;
  readonly into: string;
  readonly onSwap: () => void;
  readonly onClose: () => void;
}

function ComparePair({ from, into, onSwap, onClose }: ComparePairProps): ReactNode {
  const { t } = useTranslation('customers');
  const preview = useMergePreview(from, into);
  const command = useCommand(useApiClient().customers.merge);
  const report = useReport();
  const { data } = preview;
  const act = async (): Promise<void> => {
    const result = await command.run({ fromCustomerId: from, intoCustomerId: into });
    if (!report(result)) return;
    showToast({ tone: 'success', title: t('merge.done', { name: data?.into.displayName ?? '' }) });
    onClose();
    openCustomer(into);
  };
  return (
    <Dialog
      title={t('merge.title')}
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('merge.keepApart')}</Button>
          <Button onPress={onSwap}>{t('merge.swap')}</Button>
          <Button kind="primary" isBusy={command.isRunning} isDisabled={data === undefined} onPress={() => void act()}>
            {t('merge.act')}
          </Button>
        </>
      }
    >
      {data !== undefined ? (
        <Compared preview={data} />
      ) : preview.isError ? (
        <EmptyState tone="danger" title={t('error.load')} detail={t('error.safe')} />
      ) : (
        <Skeleton rows={4} shape="person" />
      )}
    </Dialog>
  );
}

function Compared({ preview }: { preview: MergePreview }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [points] = preview.points;
  const { claims, giftCards, passes } = preview.value;
  const held = claims + giftCards + passes;
  return (
    <>
      <div className="merge-pair">
        <Side side={preview.from} heading={t('merge.goes')} />
        <ArrowRight size={22} strokeWidth={1.75} aria-hidden="true" />
        <Side side={preview.into} heading={t('merge.stays')} />
      </div>
      <ul className="merge-facts">
        {points !== undefined && (
          <li>
            {t('merge.points', {
              moved: format.number(points.movedPoints),
              count: points.lots.length,
              after: format.number(points.balanceAfter),
            })}
          </li>
        )}
        {preview.value.creditMinor > 0 && (
          <li>
            {t('merge.credit', {
              moved: format.money(preview.value.creditMinor),
              after: format.money(preview.value.creditAfterMinor),
            })}
          </li>
        )}
        {held > 0 && <li>{t('merge.held', { count: held })}</li>}
        {preview.value.joinedClaims > 0 && <li>{t('merge.joinedClaims', { count: preview.value.joinedClaims })}</li>}
        {preview.filled.length > 0 && <li>{t('merge.filled', { fields: preview.filled.map(wordOf).join(', ') })}</li>}
        {preview.isBlockedAfter && <li>{t('merge.isBlocked')}</li>}
        {preview.consentAfter !== null && <li>{t(`merge.consentAfter.${preview.consentAfter}`)}</li>}
        <li>{t('merge.card', { code: formatCode(preview.from.code) })}</li>
        <li>{t('merge.undoDays', { days: preview.undoDays })}</li>
      </ul>
    </>
  );

  function wordOf(name: string): string {
    return t(`merge.field.${name.startsWith('custom:') ? 'custom' : name}`);
  }
}

function Side({ side, heading }: { side: MergePreview['from']; heading: string }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <section aria-label={heading}>
      <h3>{heading}</h3>
      <p className="merge-name">{side.displayName}</p>
      <p className="is-muted">{[formatCode(side.code), side.phone, side.email].filter(Boolean).join(' · ')}</p>
      <dl>
        <dt>{t('balance.label')}</dt>
        <dd>{format.number(side.balance)}</dd>
        <dt>{t('stats.spent')}</dt>
        <dd>
          <Money minor={side.spentMinor} />
        </dd>
        <dt>{t('stats.lastVisit')}</dt>
        <dd>{side.lastVisitAtMs === null ? t('stats.never') : <DateText atMs={side.lastVisitAtMs} />}</dd>
        {side.tierName !== null && (
          <>
            <dt>{t('merge.tier')}</dt>
            <dd>{side.tierName}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
