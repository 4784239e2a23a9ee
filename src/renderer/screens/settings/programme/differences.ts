import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import type { Programme } from '#shop/points/programme.ts';
import { itemsText, levelText, promotionText, rewardText, ruleText, type Words } from './words.ts';

/** One thing that a draft changes. before or after is null for what is added or taken away. */
export interface Difference {
  readonly id: string;
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a draft changes of the version in force, in the words of the screen; empty where it says the same. */
export function differencesOf(words: Words, before: Programme, after: Programme): Difference[] {
  return [
    ...settingDifferences(words, before, after),
    ...listDifferences('rule', rulesOf(words, before), rulesOf(words, after)),
    ...listDifferences('promotion', promotionsOf(words, before), promotionsOf(words, after)),
    ...listDifferences('tier', tiersOf(words, before), tiersOf(words, after)),
    ...listDifferences('reward', rewardsOf(words, before), rewardsOf(words, after)),
  ];

  function listDifferences(kind: string, was: Map<string, string>, is: Map<string, string>): Difference[] {
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
      const difference = { before: was.get(id) ?? null, after: is.get(id) ?? null };
      if (difference.before === difference.after) return [];
      return [{ id: `${kind}-${id}`, what: words.t(`part.${kind}`), ...difference }];
    });
  }
}

const titled = (name: string, text: string): string => (name === '' ? text : `${name}: ${text}`);

function rulesOf(words: Words, { rules }: Programme): Map<string, string> {
  return new Map(
    rules.map((rule) => [
      rule.ruleId,
      titled(rule.name, ruleText(words, rule)) + (rule.rounding === 'floor' ? '' : ` · ${words.t('rounding.half-up')}`),
    ]),
  );
}

function promotionsOf(words: Words, { promotions }: Programme): Map<string, string> {
  return new Map(promotions.map((each) => [each.promotionId, titled(each.name, promotionText(words, each))]));
}

function rewardsOf(words: Words, { rewards }: Programme): Map<string, string> {
  return new Map(rewards.map((reward) => [reward.rewardId, titled(reward.name, rewardText(words, reward))]));
}

function tiersOf(words: Words, { tiers }: Programme): Map<string, string> {
  if (tiers === null) return new Map();
  const { t } = words;
  const how = [
    t(`tiers.modeName.${tiers.mode}`),
    ...(tiers.mode === 'BALANCE' ? [] : [t(`tiers.measureName.${tiers.measure}`), periodText(words, tiers.period)]),
    ...(tiers.graceDays === 0 ? [] : [t('tiers.graceOf', { count: tiers.graceDays })]),
    ...(tiers.includesThisSale ? [t('tiers.thisSale')] : []),
  ].join(' · ');
  return new Map([
    ['how', how],
    ...tiers.levels.map((level) => [level.tierId, levelText(words, tiers, level)] as const),
  ]);
}

/** 'in the last 12 months', 'each calendar year', 'ever' */
export function periodText({ t }: Pick<Words, 't'>, period: NonNullable<Programme['tiers']>['period']): string {
  if (period.kind === 'lifetime') return t('tiers.ever');
  return period.kind === 'rolling' ? t('tiers.rolling', { count: period.months }) : t(`tiers.each.${period.unit}`);
}

/** Every setting that is one value, as text, in the order of the screen. */
function settingsOf({ t, format, ...names }: Words, programme: Programme): [string, string][] {
  const { caps, exclude, pointValue } = programme;
  const none = t('none');
  const count = (value: number | null): string => (value === null ? none : format.number(value));
  const yes = (value: boolean): string => t(value ? 'yes' : 'no');
  const everythingElse = { ...EVERY_ITEM, ...exclude };
  return [
    ['name', programme.name],
    ['pointName', programme.pointName === '' ? none : programme.pointName],
    ['minimum', format.money(programme.minimumSpendMinor)],
    ['base', t(`base.${programme.base}`)],
    ['discounts', t(`discounts.${programme.discountsLower}`)],
    ['pointsLower', yes(programme.pointsDiscountLowers)],
    ['storedValue', yes(programme.storedValueTenderCounts)],
    ['earns', itemsText({ t, format, ...names }, everythingElse)],
    ['capSale', count(caps.pointsPerSale)],
    ['capDay', count(caps.pointsPerDay)],
    ['pending', count(programme.pendingDays)],
    ['expiry', programme.expiryMonths === null ? t('never') : count(programme.expiryMonths)],
    ['expiryRounding', t(`expiryRounding.${programme.expiryRounding}`)],
    ['slides', yes(programme.expirySlides)],
    ['warn', count(programme.warnDays)],
    ['refundGrace', count(programme.refundGraceDays)],
    ['lateAttach', count(programme.lateAttachDays)],
    ['negative', t(`negative.${programme.negativeBalance}`)],
    ['value', t('valueOf', { points: format.points(pointValue.points), amount: format.money(pointValue.perMinor) })],
  ];
}

function settingDifferences(words: Words, before: Programme, after: Programme): Difference[] {
  const was = new Map(settingsOf(words, before));
  return settingsOf(words, after)
    .filter(([id, text]) => was.get(id) !== text)
    .map(([id, text]) => ({ id, what: words.t(`field.${id}`), before: was.get(id) ?? null, after: text }));
}
