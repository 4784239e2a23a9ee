import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { CreditTicket } from './credit-ticket.tsx';
import type { Customer } from './customers-data.ts';
import { PassTickets } from './pass-tickets.tsx';
import { useWallet, type Wallet, type WalletVoucher } from './wallet-data.ts';
import { movedBy } from './wallet-words.ts';
import { VoucherDialog } from './voucher-dialog.tsx';
import { VoucherTicket } from './voucher-ticket.tsx';
import './customer-lots.css';
import './wallet.css';

interface CustomerWalletProps {
  readonly customer: Customer;
  /** Which part of the page is shown: here between wallet and points, on narrow windows the timeline too. */
  readonly tabs: ReactNode;
}

/** What the customer holds: vouchers in the order of use, credit, passes; what was used or ended is folded away. */
export function CustomerWallet({ customer, tabs }: CustomerWalletProps): ReactNode {
  const { t } = useTranslation('wallet');
  const wallet = useWallet(customer.customerId);
  const [areOldShown, setAreOldShown] = useState(false);
  const ready = wallet.data?.now.filter(({ why }) => why === null).length ?? 0;
  const used = wallet.data?.used.length ?? 0;
  const old = used + (wallet.data?.expired.length ?? 0);
  return (
    <section className="ui-card customer-lots customer-wallet" aria-label={t('title')}>
      <header className="customer-lots-head">
        <h2 className="is-hidden-visually">{t('title')}</h2>
        {tabs}
        {ready > 0 && <Tag tone="accent">{t('ready', { count: ready })}</Tag>}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <div className="customer-lots-body" tabIndex={0}>
        {wallet.data !== undefined ? (
          <Sections customer={customer} wallet={wallet.data} areOldShown={areOldShown} />
        ) : wallet.isError ? (
          <EmptyState
            tone="danger"
            title={t('error')}
            action={<Button onPress={() => void wallet.refetch()}>{t('retry')}</Button>}
          />
        ) : (
          <Skeleton rows={4} />
        )}
        <CreditTicket customer={customer} />
        <PassTickets customer={customer} />
      </div>
      {old > 0 && (
        <footer className="customer-lots-foot">
          <Button
            kind="ghost"
            isFullWidth
            aria-expanded={areOldShown}
            icon={
              areOldShown ? <ChevronDown size={18} aria-hidden="true" /> : <ChevronUp size={18} aria-hidden="true" />
            }
            onPress={() => setAreOldShown(!areOldShown)}
          >
            {[t('used', { count: used }), t('expired', { count: old - used })].join(', ')}
          </Button>
        </footer>
      )}
    </section>
  );
}

interface SectionsProps {
  readonly customer: Customer;
  readonly wallet: Wallet;
  readonly areOldShown: boolean;
}

function Sections({ customer, wallet, areOldShown }: SectionsProps): ReactNode {
  const { t } = useTranslation('wallet');
  const [opened, setOpened] = useState<WalletVoucher | null>(null);
  const { now, notYet, used, expired } = wallet;
  const isEmpty = [now, notYet, used, expired].every((section) => section.length === 0);
  const openedNow = [...now, ...notYet, ...used, ...expired].find(
    ({ customerVoucherId }) => customerVoucherId === opened?.customerVoucherId,
  );
  return (
    <>
      {isEmpty && (
        <p className="is-muted is-small customer-wallet-empty">{t('empty', { name: customer.displayName })}</p>
      )}
      <Section customer={customer} title={t('now')} vouchers={now} isMovable onOpen={setOpened} />
      <Section customer={customer} title={t('notYet')} vouchers={notYet} onOpen={setOpened} />
      {areOldShown && (
        <>
          <Section customer={customer} title={t('usedTitle')} vouchers={used} onOpen={setOpened} />
          <Section customer={customer} title={t('expiredTitle')} vouchers={expired} onOpen={setOpened} />
        </>
      )}
      {openedNow !== undefined && opened !== null && (
        <VoucherDialog
          customer={customer}
          voucher={openedNow}
          section={sectionOf(wallet, openedNow)}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

function sectionOf(wallet: Wallet, voucher: WalletVoucher): keyof Wallet {
  const sections = ['now', 'notYet', 'used', 'expired'] as const;
  return sections.find((name) => wallet[name].includes(voucher)) ?? 'now';
}

interface SectionProps {
  readonly customer: Customer;
  readonly title: string;
  readonly vouchers: readonly WalletVoucher[];
  /** They are used in this order, so that it can be changed: by dragging, or with Alt and an arrow. */
  readonly isMovable?: boolean;
  readonly onOpen: (voucher: WalletVoucher) => void;
}

function Section({ customer, title, vouchers, isMovable = false, onOpen }: SectionProps): ReactNode {
  const { t } = useTranslation('wallet');
  const mayMove = useMay('vouchers.redeem') && isMovable && vouchers.length > 1;
  const reorder = useCommand(useApiClient().vouchers.reorder);
  const report = useReport();
  const [dragged, setDragged] = useState<number | null>(null);
  const { customerId } = customer;
  const move = async (at: number, places: number): Promise<void> => {
    const order = movedBy(vouchers, at, places);
    if (order === vouchers) return;
    report(await reorder.run({ customerId, customerVoucherIds: order.map((voucher) => voucher.customerVoucherId) }));
  };
  const dropOn = (at: number): void => {
    if (dragged !== null && dragged !== at) void move(dragged, at - dragged);
    setDragged(null);
  };
  if (vouchers.length === 0) return null;
  return (
    <>
      <h3 className="customer-lots-group">{title}</h3>
      <ul aria-label={title}>
        {vouchers.map((voucher, at) => (
          <VoucherTicket
            key={voucher.customerVoucherId}
            customer={customer}
            voucher={voucher}
            isUsable={isMovable}
            moving={
              mayMove
                ? {
                    hint: t('moveHint'),
                    onMove: (places) => void move(at, places),
                    onDrag: () => setDragged(at),
                    onDrop: () => dropOn(at),
                  }
                : null
            }
            onOpen={() => onOpen(voucher)}
          />
        ))}
      </ul>
    </>
  );
}
