import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { Button } from '../../ui/button.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { hrefTo } from '../../ui/route.ts';
import { useShop } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import {
  type BalanceExplained as Explained,
  type Customer,
  type LedgerEntry,
  useBalanceExplained,
} from './customers-data.ts';
import { eventTitle } from './timeline-words.ts';
import { PrintSheet } from '../../ui/print-sheet.tsx';
import './print.css';

/** Why this balance: every entry with the balance it left, and the sums that make it; to read and to print. */
export function BalanceExplained({ customer, onClose }: { customer: Customer; onClose: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const explained = useBalanceExplained(customer.customerId);
  const [isPrinting, setIsPrinting] = useState(false);
  const title = t('ledger.title', { points: format.points(explained.data?.balance ?? customer.balance) });
  return (
    <SidePanel
      title={title}
      onClose={onClose}
      size="medium"
      footer={
        <Button
          isDisabled={explained.data === undefined}
          icon={<Printer size={18} aria-hidden="true" />}
          onPress={() => setIsPrinting(true)}
        >
          {t('ledger.print')}
        </Button>
      }
    >
      <p className="is-muted">{t('ledger.lead', { name: customer.displayName })}</p>
      {explained.data !== undefined ? (
        <Ledger explained={explained.data} />
      ) : explained.isError ? (
        <EmptyState
          tone="danger"
          title={t('ledger.error')}
          action={<Button onPress={() => void explained.refetch()}>{t('error.retry')}</Button>}
        />
      ) : (
        <Skeleton rows={6} />
      )}
      {isPrinting && explained.data !== undefined && (
        <PrintSheet onDone={() => setIsPrinting(false)}>
          <PrintedHead title={title} customer={customer} />
          <Ledger explained={explained.data} />
        </PrintSheet>
      )}
    </SidePanel>
  );
}

function PrintedHead({ title, customer }: { title: string; customer: Customer }): ReactNode {
  const format = useFormat();
  const shop = useShop();
  return (
    <header>
      <h1>{title}</h1>
      <p>
        {customer.displayName} · {formatCode(customer.code)} · {shop.shopName} · {format.exact(shopNowMs())}
      </p>
    </header>
  );
}

const SUMS = ['earned', 'redeemed', 'expired', 'adjusted', 'reversed'] as const;

function Ledger({ explained }: { explained: Explained }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <>
      <dl className="customers-sums">
        {SUMS.filter((name) => explained.sums[name] !== 0 || name === 'earned').flatMap((name) => [
          <dt key={`${name}-name`}>{t(`ledger.${name}`)}</dt>,
          <dd key={name}>{format.points(explained.sums[name], { sign: 'always' })}</dd>,
        ])}
        <dt>{t('ledger.sum')}</dt>
        <dd>{format.points(explained.balance)}</dd>
      </dl>
      {explained.entries.length === 0 ? (
        <p className="is-muted">{t('ledger.empty')}</p>
      ) : (
        <table className="customers-ledger">
          <thead>
            <tr>
              <th scope="col">{t('ledger.when')}</th>
              <th scope="col">{t('ledger.what')}</th>
              <th scope="col">{t('ledger.points')}</th>
              <th scope="col">{t('ledger.balance')}</th>
            </tr>
          </thead>
          <tbody>
            {explained.entries.map((entry) => (
              <EntryRow key={entry.entryId} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function EntryRow({ entry }: { entry: LedgerEntry }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const details = [
    entry.awardedFor === null ? null : eventTitle(t, entry.awardedFor),
    entry.reason === null ? null : t(`ledger.reason.${entry.reason}`, { defaultValue: entry.reason }),
    entry.staffName,
    entry.programmeVersion === null ? null : t('ledger.programme', { version: entry.programmeVersion }),
  ].filter((detail) => detail !== null && detail !== '');
  return (
    <tr>
      <td>
        {format.day(entry.atMs, shopNowMs())}
        <small>{format.time(entry.atMs)}</small>
      </td>
      <td>
        {t(`ledger.kind.${entry.kind}`, { defaultValue: entry.kind })}
        {entry.saleId !== null && entry.receiptNumber !== null && (
          <>
            {' · '}
            <a href={hrefTo('till', 'sale', entry.saleId)}>{t('ledger.receipt', { number: entry.receiptNumber })}</a>
          </>
        )}
        {details.length > 0 && <small>{details.join(' · ')}</small>}
      </td>
      <td>{format.points(entry.points, { sign: 'always' })}</td>
      <td>{format.points(entry.runningBalance)}</td>
    </tr>
  );
}
