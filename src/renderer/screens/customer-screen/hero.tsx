import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Lapacho } from '../../ui/lapacho.tsx';

interface HeroProps {
  readonly shopName: string;
  readonly children: ReactNode;
  /** What stands at its lower edge. */
  readonly foot?: ReactNode;
}

/** The coloured half: the shop above, what is said in the middle, what can be done below. */
export function Hero({ shopName, children, foot }: HeroProps): ReactNode {
  return (
    <section className="customer-hero">
      <Lapacho size={520} isPlain className="customer-petals is-above" />
      <Lapacho size={300} isPlain className="customer-petals is-below" />
      <p className="customer-brand">
        <Lapacho size={40} className="customer-mark" />
        <span>{shopName}</span>
      </p>
      <div className="customer-said">{children}</div>
      <div className="customer-foot">{foot}</div>
    </section>
  );
}

/** '156 points', or what the shop calls them. */
export function usePointsWords(pointName: string): { word(points: number): string; counted(points: number): string } {
  const { t } = useTranslation('customer-screen');
  const format = useFormat();
  const word = (points: number): string => (pointName === '' ? t('points', { count: points }) : pointName);
  return { word, counted: (points) => `${format.points(points)} ${word(points)}` };
}

/** The points of this sale, as large as the screen allows. */
export function BigPoints({ points, pointName }: { points: number; pointName: string }): ReactNode {
  const format = useFormat();
  const { word } = usePointsWords(pointName);
  const text = format.points(points, { sign: 'always' });
  return (
    <p className="customer-points">
      <b className={text.length > 5 ? 'is-long' : undefined}>{text}</b> <span>{word(points)}</span>
    </p>
  );
}
