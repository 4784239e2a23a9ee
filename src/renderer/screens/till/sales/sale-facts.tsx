import type { TFunction } from 'i18next';
import { type ReactNode, Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { DateText } from '../../../ui/date-text.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { Points } from '../../../ui/points-text.tsx';
import { lineName } from '../line-name.ts';
import type { ReceiptOf } from '../receipt/use-receipt-printing.tsx';
import type { SaleDetail } from '../till-types.ts';

interface SaleFactsProps {
  readonly detail: SaleDetail;
  readonly onReceipt: (of: ReceiptOf, number: string) => void;
}

/** Totals, how it was paid, the points it gave, and the refunds since. */
export function SaleFacts({ detail, onReceipt }: SaleFactsProps): ReactNode {
  return (
    <div className="sale-cards">
      <TotalCard detail={detail} />
      <PaidCard detail={detail} />
      {detail.points.balanceAfter !== null && (
        <PointsCard points={detail.points} balanceAfter={detail.points.balanceAfter} />
      )}
      {detail.refunds.length > 0 && <RefundsCard detail={detail} onReceipt={onReceipt} />}
    </div>
  );
}

function Fact({
  label,
  children,
  isMain = false,
}: {
  label: ReactNode;
  children: ReactNode;
  isMain?: boolean;
}): ReactNode {
  return (
    <>
      <dt className={isMain ? 'is-main' : undefined}>{label}</dt>
      <dd className={isMain ? 'is-main' : undefined}>{children}</dd>
    </>
  );
}

/** The vouchers and promotions that took something off. */
function offersOf({ value }: SaleDetail): { id: string; name: string; amountMinor: number }[] {
  const vouchers = value.vouchers.map(({ code, name, amountMinor }) => ({
    id: code,
    name: `${name} · ${code}`,
    amountMinor,
  }));
  const promotions = value.promotions.map(({ campaignId, name, amountMinor }) => ({
    id: campaignId,
    name,
    amountMinor,
  }));
  return [...vouchers, ...promotions].filter(({ amountMinor }) => amountMinor > 0);
}

function TotalCard({ detail }: { detail: SaleDetail }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const { discounts, rewards } = detail;
  const offers = offersOf(detail);
  const offMinor = discounts.linesMinor + discounts.saleMinor;
  const isPaid = detail.status === 'completed' || detail.status === 'cancelled';
  return (
    <section className="sale-card">
      <h3>{t('sale.totals')}</h3>
      <dl className="sale-facts">
        <Fact label={t('sale.subtotal')}>
          <Money minor={detail.subtotalMinor} />
        </Fact>
        {offMinor > 0 && (
          <Fact label={t('totals.discount')}>
            <Money minor={-offMinor} />
          </Fact>
        )}
        {offers.map(({ id, name, amountMinor }) => (
          <Fact key={id} label={name}>
            <Money minor={-amountMinor} />
          </Fact>
        ))}
        {rewards.map((reward) => (
          <Fact
            key={reward.entryId}
            label={t('sale.reward', { name: reward.name, count: reward.points, points: format.points(reward.points) })}
          >
            <Money minor={-reward.amountMinor} />
          </Fact>
        ))}
        {detail.taxByRate.map((rate) => (
          <Fact
            key={rate.taxRateId}
            label={t('sale.tax', { name: rate.name, percent: format.percent(rate.rateBasisPoints) })}
          >
            <Money minor={rate.taxMinor} />
          </Fact>
        ))}
        {detail.cashRoundingMinor !== 0 && (
          <Fact label={t('totals.rounding')}>
            <Money minor={detail.cashRoundingMinor} />
          </Fact>
        )}
        <Fact isMain label={t(isPaid ? 'sale.total' : 'sale.toPay')}>
          <Money minor={detail.totalMinor + detail.cashRoundingMinor} />
        </Fact>
      </dl>
    </section>
  );
}

function PaidCard({ detail }: { detail: SaleDetail }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <section className="sale-card">
      <h3>{t('sale.paid')}</h3>
      <dl className="sale-facts">
        {detail.totalMinor === 0 && detail.tenders.length === 0 && (
          <Fact label={t('value:pay.nothing')}>
            <Money minor={0} />
          </Fact>
        )}
        {detail.tenders.map((tender) => (
          <Fragment key={tender.tenderId}>
            <Fact
              label={[
                tenderName(t, detail, tender),
                tender.reference || null,
                tender.status === 'approved' ? null : t(`sale.unpaid.${tender.status}`),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            >
              {tender.status === 'approved' ? (
                <Money minor={tender.receivedMinor ?? tender.amountMinor} />
              ) : (
                <s>
                  <Money minor={tender.amountMinor} />
                </s>
              )}
            </Fact>
            {tender.changeMinor > 0 && (
              <Fact label={t('cash.change')}>
                <Money minor={-tender.changeMinor} />
              </Fact>
            )}
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

/** How a part was paid; of a pass which pieces it covered. */
function tenderName(t: TFunction<'till'>, { lines }: SaleDetail, tender: SaleDetail['tenders'][number]): string {
  const line = lines.find(({ lineId }) => lineId === tender.lineId);
  return line === undefined
    ? t(`tender.${tender.kind}`)
    : t('value:totals.coveredBy', { item: lineName(t, line), count: tender.uses });
}

function PointsCard({ points, balanceAfter }: { points: SaleDetail['points']; balanceAfter: number }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <section className="sale-card">
      <h3>{t('sale.points')}</h3>
      <dl className="sale-facts">
        <Fact label={t('sale.pointsEarned')}>
          <Points points={points.earned} sign="always" />
        </Fact>
        {points.redeemed > 0 && (
          <Fact label={t('sale.pointsSpent')}>
            <Points points={-points.redeemed} />
          </Fact>
        )}
        <Fact isMain label={t('sale.pointsBalance')}>
          <Points points={balanceAfter} />
        </Fact>
        {points.returned > 0 && (
          <Fact label={t('sale.pointsReturned')}>
            <Points points={points.returned} sign="always" />
          </Fact>
        )}
        {points.reversed > 0 && (
          <Fact label={t('sale.pointsReversed')}>
            <Points points={-points.reversed} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

function RefundsCard({ detail, onReceipt }: SaleFactsProps): ReactNode {
  const { t } = useTranslation('till');
  return (
    <section className="sale-card">
      <h3>{t('sale.refunds')}</h3>
      <dl className="sale-facts">
        {detail.refunds.map((refund) => (
          <Fact
            key={refund.refundId}
            label={
              <Button size="small" onPress={() => onReceipt({ refundId: refund.refundId }, refund.receiptNumber)}>
                {refund.receiptNumber}
              </Button>
            }
          >
            <Money minor={-refund.amountMinor} />
            <span className="sale-refunded is-small is-muted">
              <DateText atMs={refund.atMs} />
            </span>
          </Fact>
        ))}
      </dl>
    </section>
  );
}
