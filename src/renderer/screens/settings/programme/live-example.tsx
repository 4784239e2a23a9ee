import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countingUnitMinor } from '#shop/money/currency.ts';
import type { Programme } from '#shop/points/programme.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { weekdayOf } from '#shop/time/civil-date.ts';
import { MoneyField } from '../../../ui/amount-field.tsx';
import { useApi } from '../../../ui/api-context.ts';
import { ComboField, SelectField } from '../../../ui/choice-field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useShop } from '../../../ui/shop-context.ts';
import { weekdayName } from '../../../ui/schedule-words.ts';
import { useItems } from './use-words.ts';
import type { Words } from './words.ts';

const DAY_MS = 86_400_000;
/** 68 and a half times the unit shows well how a rule rounds. */
const SAMPLE_HALF_UNITS = 137;
const ANYTHING = 'anything';
const TODAY = 'today';
const WEEK = ['0', '1', '2', '3', '4', '5', '6'] as const;

/** The same time of day on the next day of the week that is asked for. */
function nextWeekday(nowMs: number, weekday: number, zone: string): number {
  const today = weekdayOf(localDateOf(nowMs, zone)) - 1;
  return nowMs + ((weekday - today + 7) % 7) * DAY_MS;
}

/** 'A Silver customer paying ₲ 68.500 earns 85 points', by the engine of the till, with the way to it. */
export function LiveExample({ programme, words }: { programme: Programme; words: Words }): ReactNode {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { currency, timeZone } = useShop();
  const { products } = useItems();
  const levels = programme.tiers?.levels ?? [];
  const [amountMinor, setAmountMinor] = useState<number | null>(() =>
    Math.round((countingUnitMinor(currency) * SAMPLE_HALF_UNITS) / 2),
  );
  const [chosenTier, setTier] = useState<string | null>(null);
  const [day, setDay] = useState<string>(TODAY);
  const [productId, setProductId] = useState<string>(ANYTHING);
  const [openedAtMs] = useState(() => Date.now());
  const tier = levels.find(({ tierId }) => tierId === chosenTier) ?? levels[1] ?? levels[0] ?? null;
  const tried = useQuery(
    useApi().points.tryProgramme.queryOptions(
      {
        programme,
        amountMinor: amountMinor ?? 0,
        tierId: tier?.tierId ?? null,
        productId: productId === ANYTHING ? null : productId,
        atMs: day === TODAY ? null : nextWeekday(openedAtMs, Number(day), timeZone),
      },
      { placeholderData: keepPreviousData },
    ),
  ).data;
  const points = tried?.points ?? 0;
  const facts = {
    amount: format.money(amountMinor ?? 0),
    points: t('say.points', { count: points, points: format.points(points) }),
    tier: tier?.name ?? '',
  };
  return (
    <section className="settings-sample programme-example" aria-label={t('example.title')}>
      <p className="settings-sample-main" role="status">
        {t(tier === null ? 'example.plain' : 'example.tier', facts)}
      </p>
      <p className="is-small is-muted">
        {tried?.minimumMet === false
          ? t('example.belowMinimum')
          : (tried?.parts ?? []).map((part) => partText(words, part)).join(' + ')}
      </p>
      <div className="settings-pair">
        <MoneyField label={t('example.amount')} minor={amountMinor} onChange={setAmountMinor} />
        {levels.length > 0 && (
          <SelectField
            label={t('example.customer')}
            choices={levels.map(({ tierId, name }) => ({ id: tierId, label: name }))}
            value={tier?.tierId ?? null}
            onChange={setTier}
          />
        )}
        <SelectField
          label={t('example.day')}
          choices={[
            { id: TODAY, label: t('example.now') },
            ...WEEK.map((id) => ({ id, label: weekdayName(format.settings.language, Number(id)) })),
          ]}
          value={day}
          onChange={setDay}
        />
        <ComboField
          label={t('example.item')}
          choices={[
            { id: ANYTHING, label: t('example.anything') },
            ...products.map(({ id, name }) => ({ id, label: name })),
          ]}
          value={productId}
          onChange={setProductId}
        />
      </div>
    </section>
  );
}

function partText(
  { t, format, tierName }: Words,
  part: { readonly kind: string; readonly name: string; readonly points: number; readonly ruleId: string },
): string {
  const name = part.kind === 'tier' ? tierName(part.ruleId) : part.name;
  return t('example.part', {
    points: format.points(part.points),
    name: part.kind === 'tier' || name === '' ? t(`example.kind.${part.kind}`) : name,
  });
}
