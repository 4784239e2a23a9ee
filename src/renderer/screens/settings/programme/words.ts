import type { TFunction } from 'i18next';
import { coversEverything, type ItemFilter } from '#shop/offers/item-filter.ts';
import type { EarningConditions, EarningRule, Promotion } from '#shop/points/programme-rules.ts';
import type { Reward } from '#shop/points/programme-rewards.ts';
import type { TierLevel, Tiers } from '#shop/points/programme-tiers.ts';
import type { Schedule } from '#shop/time/schedule.ts';
import type { Formatter } from '../../../ui/format.ts';
import { minuteText, weekdayWithin } from '../../../ui/schedule-words.ts';

/** What a sentence about a programme is made with. */
export interface Words {
  readonly t: TFunction<'programme'>;
  readonly format: Pick<Formatter, 'money' | 'points' | 'number' | 'percent' | 'settings'>;
  readonly productName: (productId: string) => string;
  readonly categoryName: (categoryId: string) => string;
  readonly tierName: (tierId: string) => string;
  readonly segmentName: (segmentId: string) => string;
}

function listOf({ format }: Words, names: readonly string[]): string {
  return new Intl.ListFormat(format.settings.language, { type: 'conjunction' }).format(names);
}

/** '×2' for 20000, as the region writes numbers. */
export function timesText({ format }: Pick<Words, 'format'>, multiplierBasisPoints: number): string {
  return `×${new Intl.NumberFormat(format.settings.region, { maximumFractionDigits: 4 }).format(multiplierBasisPoints / 10_000)}`;
}

/** 'Coffee and Cake', 'everything except Books'. */
export function itemsText(words: Words, filter: ItemFilter): string {
  const { t } = words;
  const named = (categoryIds: readonly string[], productIds: readonly string[], tags: readonly string[]): string[] => [
    ...categoryIds.map(words.categoryName),
    ...productIds.map(words.productName),
    ...tags.map((tag) => `#${tag}`),
  ];
  const included = named(filter.categoryIds, filter.productIds, filter.tags);
  const excluded = named(filter.excludeCategoryIds, filter.excludeProductIds, filter.excludeTags);
  const items = included.length === 0 ? t('say.everything') : listOf(words, included);
  return excluded.length === 0 ? items : t('say.except', { items, others: listOf(words, excluded) });
}

/** 'Fridays 16:00 to 20:00, until 2026-12-31' */
export function scheduleText(words: Words, schedule: Schedule): string {
  const { t, format } = words;
  const { weekdays, fromMinute, toMinute, startsOn, endsOn } = schedule;
  const days = [...weekdays].sort((a, b) => a - b).map((day) => weekdayWithin(format.settings.language, day));
  return [
    ...(days.length === 0 ? [] : [listOf(words, days)]),
    ...(fromMinute === null && toMinute === null
      ? []
      : [t('say.hours', { from: minuteText(fromMinute ?? 0), to: minuteText(toMinute ?? 1440) })]),
    ...(startsOn === null ? [] : [t('say.startsOn', { date: startsOn })]),
    ...(endsOn === null ? [] : [t('say.endsOn', { date: endsOn })]),
  ].join(', ');
}

function conditionNotes(words: Words, { limits, schedule, tierIds, segmentIds }: EarningConditions): string[] {
  const { t, format } = words;
  const limit = (key: string, value: number | null): string[] =>
    value === null ? [] : [t(`say.limit.${key}`, { count: value, limit: format.number(value) })];
  return [
    ...(tierIds.length === 0 ? [] : [t('say.onlyTiers', { tiers: listOf(words, tierIds.map(words.tierName)) })]),
    ...(segmentIds.length === 0
      ? []
      : [t('say.onlyTiers', { tiers: listOf(words, segmentIds.map(words.segmentName)) })]),
    ...(schedule === null ? [] : [scheduleText(words, schedule)].filter((text) => text !== '')),
    ...limit('perSale', limits.pointsPerSale),
    ...limit('perDay', limits.pointsPerDay),
    ...limit('ever', limits.pointsEver),
    ...limit('timesPerDay', limits.timesPerDay),
  ];
}

const KNOWN_EVENTS = new Set(['birthday', 'review', 'referral', 'enrolment']);

/** What happens outside a sale, in words; the shop's own code stands as it is. */
export function eventName({ t }: Pick<Words, 't'>, event: string): string {
  return KNOWN_EVENTS.has(event) ? t(`event.${event}`) : event;
}

function ruleCore(words: Words, rule: EarningRule): string {
  const { t, format } = words;
  const points = (count: number): string => t('say.points', { count, points: format.points(count) });
  if (rule.kind === 'spend') {
    const main = t('say.spend', { points: points(rule.points), amount: format.money(rule.perMinor) });
    return coversEverything(rule.filter) ? main : t('say.on', { main, items: itemsText(words, rule.filter) });
  }
  if (rule.kind === 'visit') return t('say.visit', { points: points(rule.points) });
  if (rule.kind === 'event') {
    const main = t('say.event', { points: points(rule.points), event: eventName(words, rule.event) });
    if (rule.event !== 'referral' || rule.friendPoints === null) return main;
    return t('say.friendToo', { main, points: points(rule.friendPoints) });
  }
  return t('say.unit', { points: points(rule.pointsPerUnit), items: itemsText(words, rule.filter) });
}

/** '1 point for every ₲ 1.000 · Fridays · at most 100 points a day' */
export function ruleText(words: Words, rule: EarningRule): string {
  const { t, format } = words;
  const waits = rule.kind !== 'event' || (rule.event === 'referral' && rule.on === 'first-purchase');
  const minimumMinor = waits && 'minimumSpendMinor' in rule ? rule.minimumSpendMinor : 0;
  const timesPerYear = rule.kind === 'event' ? rule.timesPerYear : null;
  return [
    ruleCore(words, rule),
    ...(rule.kind === 'event' && rule.event === 'referral' ? [t(`say.referral.${rule.on}`)] : []),
    ...(minimumMinor === 0 ? [] : [t('say.from', { amount: format.money(minimumMinor) })]),
    ...(rule.multiplierBasisPoints === 10_000 ? [] : [timesText(words, rule.multiplierBasisPoints)]),
    ...(timesPerYear === null ? [] : [t('say.timesPerYear', { count: timesPerYear })]),
    ...conditionNotes(words, rule),
  ].join(' · ');
}

/** '×2 points on Pastry · Fridays' */
export function promotionText(words: Words, promotion: Promotion): string {
  const times = timesText(words, promotion.multiplierBasisPoints);
  const main = words.t('say.promotion', { times, items: itemsText(words, promotion.filter) });
  return [main, ...conditionNotes(words, promotion)].join(' · ');
}

function rewardCore(words: Words, reward: Reward): string {
  const { t, format } = words;
  const points = (count: number): string => t('say.points', { count, points: format.points(count) });
  const rate = (basisPoints: number): string => format.percent(basisPoints);
  if (reward.kind === 'rate')
    return t('say.reward.rate', { points: points(reward.pointsPerStep), amount: format.money(reward.minorPerStep) });
  const price = { points: points(reward.pricePoints) };
  if (reward.kind === 'fixed') return t('say.reward.fixed', { ...price, amount: format.money(reward.amountMinor) });
  const items = itemsText(words, reward.filter);
  if (reward.kind === 'percentage')
    return t('say.reward.percentage', { ...price, items, rate: rate(reward.rateBasisPoints) });
  if (reward.kind === 'free-product') return t('say.reward.free-product', { ...price, items, count: reward.units });
  if (reward.kind === 'free-choice') return t('say.reward.free-choice', { ...price, items });
  return reward.rateBasisPoints === 10_000
    ? t('say.reward.cheapest-free', { ...price, items })
    : t('say.reward.cheapest', { ...price, items, rate: rate(reward.rateBasisPoints) });
}

/** '100 points: Coffee is free · from ₲ 20.000 · only Gold' */
export function rewardText(words: Words, reward: Reward): string {
  const { t, format } = words;
  const { minimumSpendMinor, tierIds } = reward;
  const points = (count: number): string => t('say.points', { count, points: format.points(count) });
  const notes: string[] = [];
  if (reward.kind === 'rate') {
    if (reward.minimumPoints > 0) notes.push(t('say.atLeast', { points: points(reward.minimumPoints) }));
    if (reward.maximumPoints !== null) notes.push(t('say.atMost', { points: points(reward.maximumPoints) }));
    if (reward.maxShareBasisPoints < 10_000)
      notes.push(t('say.share', { rate: format.percent(reward.maxShareBasisPoints) }));
    if (!coversEverything(reward.filter)) notes.push(itemsText(words, reward.filter));
  }
  if (reward.kind === 'percentage' && reward.capMinor !== null)
    notes.push(t('say.cap', { amount: format.money(reward.capMinor) }));
  if (minimumSpendMinor > 0) notes.push(t('say.from', { amount: format.money(minimumSpendMinor) }));
  if (tierIds.length > 0) notes.push(t('say.onlyTiers', { tiers: listOf(words, tierIds.map(words.tierName)) }));
  return [rewardCore(words, reward), ...notes].join(' · ');
}

/** '₲ 500.000', '200 points', '12 visits': a threshold by what the ladder measures. */
export function thresholdText({ t, format }: Words, measure: Tiers['measure'] | 'balance', threshold: number): string {
  if (measure === 'spend') return format.money(threshold);
  if (measure === 'visits') return t('say.visits', { count: threshold });
  return t('say.points', { count: threshold, points: format.points(threshold) });
}

/** What the thresholds of a ladder are counted in. */
export function measureOf({ mode, measure }: Pick<Tiers, 'mode' | 'measure'>): Tiers['measure'] {
  return mode === 'BALANCE' ? 'points' : measure;
}

/** 'Silver from ₲ 500.000 · ×1,25' */
export function levelText(words: Words, tiers: Pick<Tiers, 'mode' | 'measure'>, level: TierLevel): string {
  const from = thresholdText(words, measureOf(tiers), level.threshold);
  return words.t('say.level', {
    name: level.name,
    from,
    times: timesText(words, level.multiplierBasisPoints),
  });
}
