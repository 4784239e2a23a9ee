import type { inferRouterOutputs } from '@trpc/server';
import { useTranslation } from 'react-i18next';
import type { AppRouter } from '#backend/router.ts';
import { mulDiv, sumOf } from '#shop/money/money.ts';
import { useFormat } from '../../../ui/format.ts';
import { timeWords } from './time-words.ts';

export type Figures = inferRouterOutputs<AppRouter>['vouchers']['figures'];

/** A number with how it was counted, or why there is none. */
export interface Measure {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly formula: string;
}

const NO_VALUE = '–';

/** The measures of a campaign in words. A share of nothing is no number: the formula says what is missing. */
export function useMeasures(figures: Figures | null): readonly Measure[] {
  const { t } = useTranslation('figures');
  const format = useFormat();
  if (figures === null) return [];
  const { counts, rates } = figures;
  const { claims, claimsUsed, uniqueScanners, customers, repeatCustomers } = counts;
  const number = format.number;
  const share = (
    id: 'conversion' | 'claimsUsed' | 'repeat',
    basisPoints: number | null,
    parts: Record<string, string>,
  ): Measure => ({
    id,
    name: t(`measure.${id}`),
    value: basisPoints === null ? NO_VALUE : format.share(basisPoints),
    formula: basisPoints === null ? t(`none.${id}`) : t(`formula.${id}`, parts),
  });
  const timeOf = (ms: number): string => {
    const { unit, text } = timeWords(format, ms);
    return t(`took.${unit}`, { text });
  };
  const time = (id: 'timeToRedeem' | 'timeToClaim'): Measure => {
    const span = figures[id];
    return {
      id,
      name: t(`measure.${id}`),
      value: span === null ? NO_VALUE : timeOf(span.meanMs),
      formula: span === null ? t(`none.${id}`) : t('formula.time', { median: timeOf(span.medianMs) }),
    };
  };
  const claimedVouchers = sumOf(figures.claimsPerVoucher.map(({ vouchers }) => vouchers));
  const counted = (id: 'impressions' | 'scans' | 'claims' | 'redemptions'): Measure => ({
    id: `count.${id}`,
    name: t(`funnel.${id}`),
    value: number(counts[id]),
    formula: t('table.counted'),
  });
  return [
    counted('impressions'),
    counted('scans'),
    counted('claims'),
    counted('redemptions'),
    share('conversion', rates.conversionBasisPoints, { claims: number(claims), people: number(uniqueScanners) }),
    share('claimsUsed', rates.claimsUsedBasisPoints, { used: number(claimsUsed), claims: number(claims) }),
    share('repeat', rates.repeatBasisPoints, { repeat: number(repeatCustomers), customers: number(customers) }),
    time('timeToRedeem'),
    time('timeToClaim'),
    {
      id: 'claimsPerVoucher',
      name: t('measure.claimsPerVoucher'),
      value:
        claimedVouchers === 0
          ? NO_VALUE
          : format.quantity(mulDiv(claims, 1000, claimedVouchers, 'half-away-from-zero')),
      formula:
        claimedVouchers === 0
          ? t('none.claimsPerVoucher')
          : t('formula.claimsPerVoucher', {
              count: claimedVouchers,
              claims: number(claims),
              vouchers: number(claimedVouchers),
            }),
    },
    { id: 'people', name: t('measure.people'), value: number(uniqueScanners), formula: t('formula.people') },
    {
      id: 'busiest',
      name: t('measure.busiest'),
      value: number(figures.mostScansInAnHour),
      formula: t('formula.busiest', { minute: number(figures.mostScansInAMinute) }),
    },
    { id: 'cost', name: t('measure.cost'), value: format.money(figures.costMinor), formula: t('formula.cost') },
  ];
}
