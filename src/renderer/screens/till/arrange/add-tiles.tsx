import { Plus, Search } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../../ui/field.tsx';
import { Money } from '../../../ui/money-text.tsx';
import { matchProducts } from '../catalogue/match-products.ts';
import type { Catalogue } from '../till-types.ts';

/** So many are listed at once; a word narrows them down. */
const MOST_LISTED = 60;

interface AddTilesProps {
  readonly catalogue: Catalogue;
  readonly order: readonly string[];
  readonly onAdd: (productId: string) => void;
}

/** The items on sale that are no favourites yet; a press puts one at the end. */
export function AddTiles({ catalogue, order, onAdd }: AddTilesProps): ReactNode {
  const { t } = useTranslation('till');
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const found = useMemo(() => {
    const placed = new Set(order);
    const free = catalogue.products.filter((product) => product.isActive && !placed.has(product.productId));
    return matchProducts(free, wanted, MOST_LISTED);
  }, [catalogue, order, wanted]);
  return (
    <section className="arrange-add" aria-label={t('arrange.others')}>
      <div className="sales-search">
        <TextField
          label={t('arrange.search')}
          isLabelHidden
          type="search"
          placeholder={t('arrange.search')}
          prefix={<Search size={18} strokeWidth={1.75} aria-hidden="true" />}
          value={text}
          onChange={setText}
        />
      </div>
      {found.length === 0 ? (
        <p className="arrange-nothing is-muted">{text.trim() === '' ? t('arrange.all') : t('arrange.noMatch')}</p>
      ) : (
        <ul className="arrange-list">
          {found.map((product) => (
            <li key={product.productId}>
              <button type="button" className="arrange-row" onClick={() => onAdd(product.productId)}>
                <Plus size={18} strokeWidth={1.75} aria-hidden="true" />
                <b className="is-cut">{product.name}</b>
                <Money minor={product.priceMinor} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
