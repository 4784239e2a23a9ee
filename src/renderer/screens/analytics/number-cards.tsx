import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { averageSaleMinor } from '#shop/analytics/measures.ts';
import { useShop } from '../../ui/shop-context.ts';
import { Sparkline } from '../../ui/sparkline.tsx';
import { hoursToDraw, runningTotals } from './hour-scale.ts';
import { Change, Figure, NumberCard } from './number-card.tsx';
import { SatisfactionCard } from './satisfaction-card.tsx';
import type { Question, Today } from './today-data.ts';

interface NumberCardsProps {
  readonly today: Today;
  readonly onAsk: (question: Question) => void;
}

/** The day in five cards: sales, how many, the average, who came, and points; a sixth where customers said how it was. */
export function NumberCards({ today, onAsk }: NumberCardsProps): ReactNode {
  const { t } = useTranslation('analytics');
  const hours = hoursToDraw(today.byHour, useShop().dayStartsAtHour);
  const before = today.yesterdaySameHour;
  const averageBefore =
    before === null ? null : averageSaleMinor({ netSalesMinor: before.salesMinor, basketCount: before.basketCount });
  return (
    <div className="analytics-numbers">
      <NumberCard
        title={t('measure.sales')}
        foot={
          <>
            {before === null ? <span /> : <Change now={today.salesMinor} before={before.salesMinor} />}
            <Sparkline values={runningTotals(hours.map((figure) => figure.salesMinor))} />
          </>
        }
      >
        <Figure measure="sales" value={today.salesMinor} isMoney onAsk={onAsk} />
      </NumberCard>
      <NumberCard
        title={t('measure.count')}
        foot={
          <>
            {before === null ? <span /> : <Change now={today.salesCount} before={before.salesCount} />}
            <Sparkline values={runningTotals(hours.map((figure) => figure.salesCount))} />
          </>
        }
      >
        <Figure measure="count" value={today.salesCount} isMoney={false} onAsk={onAsk} />
      </NumberCard>
      <NumberCard
        title={t('measure.average')}
        foot={
          today.averageMinor !== null && averageBefore !== null ? (
            <Change now={today.averageMinor} before={averageBefore} />
          ) : undefined
        }
      >
        <Figure measure="average" value={today.averageMinor} isMoney onAsk={onAsk} />
      </NumberCard>
      <NumberCard title={t('measure.customers')}>
        <div className="analytics-pair">
          <Figure
            measure="customersNew"
            value={today.customersNew}
            isMoney={false}
            caption={t('measure.customersNew')}
            onAsk={onAsk}
          />
          <Figure
            measure="customersReturning"
            value={today.customersReturning}
            isMoney={false}
            caption={t('measure.customersReturning')}
            onAsk={onAsk}
          />
        </div>
      </NumberCard>
      <NumberCard title={t('measure.points')}>
        <div className="analytics-pair">
          <Figure
            measure="pointsIssued"
            value={today.pointsIssued}
            isMoney={false}
            caption={t('measure.pointsIssued')}
            onAsk={onAsk}
          />
          <Figure
            measure="pointsRedeemed"
            value={today.pointsRedeemed}
            isMoney={false}
            caption={t('measure.pointsRedeemed')}
            onAsk={onAsk}
          />
        </div>
      </NumberCard>
      <SatisfactionCard businessDate={today.businessDate} />
    </div>
  );
}
