import type { TFunction } from 'i18next';
import type { ItemFilter } from '#shop/offers/item-filter.ts';
import type { Campaign, Distribution } from '#shop/vouchers/campaign.ts';
import type { Benefit } from '#shop/vouchers/kinds/all-kinds.ts';
import type { Formatter } from '../../ui/format.ts';
import { conditionsText } from '../../ui/condition-words.ts';
import { itemsText, listOf, type SayingWords } from '../../ui/saying-words.ts';
import { civilDayText, windowsText } from '../../ui/schedule-words.ts';

/** What a sentence about a campaign is made with. */
export interface CampaignWords extends SayingWords {
  readonly t: TFunction<'vouchers'>;
  readonly format: Pick<Formatter, 'money' | 'number' | 'percent' | 'settings'>;
  readonly staffName: (staffId: string) => string;
}

/** The place among discounts that a campaign has where nobody said another. */
const USUAL_ORDER = 100;

/** What it gives, with the items that it gives it on: '10% off Breakfast'. */
export function benefitText(words: CampaignWords, benefit: Benefit, filter: ItemFilter): string {
  const { t, format } = words;
  const named = itemsText(words, filter);
  const items = named ?? t('say.sale');
  const days = 'days' in benefit && benefit.days !== null ? [t('say.withinDays', { count: benefit.days })] : [];
  const byItem = 'scope' in benefit && benefit.scope === 'item' ? [t('say.byItem')] : [];
  const pays = 'filter' in benefit ? itemsText(words, benefit.filter) : null;
  const paysFor = pays === null ? [] : [t('say.paysFor', { items: pays })];
  switch (benefit.kind) {
    case 'percent': {
      const cap = benefit.capMinor === null ? [] : [t('say.cap', { amount: format.money(benefit.capMinor) })];
      return [t('say.off', { value: format.percent(benefit.rateBasisPoints), items }), ...cap, ...byItem].join(', ');
    }
    case 'amount':
      return [t('say.off', { value: format.money(benefit.amountMinor), items }), ...byItem].join(', ');
    case 'product':
      return named === null
        ? t('say.cheapestFree', { count: benefit.units })
        : t('say.free', { count: benefit.units, items: named });
    case 'buy-take':
      return t('say.buyTake', {
        buy: benefit.buyUnits,
        take: benefit.takeUnits,
        items: named ?? words.common('items.everything'),
      });
    case 'fixed-price':
      return t('say.fixedPrice', {
        amount: format.money(benefit.unitPriceMinor),
        items: named ?? words.common('items.everything'),
      });
    case 'credit':
      return [t('say.credit', { amount: format.money(benefit.amountMinor) }), ...days].join(', ');
    case 'units':
      return [t('say.units', { count: benefit.units, name: benefit.name }), ...paysFor, ...days].join(', ');
    case 'package':
      return [t('say.package', { count: benefit.uses, name: benefit.name }), ...paysFor, ...days].join(', ');
  }
}

function audienceNotes(words: CampaignWords, { audience }: Campaign): string[] {
  const { t } = words;
  const only = (names: readonly string[]): string[] =>
    names.length === 0 ? [] : [t('say.only', { names: listOf(words, names, 'disjunction') })];
  const { isFirstPurchase, needsCustomer, segmentIds, tierIds, shopIds, staffIds } = audience;
  return [
    ...(isFirstPurchase ? [t('say.firstPurchase')] : []),
    ...only(segmentIds.map(words.segmentName)),
    ...only(tierIds.map(words.tierName)),
    ...(needsCustomer ? [t('say.needsCustomer')] : []),
    ...(shopIds.length === 0 ? [] : [t('say.shops', { count: shopIds.length })]),
    ...(staffIds.length === 0
      ? []
      : [t('say.staff', { names: listOf(words, staffIds.map(words.staffName), 'disjunction') })]),
  ];
}

function limitNotes({ t, format }: CampaignWords, { limits, genericCode, trigger }: Campaign): string[] {
  const count = (key: string, value: number | null): string[] =>
    value === null ? [] : [t(`say.limit.${key}`, { count: value, limit: format.number(value) })];
  const isUsual = trigger === 'automatic' || limits.usesPerCode === (genericCode === null ? 1 : null);
  return [
    ...count('perCustomer', limits.perCustomer),
    ...count('perCustomerPerDay', limits.perCustomerPerDay),
    ...(isUsual ? [] : limits.usesPerCode === null ? [t('say.codeForEver')] : count('perCode', limits.usesPerCode)),
    ...(limits.usesPerSale === null
      ? [t('say.allAtOnce')]
      : limits.usesPerSale === 1
        ? []
        : count('perSale', limits.usesPerSale)),
    ...count('perDay', limits.perDay),
    ...count('total', limits.total),
    ...(limits.budgetMinor === null ? [] : [t('say.budget', { amount: format.money(limits.budgetMinor) })]),
  ];
}

function minimumNotes({ t, format }: CampaignWords, { minimum }: Campaign): string[] {
  if (minimum === null) return [];
  const amount = format.money(minimum.amountMinor);
  const text = t(minimum.of === 'sale' ? 'say.minimumSale' : 'say.minimumItems', { amount });
  return [minimum.withTax ? text : `${text} ${t('say.withoutTax')}`];
}

function conditionNotes(words: CampaignWords, { conditions }: Campaign): string[] {
  return conditions === null ? [] : [words.t('say.needs', { conditions: conditionsText(words, conditions) })];
}

function distributionNotes(words: CampaignWords, { distribution: by }: Campaign): string[] {
  const { t } = words;
  switch (by.kind) {
    case 'by-hand':
      return [];
    case 'enrolment':
      return [t('say.given.enrolment')];
    case 'birthday':
      return [by.daysBefore === 0 ? t('say.given.birthday') : t('say.given.beforeBirthday', { count: by.daysBefore })];
    case 'win-back':
      return [t('say.given.winBack', { count: by.afterDays })];
    case 'segment':
      return [t('say.given.segment', { name: words.segmentName(by.segmentId) })];
    case 'season': {
      const date = yearlyDayText(words, by.startsOn);
      const days = t('say.given.season', { count: by.forDays, date });
      return [
        by.segmentId === null ? days : `${days} ${t('say.given.toGroup', { name: words.segmentName(by.segmentId) })}`,
      ];
    }
    case 'referral':
      return [t(`say.given.${by.side}`)];
    case 'after-sale':
      return [afterSaleText(words, by)];
  }
}

/** '20 December', of every year. */
function yearlyDayText({ format }: CampaignWords, monthDay: string): string {
  const { language } = format.settings;
  const words = new Intl.DateTimeFormat(language === 'es' ? 'es' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return words.format(new Date(`2000-${monthDay}T12:00:00Z`));
}

/** With which sales it is given: of which items, worth how much, one for each piece of them. */
function afterSaleText(words: CampaignWords, by: Extract<Distribution, { kind: 'after-sale' }>): string {
  const { t, format } = words;
  const items = itemsText(words, by.filter);
  const amount = format.money(by.minimumMinor);
  const hasMinimum = by.minimumMinor > 0;
  if (by.per === 'sale' && items === null)
    return hasMinimum ? t('say.given.afterSaleFrom', { amount }) : t('say.given.afterSale');
  const text =
    by.per === 'unit'
      ? t('say.given.eachUnit', { items: items ?? words.common('items.everything') })
      : t('say.given.afterSaleOf', { items: items ?? words.common('items.everything') });
  return hasMinimum ? `${text} ${t('say.given.worth', { amount })}` : text;
}

/** How it goes with other discounts, where it is not as usual. */
function stackingNotes({ t, format }: CampaignWords, { stacking, benefit }: Campaign): string[] {
  const { isExclusive, group, order, basis } = stacking;
  return [
    ...(isExclusive ? [t('say.exclusive')] : []),
    ...(group === '' ? [] : [t('say.group', { group })]),
    ...(order === USUAL_ORDER ? [] : [t('say.order', { order: format.number(order) })]),
    ...(basis === 'initial' && benefit.kind === 'percent' ? [t('say.fullPrice')] : []),
  ];
}

function dateNotes(words: CampaignWords, { validity }: Campaign): string[] {
  const { t } = words;
  const { startsOn, endsOn, recurrence, claimDays } = validity;
  return [
    ...(recurrence === null
      ? []
      : [t('say.recurs', { count: recurrence.everyDays, forDays: recurrence.forDays, every: recurrence.everyDays })]),
    ...(claimDays === null ? [] : [t('say.claimDays', { count: claimDays })]),
    ...(startsOn === null ? [] : [words.common('schedule.say.from', { date: civilDayText(words, startsOn) })]),
    ...(endsOn === null ? [] : [words.common('schedule.say.until', { date: civilDayText(words, endsOn) })]),
  ];
}

/** Everything a campaign says: '10% off Breakfast, weekdays before 11:00, once per customer, until 30 Nov'. */
export function campaignSentence(words: CampaignWords, campaign: Campaign): string {
  const { t } = words;
  const windows = windowsText(words, campaign.validity.windows);
  const text = [
    benefitText(words, campaign.benefit, campaign.filter),
    ...(windows === null ? [] : [windows]),
    ...minimumNotes(words, campaign),
    ...conditionNotes(words, campaign),
    ...audienceNotes(words, campaign),
    ...limitNotes(words, campaign),
    ...(campaign.use === 'next-sale' ? [t('say.nextSale')] : []),
    ...stackingNotes(words, campaign),
    ...(campaign.trigger === 'automatic' ? [t('say.automatic')] : []),
    ...distributionNotes(words, campaign),
    ...dateNotes(words, campaign),
    ...(campaign.remindDays === null ? [] : [t('say.remind', { count: campaign.remindDays })]),
  ].join(', ');
  return text.charAt(0).toLocaleUpperCase(words.format.settings.language) + text.slice(1);
}

/** What stands large on a ticket: '10% off', 'Free', '₲ 20.000'. */
export function ticketValue({ t, format }: Pick<CampaignWords, 't' | 'format'>, benefit: Benefit): string {
  switch (benefit.kind) {
    case 'percent':
      return t('ticket.off', { value: format.percent(benefit.rateBasisPoints) });
    case 'amount':
      return t('ticket.off', { value: format.money(benefit.amountMinor) });
    case 'product':
      return t('ticket.free', { count: benefit.units });
    case 'buy-take':
      return t('ticket.buyTake', { all: benefit.buyUnits + benefit.takeUnits, paid: benefit.buyUnits });
    case 'fixed-price':
      return format.money(benefit.unitPriceMinor);
    case 'credit':
      return format.money(benefit.amountMinor);
    case 'units':
      return t('ticket.units', { count: benefit.units });
    case 'package':
      return t('ticket.units', { count: benefit.uses });
  }
}
