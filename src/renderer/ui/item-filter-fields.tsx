import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemFilter } from '#shop/offers/item-filter.ts';
import { ComboField } from './choice-field.tsx';
import type { ItemChoices } from './item-choices.ts';
import './item-filter-fields.css';

interface ChosenItems {
  readonly categoryIds: readonly string[];
  readonly productIds: readonly string[];
  /** Left out where tags cannot be chosen. */
  readonly tags?: readonly string[];
}

interface ItemListProps {
  readonly label: string;
  /** What it means that nothing is chosen. */
  readonly emptyText: string;
  readonly items: ItemChoices;
  readonly chosen: ChosenItems;
  readonly isDisabled?: boolean;
  readonly onChange: (chosen: { categoryIds: string[]; productIds: string[]; tags: string[] }) => void;
}

/** Categories, tags and products, found by typing; each stands as a chip that can be taken away. */
export function ItemList({ label, emptyText, items, chosen, isDisabled = false, onChange }: ItemListProps): ReactNode {
  const { t } = useTranslation('common');
  const { categories, products, tags } = items;
  const [added, setAdded] = useState(0);
  const isChosen = new Set([
    ...chosen.categoryIds.map((id) => `c:${id}`),
    ...(chosen.tags ?? []).map((tag) => `t:${tag}`),
    ...chosen.productIds.map((id) => `p:${id}`),
  ]);
  const all = [
    ...categories.map(({ id, name }) => ({ id: `c:${id}`, label: t('items.category', { name }) })),
    ...(chosen.tags === undefined ? [] : tags.map((tag) => ({ id: `t:${tag}`, label: t('items.tag', { tag }) }))),
    ...products.map(({ id, name }) => ({ id: `p:${id}`, label: name })),
  ];
  const set = (keys: readonly string[]): void => {
    const of = (mark: string): string[] => keys.filter((key) => key.startsWith(mark)).map((key) => key.slice(2));
    onChange({ categoryIds: of('c:'), productIds: of('p:'), tags: of('t:') });
  };
  return (
    <div className="ui-items">
      <ComboField
        key={added}
        isAnew={added > 0}
        label={label}
        hint={isChosen.size === 0 ? emptyText : undefined}
        placeholder={t('items.add')}
        choices={all.filter(({ id }) => !isChosen.has(id))}
        value={null}
        isDisabled={isDisabled}
        onChange={(key) => {
          set([...isChosen, key]);
          setAdded(added + 1);
        }}
      />
      {isChosen.size > 0 && (
        <ul className="ui-chips" aria-label={label}>
          {[...isChosen].map((key) => {
            const gone = key.startsWith('t:') ? t('items.tag', { tag: key.slice(2) }) : t('items.gone');
            const name = all.find(({ id }) => id === key)?.label ?? gone;
            return (
              <li key={key} className="ui-chip">
                {name}
                <button
                  type="button"
                  aria-label={t('items.remove', { name })}
                  disabled={isDisabled}
                  onClick={() => set([...isChosen].filter((other) => other !== key))}
                >
                  <X size={16} strokeWidth={2} aria-hidden="true" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

/** Which items something covers: the ones that count, and the ones that never do. */
export function ItemFilterFields({
  items,
  filter,
  isDisabled,
  onChange,
}: {
  items: ItemChoices;
  filter: ItemFilter;
  isDisabled?: boolean;
  onChange: (filter: ItemFilter) => void;
}): ReactNode {
  const { t } = useTranslation('common');
  return (
    <>
      <ItemList
        label={t('items.included')}
        emptyText={t('items.all')}
        items={items}
        chosen={filter}
        isDisabled={isDisabled ?? false}
        onChange={(chosen) => onChange({ ...filter, ...chosen })}
      />
      <ItemList
        label={t('items.excluded')}
        emptyText={t('items.noneExcluded')}
        items={items}
        chosen={{
          categoryIds: filter.excludeCategoryIds,
          productIds: filter.excludeProductIds,
          tags: filter.excludeTags,
        }}
        isDisabled={isDisabled ?? false}
        onChange={({ categoryIds, productIds, tags }) =>
          onChange({ ...filter, excludeCategoryIds: categoryIds, excludeProductIds: productIds, excludeTags: tags })
        }
      />
    </>
  );
}
