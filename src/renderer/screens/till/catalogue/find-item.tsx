import { Tags } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FindDialog, type FindRow } from '../find-dialog.tsx';
import { Money } from '../../../ui/money-text.tsx';
import { ProductIcon } from '../../../ui/product-icon.tsx';
import { ONE_THOUSANDTHS } from '../sale-draft.ts';
import { addProduct, closeOverlay, openOverlay } from '../till-state.ts';
import type { Catalogue, Product } from '../till-types.ts';
import { matchProducts, splitCount } from './match-products.ts';
import { tintClass } from './product-tile.tsx';

const MOST_ROWS = 30;

interface FindItemProps {
  readonly catalogue: Catalogue;
  readonly text: string;
  readonly onOpenAmount: (name: string) => void;
}

/** F2: finds an item by name, barcode or SKU; Enter adds it. Nothing found offers an open amount. */
export function FindItem({ catalogue, text: startText, onOpenAmount }: FindItemProps): ReactNode {
  const { t } = useTranslation('till');
  const [text, setText] = useState(startText);
  const { count, words } = splitCount(text);
  const categories = new Map(catalogue.categories.map((category) => [category.categoryId, category]));
  const add = (product: Product): void => {
    if (product.soldByWeight) {
      openOverlay({ kind: 'product', productId: product.productId });
      return;
    }
    addProduct(product, count * ONE_THOUSANDTHS);
    closeOverlay();
  };
  const rows: FindRow[] = matchProducts(catalogue.products, words, MOST_ROWS).map((product) => {
    const category = categories.get(product.categoryId ?? '');
    return {
      id: product.productId,
      onChoose: () => add(product),
      content: (
        <>
          <span className={`till-tile-icon ${tintClass(category?.color ?? 'f')}`}>
            <ProductIcon name={product.icon} />
          </span>
          <span>
            <b>{product.name}</b>
            <small>{[category?.name, product.sku ?? product.barcodes[0]].filter(Boolean).join(' · ')}</small>
          </span>
          <span className="till-find-row-end">
            {count > 1 && `${count} × `}
            <Money minor={product.priceMinor} />
          </span>
        </>
      ),
    };
  });
  const openAmount: FindRow = {
    id: 'open-amount',
    onChoose: () => onOpenAmount(words),
    content: (
      <>
        <span className="till-find-plus">
          <Tags size={20} strokeWidth={1.75} aria-hidden="true" />
        </span>
        <span>
          <b>{words === '' ? t('openAmount.title') : t('find.openAmount', { name: words })}</b>
          <small>{t('find.openAmountHow')}</small>
        </span>
        <span />
      </>
    ),
  };
  return (
    <FindDialog
      title={t('keys.findItem')}
      label={t('find.itemLabel')}
      placeholder={t('find.itemPlaceholder')}
      text={text}
      acceptsScan
      rows={[...rows, openAmount]}
      empty={null}
      onText={setText}
      onClose={closeOverlay}
    />
  );
}
