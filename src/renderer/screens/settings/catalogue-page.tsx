import { useQuery } from '@tanstack/react-query';
import { Plus, Upload } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { foldText } from '../../ui/fold-text.ts';
import { Money } from '../../ui/money-text.tsx';
import { ProductIcon } from '../../ui/product-icon.tsx';
import { navigateTo, useRoute } from '../../ui/route.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { CategoriesCard, TaxesCard } from './catalogue-lists.tsx';
import type { Catalogue, Product } from './catalogue-types.ts';
import { ImportProducts } from './import-products.tsx';
import { PageFrame } from './page-frame.tsx';
import { ProductPanel } from './product-panel.tsx';

type Tab = 'products' | 'categories' | 'taxes';

function ProductRow({
  product,
  category,
  onOpen,
}: {
  product: Product;
  category: string | undefined;
  onOpen: () => void;
}): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <li>
      <button type="button" className="settings-row" onClick={onOpen}>
        <span className="ui-tone-icon tone-neutral">
          <ProductIcon name={product.icon} />
        </span>
        <span className="settings-row-words">
          <b className="is-cut">{product.name}</b>
          <span className="is-faint is-small is-cut">
            {[category ?? t('catalogue.noCategory'), product.barcodes[0]]
              .filter((part) => part !== undefined)
              .join(' · ')}
          </span>
        </span>
        {!product.isActive && <Tag>{t('catalogue.archived')}</Tag>}
        <b>
          <Money minor={product.priceMinor} />
        </b>
      </button>
    </li>
  );
}

function ProductsCard({ catalogue, onOpen }: { catalogue: Catalogue; onOpen: (product: Product) => void }): ReactNode {
  const { t } = useTranslation('settings');
  const [text, setText] = useState('');
  const names = useMemo(
    () => new Map(catalogue.categories.map((category) => [category.categoryId, category.name])),
    [catalogue],
  );
  const wanted = foldText(text.trim());
  const shown = catalogue.products.filter(
    (product) =>
      foldText(product.name).includes(wanted) || product.barcodes.includes(text.trim()) || product.sku === text.trim(),
  );
  return (
    <Card>
      <div className="settings-search">
        <TextField
          label={t('catalogue.find')}
          isLabelHidden
          placeholder={t('catalogue.find')}
          value={text}
          onChange={setText}
          type="search"
          acceptsScan
        />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          tone="neutral"
          title={catalogue.products.length === 0 ? t('catalogue.empty') : t('catalogue.noMatch')}
        />
      ) : (
        <ul className="settings-rows">
          {shown.map((product) => (
            <ProductRow
              key={product.productId}
              product={product}
              category={names.get(product.categoryId ?? '')}
              onOpen={() => onOpen(product)}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What the shop sells: products, categories, taxes, and the import of a list. */
export function CataloguePage(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const mayEdit = useMay('catalogue.edit');
  const list = useQuery(useApi().catalogue.list.queryOptions({ withArchived: true }));
  const [tab, setTab] = useState<Tab>('products');
  const { rest } = useRoute();
  const newBarcode = rest[1] === 'new' ? (rest[2] ?? '') : null;
  const [edited, setEdited] = useState<Product | 'new' | null>(null);
  const shown = newBarcode === null ? edited : 'new';
  const close = (): void => {
    setEdited(null);
    if (newBarcode !== null) navigateTo('settings', 'catalogue');
  };
  const [isImporting, setIsImporting] = useState(false);
  const catalogue = list.data;
  return (
    <PageFrame
      title={t('pages.catalogue')}
      detail={mayEdit ? t('catalogue.detail') : t('onlyManager')}
      actions={
        mayEdit && (
          <div className="settings-buttons">
            <Button icon={<Upload />} onPress={() => setIsImporting(true)}>
              {t('catalogue.import')}
            </Button>
            <Button
              kind="primary"
              icon={<Plus />}
              onPress={() => setEdited('new')}
              isDisabled={catalogue === undefined}
            >
              {t('catalogue.add')}
            </Button>
          </div>
        )
      }
    >
      <Segmented
        label={t('pages.catalogue')}
        segments={[
          { id: 'products', label: t('catalogue.products') },
          { id: 'categories', label: t('catalogue.categories') },
          { id: 'taxes', label: t('catalogue.taxes') },
        ]}
        value={tab}
        onChange={setTab}
        className="settings-tabs"
      />
      {list.isPending && <Skeleton rows={6} />}
      {list.isError && (
        <EmptyState
          tone="danger"
          title={t('common:error.load')}
          detail={t('common:error.loadDetail')}
          action={<Button onPress={() => void list.refetch()}>{t('common:retry')}</Button>}
        />
      )}
      {catalogue !== undefined && tab === 'products' && <ProductsCard catalogue={catalogue} onOpen={setEdited} />}
      {catalogue !== undefined && tab === 'categories' && <CategoriesCard catalogue={catalogue} mayEdit={mayEdit} />}
      {catalogue !== undefined && tab === 'taxes' && <TaxesCard catalogue={catalogue} mayEdit={mayEdit} />}
      {catalogue !== undefined && shown !== null && (
        <ProductPanel
          product={shown === 'new' ? null : shown}
          barcode={newBarcode ?? ''}
          catalogue={catalogue}
          mayEdit={mayEdit}
          onClose={close}
        />
      )}
      {isImporting && <ImportProducts onClose={() => setIsImporting(false)} />}
    </PageFrame>
  );
}
