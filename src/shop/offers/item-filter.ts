import { z } from 'zod';
import { lineText } from '../text/text-schema.ts';

const idsSchema = z.array(lineText({ max: 64 })).max(500);

/** Which items a rule, a promotion, a reward or an offer covers. Empty includes mean everything; an exclusion wins. */
export const itemFilterSchema = z.strictObject({
  productIds: idsSchema.default([]),
  categoryIds: idsSchema.default([]),
  tags: idsSchema.default([]),
  excludeProductIds: idsSchema.default([]),
  excludeCategoryIds: idsSchema.default([]),
  excludeTags: idsSchema.default([]),
});
export type ItemFilter = z.infer<typeof itemFilterSchema>;

/** What a filter reads of a line. */
export interface FilterableItem {
  readonly productId?: string | null;
  readonly categoryId?: string | null;
  readonly tags?: readonly string[];
  /** A gift card, a top-up, a package: no rule, reward or offer covers it (C-38). */
  readonly isStoredValue?: boolean;
}

/** The filter that covers every item. */
export const EVERY_ITEM: ItemFilter = {
  productIds: [],
  categoryIds: [],
  tags: [],
  excludeProductIds: [],
  excludeCategoryIds: [],
  excludeTags: [],
};

/** Whether a filter leaves nothing out. */
export function coversEverything(filter: ItemFilter): boolean {
  return Object.values(filter).every((ids) => ids.length === 0);
}

/** Whether an item is covered: named by any of the includes (or there are none) and by none of the exclusions; stored value never. */
export function matchesFilter(item: FilterableItem, filter: ItemFilter): boolean {
  if (item.isStoredValue === true) return false;
  if (isNamed(item, filter.excludeProductIds, filter.excludeCategoryIds, filter.excludeTags)) return false;
  const hasIncludes = filter.productIds.length + filter.categoryIds.length + filter.tags.length > 0;
  return !hasIncludes || isNamed(item, filter.productIds, filter.categoryIds, filter.tags);
}

function isNamed(
  { productId, categoryId, tags = [] }: FilterableItem,
  productIds: readonly string[],
  categoryIds: readonly string[],
  named: readonly string[],
): boolean {
  if (productId && productIds.includes(productId)) return true;
  if (categoryId && categoryIds.includes(categoryId)) return true;
  return tags.some((tag) => named.includes(tag));
}
