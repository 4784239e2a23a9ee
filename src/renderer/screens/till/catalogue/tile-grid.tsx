import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTileMultipliers } from './use-tile-multipliers.ts';
import { quantityByProduct } from '../sale-draft.ts';
import { FAVOURITES, useTillState } from '../till-state.ts';
import type { Catalogue, Product } from '../till-types.ts';
import { ProductTile } from './product-tile.tsx';
import './catalogue.css';

/** How many tiles fill the view before any have been arranged. */
const FIRST_TILES = 20;

/** The products on view: the arranged favourites, or everything on sale in a category. */
export function productsOnView(catalogue: Catalogue, category: string): Product[] {
  const onSale = catalogue.products.filter((product) => product.isActive);
  const inCategory = onSale.filter((product) => product.categoryId === category);
  if (category !== FAVOURITES && inCategory.length > 0) return inCategory;
  if (category !== FAVOURITES && catalogue.categories.some((each) => each.categoryId === category)) return [];
  const byId = new Map(onSale.map((product) => [product.productId, product]));
  const arranged = catalogue.tiles.flatMap((productId) => byId.get(productId) ?? []);
  return arranged.length > 0 ? arranged : onSale.slice(0, FIRST_TILES);
}

function nextTile(key: string, at: number, count: number, columns: number): number | null {
  const last = count - 1;
  const steps: Record<string, number> = {
    ArrowRight: Math.min(at + 1, last),
    ArrowLeft: Math.max(at - 1, 0),
    ArrowDown: at + columns > last ? at : at + columns,
    ArrowUp: at - columns < 0 ? at : at - columns,
    Home: 0,
    End: last,
    PageDown: Math.min(at + columns * 4, last),
    PageUp: Math.max(at - columns * 4, 0),
  };
  return steps[key] ?? null;
}

interface TileGridProps {
  readonly catalogue: Catalogue;
  readonly onAdd: (product: Product) => void;
  readonly onOptions: (product: Product) => void;
}

/** Tiles of what the shop sells: one tab stop, arrows inside. */
export function TileGrid({ catalogue, onAdd, onOptions }: TileGridProps): ReactNode {
  const { t } = useTranslation('till');
  const category = useTillState((state) => state.category);
  const draft = useTillState((state) => state.draft);
  const [reached, setReached] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const products = useMemo(() => productsOnView(catalogue, category), [catalogue, category]);
  const counts = useMemo(() => quantityByProduct(draft), [draft]);
  const multiplierOf = useTileMultipliers();
  const tints = useMemo(() => new Map(catalogue.categories.map((each) => [each.categoryId, each.color])), [catalogue]);
  const tabStop = Math.min(reached, products.length - 1);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const columns = grid.current === null ? 1 : getComputedStyle(grid.current).gridTemplateColumns.split(' ').length;
    const next = nextTile(event.key, tabStop, products.length, columns);
    if (next === null) return;
    event.preventDefault();
    setReached(next);
    const tile = grid.current?.children[next];
    if (tile instanceof HTMLElement) tile.focus();
  };

  if (products.length === 0) {
    return <p className="till-message is-muted">{t('categoryEmpty')}</p>;
  }
  return (
    <div className="till-grid-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons in a grid, not a form's fieldset */}
      <div ref={grid} className="till-grid" role="group" aria-label={t('items')} onKeyDown={onKeyDown}>
        {products.map((product, index) => (
          <ProductTile
            key={product.productId}
            product={product}
            tint={tints.get(product.categoryId ?? '') ?? 'f'}
            multiplierBasisPoints={multiplierOf(product)}
            inSaleThousandths={counts.get(product.productId) ?? 0}
            isTabStop={index === tabStop}
            onReach={() => setReached(index)}
            onAdd={onAdd}
            onOptions={onOptions}
          />
        ))}
      </div>
    </div>
  );
}
