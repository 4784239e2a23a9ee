import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FEWEST_ANSWERS, type SatisfactionScore } from '#shop/customer-screen/question.ts';
import { addDays } from '#shop/time/civil-date.ts';
import { useApi } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { NumberCard } from './number-card.tsx';

const DAYS = 28;
const TENTHS_IN_HUNDREDTHS = 10;

function useScoreWords(): (score: SatisfactionScore) => string | null {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  return ({ averageHundredths, goodBasisPoints }) =>
    averageHundredths === null || goodBasisPoints === null
      ? null
      : t('satisfaction.score', {
          average: format.tenths(Math.round(averageHundredths / TENTHS_IN_HUNDREDTHS)),
          share: format.share(goodBasisPoints),
        });
}

/** How it was for those who answered at the customer's screen: today, and the last 28 days. Not there while nobody has. */
export function SatisfactionCard({ businessDate }: { businessDate: string }): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const words = useScoreWords();
  const span = { fromDate: addDays(businessDate, 1 - DAYS), toDate: businessDate };
  const found = useQuery(
    useApi().analytics.satisfaction.queryOptions(span, { placeholderData: keepPreviousData }),
  ).data;
  if (found === undefined || found.total.answers === 0) return null;
  const none = { answers: 0, averageHundredths: null, goodBasisPoints: null };
  const today = found.days.find((day) => day.businessDate === businessDate) ?? none;
  const average = today.averageHundredths;
  return (
    <NumberCard title={t('satisfaction.title')}>
      <p className="analytics-plain">
        <b>{average === null ? '–' : format.tenths(Math.round(average / TENTHS_IN_HUNDREDTHS))}</b>
        <small>{t('satisfaction.answers', { count: today.answers, formatted: format.number(today.answers) })}</small>
        <small>{words(today) ?? t('satisfaction.tooFew', { count: FEWEST_ANSWERS })}</small>
        <small>
          {t('satisfaction.days', { count: DAYS })}:{' '}
          {words(found.total) ??
            t('satisfaction.answers', { count: found.total.answers, formatted: format.number(found.total.answers) })}
        </small>
      </p>
    </NumberCard>
  );
}
