import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FunnelCounts } from '#shop/vouchers/funnel.ts';
import { mulDiv } from '#shop/money/money.ts';
import { CountBars } from './count-bars.tsx';
import { useFormat } from './format.ts';

type Step = 'impressions' | 'scans' | 'claims' | 'redemptions' | 'repeat';

/** From what was handed out to who came back, each step with its share of the one before; none where that is nothing. */
export function FunnelSteps({ counts }: { counts: FunnelCounts }): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  const shareOf = (part: number, whole: number, key: 'ofImpressions' | 'ofScans' | 'ofClaims' | 'ofCustomers') =>
    whole === 0
      ? null
      : t(`funnel.${key}`, { percent: format.percent(mulDiv(part, 10_000, whole, 'half-away-from-zero')) });
  const { impressions, scans, claims, claimsUsed, redemptions, customers, repeatCustomers } = counts;
  const steps: readonly { id: Step; value: number; note: string | null }[] = [
    { id: 'impressions', value: impressions, note: null },
    { id: 'scans', value: scans, note: shareOf(scans, impressions, 'ofImpressions') },
    { id: 'claims', value: claims, note: shareOf(claims, scans, 'ofScans') },
    { id: 'redemptions', value: redemptions, note: shareOf(claimsUsed, claims, 'ofClaims') },
    { id: 'repeat', value: repeatCustomers, note: shareOf(repeatCustomers, customers, 'ofCustomers') },
  ];
  return (
    <CountBars
      label={t('funnel.title')}
      isCompressed
      bars={steps.map(({ id, value, note }) => ({
        id,
        label: t(`funnel.${id}`),
        value,
        text: format.number(value),
        note,
      }))}
    />
  );
}
