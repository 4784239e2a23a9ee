import { averageSaleMinor } from '#shop/analytics/measures.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { ReadScope } from '../context.ts';
import { type DayRow, selectDailySeries, selectHours, selectLastSales, sumUntil } from './days-store.ts';

const DAY_MS = 86_400_000;

/** The business date of now and of the day before, as sales are booked. */
export function datesOf(scope: Pick<ReadScope, 'moment'>): { today: string; yesterday: string } {
  const today = scope.moment.businessDate;
  return { today, yesterday: addDays(today, -1) };
}

/** Returns the day as the day and hour tables keep it, with yesterday up to the same time beside it. */
export function readToday(scope: ReadScope) {
  const { db, shop } = scope;
  const { merchantId, currency } = shop;
  const { today, yesterday } = datesOf(scope);
  const [day = emptyDay(today)] = selectDailySeries(db, { merchantId, from: today, to: today });
  const before = sumUntil(db, { merchantId, businessDate: yesterday, untilMs: scope.moment.atMs - DAY_MS });
  return {
    ...day,
    businessDate: today,
    currency,
    averageMinor: averageSaleMinor({ netSalesMinor: day.salesMinor, basketCount: day.basketCount }),
    byHour: selectHours(db, merchantId, today),
    yesterdaySameHour: before.salesCount > 0 ? before : null,
    lastSales: selectLastSales(db, merchantId, today).map((sale) => ({
      ...sale,
      kind: sale.kind === 'AWARD' ? ('award' as const) : ('sale' as const),
    })),
  };
}

function emptyDay(businessDate: string): DayRow {
  return {
    businessDate,
    salesMinor: 0,
    salesCount: 0,
    refundsMinor: 0,
    refundsCount: 0,
    customersNew: 0,
    customersReturning: 0,
    pointsIssued: 0,
    pointsRedeemed: 0,
    soldValueMinor: 0,
    basketCount: 0,
  };
}
