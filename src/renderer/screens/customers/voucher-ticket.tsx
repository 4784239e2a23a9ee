import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useCreditWords } from '../../ui/credit-words.ts';
import { useNow } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { useRefusalText } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { sellWithVoucher } from './customer-links.ts';
import type { Customer } from './customers-data.ts';
import { useRedeem } from './use-redeem.ts';
import type { WalletVoucher } from './wallet-data.ts';
import { endWords, stubOf } from './wallet-words.ts';

/** How a ticket changes its place in the order of use. */
interface Moving {
  readonly hint: string;
  /** By so many places: -1 is one up. */
  readonly onMove: (places: number) => void;
  readonly onDrag: () => void;
  readonly onDrop: () => void;
}

interface VoucherTicketProps {
  readonly customer: Customer;
  readonly voucher: WalletVoucher;
  readonly isUsable: boolean;
  /** Null: it stays where it is. */
  readonly moving: Moving | null;
  readonly onOpen: () => void;
}

/** A voucher in the wallet: what it gives, until when, why not yet, its code. */
export function VoucherTicket({ customer, voucher, isUsable, moving, onOpen }: VoucherTicketProps): ReactNode {
  const { t } = useTranslation('wallet');
  const format = useFormat();
  const credit = useCreditWords();
  const refusalText = useRefusalText();
  const nowMs = useNow(60_000);
  const maySell = useMay('sale.make') && customer.status === 'active';
  const redeem = useRedeem(customer);
  const { voucherId } = voucher;
  const use = (): void => {
    if (voucher.isGrant) void redeem.run({ voucherId });
    else sellWithVoucher(customer.customerId, voucherId);
  };
  const stub = stubOf(t, format, credit, voucher);
  const ends = endWords(t, format, voucher.endsAtMs, nowMs);
  const why = voucher.why === null ? null : refusalText(voucher.why);
  const details = [why, ends?.text ?? (why === null ? t('ends.never') : null)].filter((text) => text !== null);
  return (
    <li
      className="customer-lot customer-ticket"
      data-soon={ends?.isSoon === true && isUsable}
      data-tone={isUsable ? stub.tone : 'neutral'}
      draggable={moving !== null}
      onDragStart={moving?.onDrag}
      onDragOver={moving === null ? undefined : (event) => event.preventDefault()}
      onDrop={moving?.onDrop}
    >
      <div className="customer-lot-stub">
        {stub.figure}
        <small>{stub.word}</small>
      </div>
      <div className="customer-lot-text">
        <button
          type="button"
          className="customer-ticket-name"
          onClick={onOpen}
          title={moving?.hint}
          onKeyDown={(event) => {
            if (moving === null || !event.altKey || !(event.key === 'ArrowUp' || event.key === 'ArrowDown')) return;
            event.preventDefault();
            moving.onMove(event.key === 'ArrowUp' ? -1 : 1);
          }}
        >
          {voucher.name}
        </button>
        <span>{details.join(' · ')}</span>
        <div className="customer-ticket-foot">
          <span className="customer-ticket-code">{voucher.code}</span>
          {isUsable && maySell && (
            <Button
              kind="soft"
              size="counter"
              isBusy={redeem.isRunning}
              aria-label={t(voucher.isGrant ? 'redeemNamed' : 'useNamed', { name: voucher.name })}
              onPress={use}
            >
              {t(voucher.isGrant ? 'redeem' : 'use')}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
