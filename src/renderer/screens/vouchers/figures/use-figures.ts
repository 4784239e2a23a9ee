import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addDays } from '#shop/time/civil-date.ts';
import { useApi } from '../../../ui/api-context.ts';
import { useFormat } from '../../../ui/format.ts';
import { shopNowMs } from '../../../ui/shop-clock.ts';

export const SPANS = ['all', 'month', 'week'] as const;
export type Span = (typeof SPANS)[number];
const DAYS: Readonly<Record<Exclude<Span, 'all'>, number>> = { month: 28, week: 7 };

/** The figures of a campaign in a span of days that ends today; the last answer stays while the next is on its way. */
export function useFigures(campaignId: string, span: Span) {
  const format = useFormat();
  const today = format.dateKey(shopNowMs());
  const days = span === 'all' ? {} : { fromDate: addDays(today, 1 - DAYS[span]), toDate: today };
  return useQuery(
    useApi().vouchers.figures.queryOptions({ campaignId, ...days }, { placeholderData: keepPreviousData }),
  );
}
