import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countingUnitMinor } from '#shop/money/currency.ts';
import type { TierLevel, TierPeriod, Tiers } from '#shop/points/programme-tiers.ts';
import { newOperationId } from '../../../api.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { SelectField, SwitchField } from '../../../ui/choice-field.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useShop } from '../../../ui/shop-context.ts';
import type { PartProps } from './part-props.ts';
import { SettingField } from './setting-fields.tsx';
import { measureOf, thresholdText, timesText, type Words } from './words.ts';

const METALS = ['none', 'bronze', 'silver', 'gold', 'platinum'] as const;
const PERIODS = ['lifetime', 'rolling', 'year', 'half-year', 'quarter', 'month'] as const;
type PeriodId = (typeof PERIODS)[number];

/** The threshold of the second rung of a new ladder, in counting units of money, and of points or visits. */
const FIRST_STEP = { spend: 500, points: 500, visits: 10 } as const;

function periodIdOf(period: TierPeriod): PeriodId {
  return period.kind === 'calendar' ? period.unit : period.kind;
}

function periodOf(id: PeriodId): TierPeriod {
  if (id === 'lifetime') return { kind: 'lifetime' };
  return id === 'rolling' ? { kind: 'rolling', months: 12 } : { kind: 'calendar', unit: id };
}

/** The rungs as steps that rise, each with its name, from when, and what it multiplies. */
export function Ladder({ tiers, words }: { tiers: Tiers; words: Words }): ReactNode {
  const { t } = words;
  const measure = measureOf(tiers);
  const { levels } = tiers;
  return (
    <ol className="programme-ladder" aria-label={t('tiers.ladder')}>
      {levels.map((level, index) => (
        <li key={level.tierId} className={`programme-rung is-${level.metal}`}>
          <b>{level.name}</b>
          <span className="is-small is-muted">
            {index === 0
              ? t('tiers.everybody')
              : t('tiers.from', { from: thresholdText(words, measure, level.threshold) })}
          </span>
          <span className="is-small">{timesText(words, level.multiplierBasisPoints)}</span>
          <i style={{ height: `${12 + (index * 56) / Math.max(1, levels.length - 1)}px` }} aria-hidden="true" />
        </li>
      ))}
    </ol>
  );
}

interface LevelFieldsProps {
  readonly level: TierLevel;
  readonly isFirst: boolean;
  readonly isMoney: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (part: Partial<TierLevel>) => boolean;
  readonly onRemove: () => void;
}

function LevelFields({ level, isFirst, isMoney, isDisabled, onChange, onRemove }: LevelFieldsProps): ReactNode {
  const { t } = useTranslation('programme');
  return (
    <li className="programme-level">
      <TextField
        label={t('tiers.name')}
        value={level.name}
        maxLength={80}
        isDisabled={isDisabled}
        onChange={(name) => onChange({ name })}
      />
      <SettingField
        label={t('tiers.threshold')}
        isMoney={isMoney}
        value={level.threshold}
        isDisabled={isDisabled || isFirst}
        onCommit={(threshold) => threshold !== null && onChange({ threshold })}
      />
      <SettingField
        label={t('tiers.multiplier')}
        digits={4}
        value={level.multiplierBasisPoints}
        isDisabled={isDisabled}
        onCommit={(multiplier) => multiplier !== null && onChange({ multiplierBasisPoints: multiplier })}
      />
      <SelectField
        label={t('tiers.metal')}
        choices={METALS.map((id) => ({ id, label: t(`metal.${id}`) }))}
        value={level.metal}
        isDisabled={isDisabled}
        onChange={(metal) => onChange({ metal })}
      />
      {!isFirst && !isDisabled && (
        <IconButton
          label={t('tiers.remove', { name: level.name })}
          icon={<Trash2 size={18} strokeWidth={1.75} aria-hidden="true" />}
          onPress={onRemove}
        />
      )}
    </li>
  );
}

interface HowProps {
  readonly tiers: Tiers;
  readonly change: (part: Partial<Tiers>) => boolean;
  readonly isDisabled: boolean;
}

function HowFields({ tiers, change, isDisabled }: HowProps): ReactNode {
  const { t } = useTranslation('programme');
  const { period } = tiers;
  const isByPeriod = tiers.mode === 'EARNED_IN_PERIOD';
  return (
    <>
      <div className="settings-pair">
        <SelectField
          label={t('tiers.mode')}
          isDisabled={isDisabled}
          choices={(['EARNED_IN_PERIOD', 'BALANCE'] as const).map((id) => ({ id, label: t(`tiers.modeName.${id}`) }))}
          value={tiers.mode}
          onChange={(mode) => change({ mode })}
        />
        {isByPeriod && (
          <SelectField
            label={t('tiers.measure')}
            isDisabled={isDisabled}
            choices={(['spend', 'points', 'visits'] as const).map((id) => ({
              id,
              label: t(`tiers.measureName.${id}`),
            }))}
            value={tiers.measure}
            onChange={(measure) => change({ measure })}
          />
        )}
        {isByPeriod && (
          <SelectField
            label={t('tiers.period')}
            isDisabled={isDisabled}
            choices={PERIODS.map((id) => ({ id, label: t(`tiers.periodName.${id}`) }))}
            value={periodIdOf(period)}
            onChange={(id) => change({ period: periodOf(id) })}
          />
        )}
      </div>
      {isByPeriod && (
        <div className="settings-pair">
          {period.kind === 'rolling' && (
            <SettingField
              label={t('tiers.months')}
              value={period.months}
              isDisabled={isDisabled}
              onCommit={(months) => months !== null && change({ period: { kind: 'rolling', months } })}
            />
          )}
          {period.kind !== 'lifetime' && (
            <SettingField
              label={t('tiers.grace')}
              hint={t('tiers.graceHint')}
              value={tiers.graceDays}
              isDisabled={isDisabled}
              onCommit={(graceDays) => graceDays !== null && change({ graceDays })}
            />
          )}
        </div>
      )}
      <SwitchField
        isSelected={tiers.includesThisSale}
        isDisabled={isDisabled}
        onChange={(includesThisSale) => change({ includesThisSale })}
      >
        {t('tiers.thisSale')}
      </SwitchField>
    </>
  );
}

function newLadder(currency: string, t: Words['t']): Tiers {
  const base = { mode: 'EARNED_IN_PERIOD', measure: 'spend', graceDays: 30, includesThisSale: false } as const;
  const step = FIRST_STEP.spend * countingUnitMinor(currency);
  return {
    ...base,
    period: { kind: 'rolling', months: 12 },
    levels: [
      { tierId: newOperationId(), name: t('tiers.first'), threshold: 0, multiplierBasisPoints: 10_000, metal: 'none' },
      {
        tierId: newOperationId(),
        name: t('metal.silver'),
        threshold: step,
        multiplierBasisPoints: 12_500,
        metal: 'silver',
      },
      {
        tierId: newOperationId(),
        name: t('metal.gold'),
        threshold: step * 3,
        multiplierBasisPoints: 15_000,
        metal: 'gold',
      },
    ],
  };
}

/** The ladder: its picture, how it counts, and its rungs. */
export function TiersPart({ editing, words, isDisabled }: PartProps): ReactNode {
  const { t } = useTranslation('programme');
  const { currency } = useShop();
  const { tiers } = editing.programme;
  if (tiers === null)
    return (
      <Card>
        <EmptyState
          title={t('tiers.none')}
          detail={t('tiers.noneDetail')}
          action={
            !isDisabled && (
              <Button kind="primary" onPress={() => editing.change({ tiers: newLadder(currency, t) })}>
                {t('tiers.begin')}
              </Button>
            )
          }
        />
      </Card>
    );
  const change = (part: Partial<Tiers>): boolean => editing.change({ tiers: { ...tiers, ...part } });
  const { levels } = tiers;
  const measure = measureOf(tiers);
  const highest = levels.at(-1)?.threshold ?? 0;
  const step = FIRST_STEP[measure] * (measure === 'spend' ? countingUnitMinor(currency) : 1);
  const added = (): TierLevel => ({
    tierId: newOperationId(),
    name: t('tiers.new', { place: levels.length + 1 }),
    threshold: highest === 0 ? step : highest * 2,
    multiplierBasisPoints: levels.at(-1)?.multiplierBasisPoints ?? 10_000,
    metal: 'none',
  });
  return (
    <Card title={t('tiers.title')} className="settings-card">
      <Ladder tiers={tiers} words={words} />
      <HowFields tiers={tiers} change={change} isDisabled={isDisabled} />
      <ul className="programme-levels" aria-label={t('tiers.levels')}>
        {levels.map((level, index) => (
          <LevelFields
            key={level.tierId}
            level={level}
            isFirst={index === 0}
            isMoney={measure === 'spend'}
            isDisabled={isDisabled}
            onChange={(part) =>
              change({ levels: levels.map((each) => (each === level ? { ...each, ...part } : each)) })
            }
            onRemove={() => change({ levels: levels.filter((each) => each !== level) })}
          />
        ))}
      </ul>
      {!isDisabled && (
        <div className="settings-buttons">
          <Button kind="ghost" onPress={() => editing.change({ tiers: null })}>
            {t('tiers.drop')}
          </Button>
          <Button
            icon={<Plus size={18} strokeWidth={1.75} aria-hidden="true" />}
            onPress={() => change({ levels: [...levels, added()] })}
          >
            {t('tiers.add')}
          </Button>
        </div>
      )}
    </Card>
  );
}
