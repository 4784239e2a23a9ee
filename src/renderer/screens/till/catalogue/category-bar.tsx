import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import { FAVOURITES, showCategory, useTillState } from '../till-state.ts';
import type { Category } from '../till-types.ts';

/** Favourites and the shop's categories, one of them on view. */
export function CategoryBar({ categories }: { categories: readonly Category[] }): ReactNode {
  const { t } = useTranslation('till');
  const chosen = useTillState((state) => state.category);
  const known = chosen === FAVOURITES || categories.some((category) => category.categoryId === chosen);
  return (
    <ToggleButtonGroup
      aria-label={t('categories')}
      className="till-categories"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[known ? chosen : FAVOURITES]}
      onSelectionChange={(keys) => {
        const [key] = keys;
        if (key !== undefined) showCategory(String(key));
      }}
    >
      <ToggleButton id={FAVOURITES} className="till-category">
        <Star size={18} strokeWidth={1.75} aria-hidden="true" />
        {t('favourites')}
      </ToggleButton>
      {categories.map((category) => (
        <ToggleButton key={category.categoryId} id={category.categoryId} className="till-category">
          {category.name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
