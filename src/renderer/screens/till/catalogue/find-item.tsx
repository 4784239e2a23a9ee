import { Gift, Tags, Wallet } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FindDialog, type FindRow } from '../find-dialog.tsx';
import { useCreditWords } from '../../../ui/credit-words.ts';
import { Money } from '../../../ui/money-text.tsx';
import { ProductIcon } from '../../../ui/product-icon.tsx';
import { ONE_THOUSANDTHS } from '../sale-draft.ts';
import { addProduct, closeOverlay, openOverlay } from '../till-state.ts';
import type { Catalogue, Product } from '../till-types.ts';
import { folded, matchProducts, splitCount } from './match-products.ts';
import { tintClass } from './product-tile.tsx';

const MOST_ROWS = 30;
/** Shorter words are in the name of something on every shelf. */
const LEAST_OF_VALUE = 3;

interface FindItemProps {
  readonly catalogue: Catalogue;
  readonly text: string;
  readonly onOpenAmount: (name: string) => void;
  /** A gift card or credit is to be sold. */
  readonly onSellValue: (sells: 'credit' | 'gift-card') => void;
}

/** F2: finds an item by name, barcode or SKU, a gift card or a top-up by its name; Enter adds it. Nothing found offers an open amount. */
export function FindItem({ catalogue, text: startText, onOpenAmount, onSellValue }: FindItemProps): ReactNode {
  const { t } = useTranslation('till');
  const credit = useCreditWords();
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
  const value = [
    { sells: 'gift-card', title: t('find.giftCard'), how: t('find.giftCardHow'), Icon: Gift },
    { sells: 'credit', title: t('find.topUp', { name: credit.name }), how: t('find.topUpHow'), Icon: Wallet },
  ] as const;
  const typed = folded(words.trim());
  const valueRows = value
    .filter(({ title }) => typed.length >= LEAST_OF_VALUE && folded(title).includes(typed))
    .map(
      ({ sells, title, how, Icon }): FindRow => ({
        id: sells,
        onChoose: () => onSellValue(sells),
        content: (
          <>
            <span className="till-find-plus">
              <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
            </span>
            <span>
              <b>{title}</b>
              <small>{how}</small>
            </span>
            <span />
          </>
        ),
      }),
    );
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
      rows={[...rows, ...valueRows, openAmount]}
      empty={null}
      onText={setText}
      onClose={closeOverlay}
    />
  );
}
