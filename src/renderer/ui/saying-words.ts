import type { TFunction } from 'i18next';
import { coversEverything, type ItemFilter } from '#shop/offers/item-filter.ts';
import type { Formatter } from './format.ts';

/** What sentences about terms are made with: words, the region's numbers, the names of what they mention. */
export interface SayingWords {
  readonly common: TFunction<'common'>;
  readonly format: Pick<Formatter, 'money' | 'number' | 'settings'>;
  /** The shop's civil date, so that a day of this year stands without its year. */
  readonly today: string;
  readonly productName: (productId: string) => string;
  readonly categoryName: (categoryId: string) => string;
  readonly tierName: (tierId: string) => string;
  readonly segmentName: (segmentId: string) => string;
}

/** 'A, B and C', or with 'or'. */
export function listOf(
  { format }: Pick<SayingWords, 'format'>,
  names: readonly string[],
  type: 'conjunction' | 'disjunction',
): string {
  return new Intl.ListFormat(format.settings.language, { type }).format(names);
}

/** 'Coffee and Cake', 'everything except Books'; null where every item counts. */
export function itemsText(words: SayingWords, filter: ItemFilter): string | null {
  if (coversEverything(filter)) return null;
  const { common, categoryName, productName } = words;
  const named = (categoryIds: readonly string[], productIds: readonly string[], tags: readonly string[]): string[] => [
    ...categoryIds.map(categoryName),
    ...productIds.map(productName),
    ...tags.map((tag) => `#${tag}`),
  ];
  const included = named(filter.categoryIds, filter.productIds, filter.tags);
  const excluded = named(filter.excludeCategoryIds, filter.excludeProductIds, filter.excludeTags);
  const items = included.length === 0 ? common('items.everything') : listOf(words, included, 'conjunction');
  if (excluded.length === 0) return items;
  return common('items.except', { items, others: listOf(words, excluded, 'conjunction') });
}
