import type { TFunction } from 'i18next';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { lineName } from '../line-name.ts';
import type { Receipt } from '../till-types.ts';
import { QrCode } from '../../../ui/qr-code.tsx';
import { useValueRows } from './value-rows.ts';
import './receipt.css';

interface ReceiptViewProps {
  readonly receipt: Receipt;
  /** 2 and more is marked as a copy. */
  readonly copyNumber: number;
  readonly ref?: Ref<HTMLDivElement>;
}

function Row({ label, value, small }: { label: string; value: string; small?: string }): ReactNode {
  return (
    <tr>
      <td>
        {label}
        {small !== undefined && <small>{small}</small>}
      </td>
      <td>{value}</td>
    </tr>
  );
}

/** The receipt as it is printed, 80 mm wide; the same on screen, on paper and in the PDF. */
export function ReceiptView({ receipt, copyNumber, ref }: ReceiptViewProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  return (
    <div ref={ref} className="receipt">
      <div className="receipt-head">
        <p className="receipt-shop">{receipt.shop.name}</p>
        <p>{t(`receipt.kind.${receipt.kind}`)}</p>
        <p>{receipt.number}</p>
        <p>{format.exact(receipt.atMs)}</p>
        {receipt.ofNumber !== null && <p>{t('receipt.original', { number: receipt.ofNumber })}</p>}
        <p>{t('receipt.servedBy', { name: receipt.staffName })}</p>
        {receipt.customerName !== null && <p>{t('receipt.customer', { name: receipt.customerName })}</p>}
        {receipt.status === 'cancelled' && <p className="receipt-copy">{t('receipt.cancelled')}</p>}
        {copyNumber > 1 && <p className="receipt-copy">{t('receipt.copy', { number: copyNumber })}</p>}
      </div>
      <Lines receipt={receipt} />
      <Totals receipt={receipt} />
      <Points receipt={receipt} />
      <Value receipt={receipt} />
      <div className="receipt-foot">
        <p>{t('receipt.thanks')}</p>
        <QrCode className="receipt-qr" text={receipt.qrText} label={t('receipt.qr', { number: receipt.number })} />
        <p>{t('receipt.qrHow')}</p>
      </div>
    </div>
  );
}

function Lines({ receipt }: { receipt: Receipt }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  if (receipt.lines.length === 0) return null;
  return (
    <table>
      <tbody>
        {receipt.lines.map((line, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a receipt never move
            key={index}
            label={lineName(t, line)}
            value={format.money(line.grossMinor - line.discountMinor)}
            small={[
              `${format.quantity(line.quantityThousandths)} × ${format.money(line.unitPriceMinor)}`,
              line.discountMinor > 0 ? t('sale.lineOff', { amount: format.money(line.discountMinor) }) : '',
              line.note,
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          />
        ))}
      </tbody>
    </table>
  );
}

function Totals({ receipt }: { receipt: Receipt }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const offers = [...receipt.value.vouchers, ...receipt.value.promotions];
  const rewardsMinor = [...receipt.rewards, ...offers].reduce((sum, each) => sum + each.amountMinor, 0);
  const discountMinor = receipt.discountMinor - rewardsMinor;
  const changeMinor = receipt.tenders.reduce((sum, tender) => sum + tender.changeMinor, 0);
  const taxLabel = receipt.taxMode === 'inclusive' ? 'receipt.taxIncluded' : 'receipt.taxAdded';
  return (
    <table>
      <tbody>
        {receipt.discountMinor > 0 && <Row label={t('receipt.subtotal')} value={format.money(receipt.subtotalMinor)} />}
        {discountMinor > 0 && <Row label={t('receipt.discount')} value={format.money(-discountMinor)} />}
        {receipt.rewards.map((reward, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: the rewards of a receipt never move
            key={index}
            label={reward.name}
            small={t('receipt.rewardCost', { count: reward.points, points: format.points(reward.points) })}
            value={format.money(-reward.amountMinor)}
          />
        ))}
        {offers.map((offer, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: the offers of a receipt never move
            key={index}
            label={offer.name}
            value={format.money(-offer.amountMinor)}
            {...('code' in offer ? { small: offer.code } : {})}
          />
        ))}
        {receipt.taxByRate.map((rate) => (
          <Row key={rate.taxRateId} label={t(taxLabel, { name: rate.name })} value={format.money(rate.taxMinor)} />
        ))}
        {receipt.cashRoundingMinor !== 0 && (
          <Row label={t('receipt.rounding')} value={format.money(receipt.cashRoundingMinor)} />
        )}
        {receipt.deductedMinor > 0 && <Row label={t('refund.deducted')} value={format.money(-receipt.deductedMinor)} />}
        <tr className="receipt-total">
          <td>{t(receipt.kind === 'refund' ? 'receipt.refunded' : 'receipt.total')}</td>
          <td>{format.money(receipt.paidMinor)}</td>
        </tr>
        {receipt.tenders.map((tender, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: the tenders of a receipt never move
            key={index}
            label={[tenderName(t, receipt, tender), tender.reference].filter(Boolean).join(' · ')}
            value={format.money(tender.receivedMinor ?? tender.amountMinor)}
          />
        ))}
        {changeMinor > 0 && <Row label={t('receipt.change')} value={format.money(changeMinor)} />}
      </tbody>
    </table>
  );
}

/** A pass says which pieces it paid. On a refund, what goods paid is what they were exchanged for. */
function tenderName(t: TFunction<'till'>, { kind }: Receipt, tender: Receipt['tenders'][number]): string {
  if (tender.covers !== null) {
    return t('value:totals.coveredBy', { item: lineName(t, tender.covers), count: tender.covers.pieces });
  }
  return t(kind === 'refund' && tender.kind === 'exchange' ? 'exchange.paysNew' : `tender.${tender.kind}`);
}

/** What is left of credit and passes, and the codes that the customer takes along. */
function Value({ receipt }: { receipt: Receipt }): ReactNode {
  const { t } = useTranslation('value');
  const { rows, codes } = useValueRows(receipt.value);
  return (
    <>
      {rows.length > 0 && (
        <table>
          <tbody>
            {rows.map(({ key, label, small, value }) => (
              <Row key={key} label={label} value={value} {...(small === '' ? {} : { small })} />
            ))}
          </tbody>
        </table>
      )}
      {codes.map(({ key, title, small, code }) => (
        <div key={key} className="receipt-code">
          <b>{title}</b>
          {small !== '' && <small>{small}</small>}
          <QrCode className="receipt-qr" text={code} label={t('paid.qr', { code })} />
          <code>{code}</code>
        </div>
      ))}
    </>
  );
}

function Points({ receipt }: { receipt: Receipt }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const { points } = receipt;
  if (points === null) return null;
  return (
    <table>
      <tbody>
        <Row label={t('receipt.pointsBefore')} value={format.points(points.before)} />
        {points.redeemed !== 0 && (
          <Row
            label={t(points.redeemed < 0 ? 'receipt.pointsReturned' : 'receipt.pointsSpent')}
            value={format.points(-points.redeemed, { sign: 'always' })}
          />
        )}
        <Row
          label={t(points.earned < 0 ? 'receipt.pointsReversed' : 'receipt.pointsEarned')}
          value={format.points(points.earned, { sign: 'always' })}
        />
        <tr className="receipt-total">
          <td>{t('receipt.pointsAfter')}</td>
          <td>{format.points(points.after)}</td>
        </tr>
      </tbody>
    </table>
  );
}
