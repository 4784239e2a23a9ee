import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TierLevel } from '#shop/points/programme-tiers.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { WhatIfResult } from './programme-types.ts';
import { ChangedCustomers } from './what-if-people.tsx';
import type { Words } from './words.ts';

interface Pair {
  readonly id: string;
  readonly now: number;
  readonly drafted: number;
  readonly isMoney: boolean;
}

function pairsOf(result: WhatIfResult): Pair[] {
  return [
    { id: 'issued', now: result.issuedBeforePoints, drafted: result.issuedPoints, isMoney: false },
    { id: 'cost', now: result.costBeforeMinor, drafted: result.costMinor, isMoney: true },
    { id: 'liability', now: result.liabilityBeforeMinor, drafted: result.liabilityMinor, isMoney: true },
  ];
}

/** Two bars to one scale: what was, what would have been. */
function PairBars({ pair, words }: { pair: Pair; words: Words }): ReactNode {
  const { t, format } = words;
  const most = Math.max(pair.now, pair.drafted, 1);
  const text = (value: number): string => (pair.isMoney ? format.money(value) : format.points(value));
  return (
    <div className="programme-pair" aria-hidden="true">
      <b>{t(`whatIf.${pair.id}`)}</b>
      {(['now', 'drafted'] as const).map((when) => (
        <span key={when} className={`programme-bar is-${when}`}>
          <i style={{ width: `${(Math.max(0, pair[when]) / most) * 100}%` }} />
          <span>{`${t(`whatIf.${when}`)} ${text(pair[when])}`}</span>
        </span>
      ))}
    </div>
  );
}

type Bucket = WhatIfResult['histogram'][number];

function bucketText({ t, format }: Words, { fromPoints, toPoints }: Bucket): string {
  if (fromPoints === null) return t('whatIf.orLess', { points: format.points(toPoints ?? 0) });
  const signed = (points: number): string => format.points(points, { sign: 'always' });
  if (toPoints === null) return t('whatIf.orMore', { points: signed(fromPoints) });
  return fromPoints === toPoints
    ? t('whatIf.unchanged')
    : t('whatIf.between', { from: signed(fromPoints), to: signed(toPoints) });
}

/** How many customers lose or gain how much: columns from the largest loss to the largest gain. */
function Columns({ result, words }: { result: WhatIfResult; words: Words }): ReactNode {
  const most = Math.max(1, ...result.histogram.map(({ customers }) => customers));
  return (
    <div className="programme-columns" aria-hidden="true">
      {result.histogram.map((bucket) => {
        const side = (bucket.toPoints ?? 1) < 0 ? 'is-loss' : bucket.fromPoints === 0 ? 'is-same' : 'is-gain';
        return (
          <span key={bucketText(words, bucket)} className={side}>
            <span>{words.format.number(bucket.customers)}</span>
            <i style={{ height: `${2 + (bucket.customers / most) * 88}px` }} />
            <span className="programme-column-name">{bucketText(words, bucket)}</span>
          </span>
        );
      })}
    </div>
  );
}

/** What a draft would have done: the picture, and the table that says the same. */
export function WhatIfFigures({
  result,
  names,
  words,
  levels,
}: {
  result: WhatIfResult;
  /** Names by customer id; none where they may not be seen. */
  names: Readonly<Record<string, string>>;
  words: Words;
  levels: readonly TierLevel[];
}): ReactNode {
  const { t } = useTranslation('programme');
  const { format } = words;
  const extraMinor = result.costMinor - result.costBeforeMinor;
  const dearer = { cost: format.money(extraMinor), sales: format.money(result.breakEvenSalesMinor) };
  const verdict =
    extraMinor > 0
      ? t('whatIf.breakEven', dearer)
      : t(extraMinor === 0 ? 'whatIf.sameCost' : 'whatIf.cheaper', { saved: format.money(-extraMinor) });
  const money = (pair: Pair, value: number): string => (pair.isMoney ? format.money(value) : format.points(value));
  return (
    <div className="programme-figures">
      <p className="settings-sample-main" role="status">
        {verdict}
      </p>
      <p className="is-muted is-small">
        {t('whatIf.of', { sales: format.number(result.sales), customers: format.number(result.customers) })}
      </p>
      {pairsOf(result).map((pair) => (
        <PairBars key={pair.id} pair={pair} words={words} />
      ))}
      <DataTable
        label={t('whatIf.title')}
        isDense
        columns={[
          { id: 'what', header: t('whatIf.figure'), cell: (pair) => t(`whatIf.${pair.id}`) },
          { id: 'now', header: t('whatIf.now'), isNumber: true, cell: (pair) => money(pair, pair.now) },
          { id: 'drafted', header: t('whatIf.drafted'), isNumber: true, cell: (pair) => money(pair, pair.drafted) },
        ]}
        rows={pairsOf(result)}
        rowId={(pair) => pair.id}
      />
      <h3 className="ui-field-label">{t('whatIf.who')}</h3>
      <p>
        {t('whatIf.winners', {
          count: result.winners,
          winners: format.number(result.winners),
          losers: format.number(result.losers),
          same: format.number(result.same),
        })}
      </p>
      <Columns result={result} words={words} />
      <DataTable
        label={t('whatIf.who')}
        isDense
        columns={[
          { id: 'change', header: t('whatIf.change'), cell: (bucket) => bucketText(words, bucket) },
          {
            id: 'customers',
            header: t('whatIf.customers'),
            isNumber: true,
            cell: (bucket) => format.number(bucket.customers),
          },
        ]}
        rows={result.histogram.filter(({ customers }) => customers > 0)}
        rowId={(bucket) => bucketText(words, bucket)}
      />
      <ChangedCustomers id="gained" changes={result.gained} names={names} words={words} />
      <ChangedCustomers id="lost" changes={result.lost} names={names} words={words} />
      {levels.length > 0 && (
        <DataTable
          label={t('whatIf.tiers')}
          isDense
          columns={[
            { id: 'tier', header: t('whatIf.tiers'), cell: (level) => level.name },
            {
              id: 'customers',
              header: t('whatIf.customers'),
              isNumber: true,
              cell: (level) => format.number(result.customersByTier[level.tierId] ?? 0),
            },
          ]}
          rows={levels}
          rowId={(level) => level.tierId}
        />
      )}
    </div>
  );
}
