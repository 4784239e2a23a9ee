import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Programme } from '#shop/points/programme.ts';
import { useApi } from '../../../ui/api-context.ts';
import { useFormat } from '../../../ui/format.ts';
import { type ItemChoices, itemChoicesOf } from '../../../ui/item-choices.ts';
import type { Words } from './words.ts';

export interface Item {
  readonly id: string;
  readonly name: string;
}

const NOTHING: readonly never[] = [];

/** What can be chosen in a rule: the shop's categories, products and tags. */
export function useItems(): ItemChoices {
  const { data } = useQuery(useApi().catalogue.list.queryOptions({ withArchived: true }));
  return useMemo(() => itemChoicesOf(data), [data]);
}

/** The groups of customers that a rule can be for. */
export function useSegments(): readonly Item[] {
  const { data } = useQuery(useApi().segments.list.queryOptions());
  return useMemo(() => data?.segments.map(({ segmentId, name }) => ({ id: segmentId, name })) ?? NOTHING, [data]);
}

/** The words for sentences about a programme, with the names of what it mentions. */
export function useWords(...programmes: readonly (Programme | null)[]): Words {
  const { t } = useTranslation('programme');
  const format = useFormat();
  const { categories, products } = useItems();
  const nameIn = (items: readonly Item[]) => (id: string) => items.find((item) => item.id === id)?.name ?? t('gone');
  const segments = useSegments();
  const levels = programmes.flatMap((programme) => programme?.tiers?.levels ?? []);
  return {
    t,
    format,
    productName: nameIn(products),
    categoryName: nameIn(categories),
    tierName: (tierId) => levels.find((level) => level.tierId === tierId)?.name ?? t('gone'),
    segmentName: nameIn(segments),
  };
}
