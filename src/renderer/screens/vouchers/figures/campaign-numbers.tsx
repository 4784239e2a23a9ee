import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CountBars } from '../../../ui/count-bars.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useMay } from '../../../ui/shop-context.ts';
import type { Figures } from './measures.ts';
import { timeWords } from './time-words.ts';
import { useFigures } from './use-figures.ts';
import './figures.css';

const SHORTENED_FROM = 10_000;
/** One claim for each person who scanned it. */
const WHOLE = 10_000;
const NO_VALUE = '–';

interface CampaignNumbersProps {
  readonly campaignId: string;
  /** For who sees no figures, and until they are there. */
  readonly fallback: ReactNode;
}

/** The four numbers under the ticket, and where scans come from. */
export function CampaignNumbers(props: CampaignNumbersProps): ReactNode {
  return useMay('analytics.all') ? <Numbers {...props} /> : props.fallback;
}

function Numbers({ campaignId, fallback }: CampaignNumbersProps): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  const figures = useFigures(campaignId, 'all').data;
  if (figures === undefined) return fallback;
  const { counts, rates, timeToRedeem } = figures;
  const short = new Intl.NumberFormat(format.settings.region, { notation: 'compact', maximumFractionDigits: 1 });
  const count = (value: number): string => (value < SHORTENED_FROM ? format.number(value) : short.format(value));
  const share = (basisPoints: number | null): string => (basisPoints === null ? NO_VALUE : format.share(basisPoints));
  const exactly = (part: number, of: number): string =>
    t('numbers.exactly', { part: format.number(part), of: format.number(of) });
  const toRedeem = timeToRedeem === null ? null : timeWords(format, timeToRedeem.meanMs);
  const isWithoutScan = counts.claims > 0 && (rates.conversionBasisPoints ?? WHOLE + 1) > WHOLE;
  const numbers = [
    {
      id: 'scans',
      text: count(counts.scans),
      whole: format.number(counts.scans),
      note: t('numbers.people', { count: counts.uniqueScanners, people: count(counts.uniqueScanners) }),
      noteWhole: format.number(counts.uniqueScanners),
    },
    {
      id: 'claims',
      text: count(counts.claims),
      whole: format.number(counts.claims),
      // Given by hand or by rule without a scan: a share of those who scanned would say nothing.
      note: isWithoutScan
        ? t('numbers.withoutScan')
        : t('numbers.ofPeople', { percent: share(rates.conversionBasisPoints) }),
      noteWhole: isWithoutScan ? undefined : exactly(counts.claims, counts.uniqueScanners),
    },
    {
      id: 'redemptions',
      text: count(counts.redemptions),
      whole: format.number(counts.redemptions),
      note: t('numbers.ofClaims', { percent: share(rates.claimsUsedBasisPoints) }),
      noteWhole: exactly(counts.claimsUsed, counts.claims),
    },
    {
      id: 'toRedeem',
      text: toRedeem?.text ?? NO_VALUE,
      whole: t('measure.timeToRedeem'),
      note: t(`numbers.${toRedeem?.unit ?? 'days'}`),
      noteWhole: undefined,
    },
  ] as const;
  return (
    <>
      <dl className="voucher-numbers">
        {numbers.map(({ id, text, whole, note, noteWhole }) => (
          <div key={id}>
            <dt>{t(`numbers.${id}`)}</dt>
            <dd>
              <b title={whole}>{text}</b>
              <small title={noteWhole}>{note}</small>
            </dd>
          </div>
        ))}
      </dl>
      <Sources figures={figures} />
    </>
  );
}

/** Where scans come from, the most frequent way first; nothing before the first scan. */
function Sources({ figures }: { figures: Figures }): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  const ways = Object.entries(figures.scansBySource).sort(([, a], [, b]) => b - a);
  if (ways.length === 0) return null;
  return (
    <div className="figures-part">
      <h3>{t('scans.bySource')}</h3>
      <CountBars
        label={t('scans.bySource')}
        bars={ways.map(([way, value]) => ({
          id: way,
          label: t(`scans.source.${way as 'HID'}`),
          value,
          text: format.number(value),
        }))}
      />
    </div>
  );
}
