import { CircleCheck, Crown, FileDown, Printer } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useKeys } from '../../../ui/keys.ts';
import { Lapacho } from '../../../ui/lapacho.tsx';
import { Money } from '../../../ui/money-text.tsx';
import { QrCode } from '../../../ui/qr-code.tsx';
import { Points } from '../../../ui/points-text.tsx';
import { useReceiptPrinting } from '../receipt/use-receipt-printing.tsx';
import { useValueRows, type ValueCode, type ValueRow } from '../receipt/value-rows.ts';
import { startSale } from '../till-state.ts';
import type { PaidSale } from '../till-types.ts';
import './payment.css';

/** The sale is paid: the change largest, then points, then the receipt. It leaves by itself on the next scan or tile. */
export function PaidPanel({ paid }: { paid: PaidSale }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const next = useRef<HTMLButtonElement>(null);
  const receipt = useReceiptPrinting({ saleId: paid.saleId }, paid.receiptNumber);
  const value = useValueRows(paid.value);
  const isCash = paid.tenders.some((tender) => tender.kind === 'cash');
  const handedMinor = paid.exchange?.handedMinor ?? 0;
  const mainMinor = handedMinor > 0 ? handedMinor : isCash ? paid.changeMinor : paid.totalMinor;
  const coveredMinor = coveredOf(paid);
  // Enter begins the next sale after the receipt too, as the button says.
  const goOn = (): void => next.current?.focus();
  useEffect(() => next.current?.focus(), []);
  useKeys({ Enter: startSale, F9: startSale, 'Ctrl+Enter': startSale, 'Ctrl+P': receipt.print });
  return (
    <aside className="till-panel pay paid" aria-label={t('paid.title')}>
      <div className="pay-body">
        <div className="paid-change" role="status">
          <Lapacho isPlain size={120} className="paid-flower is-left" />
          <Lapacho isPlain size={96} className="paid-flower is-right" />
          <span className="paid-change-label">
            <CircleCheck size={18} strokeWidth={2} aria-hidden="true" />
            {handedMinor > 0
              ? t('exchange.giveBackNow')
              : isCash
                ? t('paid.change')
                : t(paid.totalMinor === 0 ? 'value:pay.nothing' : 'paid.title')}
          </span>
          <span className="paid-change-amount" data-long={String(mainMinor).length > 8}>
            <Money minor={mainMinor} />
          </span>
          <span className="paid-change-words">{t('paid.of', { number: paid.receiptNumber })}</span>
        </div>
        {paid.newBalance !== null && (
          <div className="till-points">
            <span className="till-points-big">
              <Points points={paid.pointsEarned} sign="always" />
            </span>
            <span className="till-points-words">
              <b>{t('paid.points', { count: paid.pointsEarned, name: paid.customerName ?? '' })}</b>
              {paid.pointsRedeemed > 0 && (
                <small>
                  {t('paid.spent', { count: paid.pointsRedeemed, points: format.points(paid.pointsRedeemed) })}
                </small>
              )}
              {t('paid.newBalance')}
            </span>
            <b className="till-points-after">
              <Points points={paid.newBalance} />
            </b>
          </div>
        )}
        {paid.reachedTier !== null && (
          <p className="paid-tier" role="status">
            <Crown size={18} strokeWidth={2} aria-hidden="true" />
            {t('paid.tier', { name: paid.customerName ?? '', tier: paid.reachedTier })}
          </p>
        )}
        <dl className="till-facts">
          {paid.totalMinor === 0 && <TakenOff paid={paid} />}
          <dt>{t('paid.total')}</dt>
          <dd className="is-main">
            <Money minor={paid.totalMinor} />
          </dd>
          {paid.exchange !== null && <PaidWith label={t('tender.exchange')} minor={paid.exchange.exchangedMinor} />}
          {paid.tenders.map((tender) => (
            <PaidWith
              key={tender.tenderId}
              label={t(`payment.part.${tender.kind}`)}
              minor={tender.receivedMinor ?? tender.amountMinor}
            />
          ))}
          {coveredMinor > 0 && <PaidWith label={t('value:totals.passes')} minor={coveredMinor} />}
          {value.rows.map((row) => (
            <ValueFact key={row.key} row={row} />
          ))}
        </dl>
        {value.codes.map((code) => (
          <GivenCode key={code.key} given={code} />
        ))}
        <div className="pay-two">
          <Button
            size="counter"
            icon={<Printer strokeWidth={1.75} aria-hidden="true" />}
            isBusy={receipt.isPrinting}
            onPress={() => {
              receipt.print();
              goOn();
            }}
          >
            {t('receipt.print')}
          </Button>
          <Button
            size="counter"
            icon={<FileDown strokeWidth={1.75} aria-hidden="true" />}
            isBusy={receipt.isSaving}
            onPress={() => {
              receipt.save();
              goOn();
            }}
          >
            {t('receipt.savePdf')}
          </Button>
        </div>
        {receipt.problem}
      </div>
      {receipt.sheet}
      <div className="till-panel-foot shell-dock">
        <Button ref={next} kind="primary" size="primary" keys="Enter" isFullWidth onPress={startSale}>
          {t('paid.newSale')}
        </Button>
      </div>
    </aside>
  );
}

/** What passes covered of the sale: its total less every way it was paid. */
function coveredOf({ totalMinor, tenders, exchange }: PaidSale): number {
  const paidMinor = tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return totalMinor - (exchange?.exchangedMinor ?? 0) - paidMinor;
}

/** What paid a sale of which nothing was left to pay: its vouchers and promotions. Rewards stand with the points. */
function TakenOff({ paid: { value } }: { paid: PaidSale }): ReactNode {
  return (
    <>
      {value.vouchers.map(({ voucherId, name, code, amountMinor }) => (
        <PaidWith key={voucherId} label={`${name} · ${code}`} minor={-amountMinor} />
      ))}
      {value.promotions.map(({ campaignId, name, amountMinor }) => (
        <PaidWith key={campaignId} label={name} minor={-amountMinor} />
      ))}
    </>
  );
}

function ValueFact({ row }: { row: ValueRow }): ReactNode {
  return (
    <>
      <dt>{[row.label, row.small].filter((part) => part !== '').join(', ')}</dt>
      <dd className="is-main">{row.value}</dd>
    </>
  );
}

/** A code that the sale gave: the receipt has it too, and a phone can read it here. */
function GivenCode({ given }: { given: ValueCode }): ReactNode {
  const { t } = useTranslation('value');
  return (
    <div className="paid-code">
      <QrCode text={given.code} label={t('paid.qr', { code: given.code })} />
      <span>
        <b>{given.title}</b>
        {given.small !== '' && <small>{given.small}</small>}
        <code>{given.code}</code>
      </span>
    </div>
  );
}

function PaidWith({ label, minor }: { label: string; minor: number }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd className="is-main">
        <Money minor={minor} />
      </dd>
    </>
  );
}
