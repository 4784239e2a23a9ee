import type { ComponentProps, ReactNode } from 'react';
import { ItemFilterFields, ItemList } from '../../../ui/item-filter-fields.tsx';
import { useItems } from './use-words.ts';

/** Which items something covers, of all that the shop has. */
export function FilterFields(props: Omit<ComponentProps<typeof ItemFilterFields>, 'items'>): ReactNode {
  return <ItemFilterFields items={useItems()} {...props} />;
}

/** Some items of all that the shop has. */
export function ChosenItems(props: Omit<ComponentProps<typeof ItemList>, 'items'>): ReactNode {
  return <ItemList items={useItems()} {...props} />;
}
