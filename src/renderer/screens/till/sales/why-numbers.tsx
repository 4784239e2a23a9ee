import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleDetail } from '../till-types.ts';
import { WhyDetails } from './why-details.tsx';

/** "Why this number": every step from the price tags to the total and the points of a sale. */
export function WhyNumbers({ detail }: { detail: SaleDetail }): ReactNode {
  const { t } = useTranslation('till');
  const names = useNamesOf(detail);
  if (detail.trace.length === 0) return null;
  return (
    <section className="sale-card">
      <WhyDetails of={t('sale.label', { number: detail.receiptNumber ?? '' })} trace={detail.trace} names={names} />
    </section>
  );
}

/** The names of a sale's lines, and of the rules, tiers and rewards that its points tell of, by their ids. */
export function useNamesOf({ lines, points, rewards }: SaleDetail): ReadonlyMap<string, string> {
  const { t } = useTranslation('till');
  return new Map([
    ...lines.map((line) => [line.lineId, line.name === '' ? t('openAmount.defaultName') : line.name] as const),
    ...points.parts.map((part) => [part.ruleId, part.name] as const),
    ...rewards.map((reward) => [reward.rewardId, reward.name] as const),
  ]);
}
