import { ArrowLeft, ArrowRight, GripVertical, X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Button as SlotButton } from 'react-aria-components/Button';
import { GridList, GridListItem } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Money } from '../../../ui/money-text.tsx';
import { ProductIcon } from '../../../ui/product-icon.tsx';
import { tintClass } from '../catalogue/product-tile.tsx';
import type { Catalogue, Product } from '../till-types.ts';
import { movedBeside, movedBy, withoutTile } from './tile-order.ts';
import type { TileOrder } from './use-tile-order.ts';

interface ArrangeGridProps {
  readonly catalogue: Catalogue;
  readonly tiles: TileOrder;
  readonly chosen: string | null;
  readonly onChoose: (productId: string | null) => void;
}

/** The favourites as on the till. A tile is dragged, or chosen and moved by the buttons below; Delete takes it out. */
export function ArrangeGrid({ catalogue, tiles, chosen, onChoose }: ArrangeGridProps): ReactNode {
  const { t } = useTranslation('till');
  const { order, change } = tiles;
  const items = useMemo(() => {
    const byId = new Map(catalogue.products.map((product) => [product.productId, product]));
    return order.flatMap((productId) => {
      const product = byId.get(productId);
      return product === undefined ? [] : [{ id: productId, product }];
    });
  }, [catalogue, order]);
  const tints = useMemo(() => new Map(catalogue.categories.map((each) => [each.categoryId, each.color])), [catalogue]);
  const nameOf = (productId: string): string => items.find((item) => item.id === productId)?.product.name ?? '';
  const remove = (productId: string): void => {
    change(withoutTile(order, productId), t('arrange.removed', { name: nameOf(productId) }));
    onChoose(null);
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': nameOf(String(key)) })),
    onReorder: ({ keys, target }) => {
      const moving = new Set([...keys].map(String));
      const side = target.dropPosition === 'before' ? 'before' : 'after';
      const [first = ''] = moving;
      const next = movedBeside(order, moving, { productId: String(target.key), side });
      change(next, t('arrange.moved', { name: nameOf(first) }));
    },
  });
  useKeys({ Delete: () => (chosen === null ? false : remove(chosen)) });
  return (
    <>
      <div className="till-grid-frame">
        <GridList
          className="till-grid arrange-grid"
          aria-label={t('favourites')}
          layout="grid"
          items={items}
          selectionMode="single"
          selectionBehavior="replace"
          selectedKeys={chosen === null ? [] : [chosen]}
          onSelectionChange={(keys) => onChoose(keys === 'all' ? null : String([...keys][0] ?? '') || null)}
          dragAndDropHooks={dragAndDropHooks}
        >
          {({ product }) => <ArrangeTile product={product} tint={tints.get(product.categoryId ?? '') ?? 'f'} />}
        </GridList>
      </div>
      <ArrangeBar
        name={chosen === null ? null : nameOf(chosen)}
        at={chosen === null ? -1 : order.indexOf(chosen)}
        count={order.length}
        onMove={(places) =>
          chosen !== null && change(movedBy(order, chosen, places), t('arrange.moved', { name: nameOf(chosen) }))
        }
        onRemove={() => chosen !== null && remove(chosen)}
      />
    </>
  );
}

function ArrangeTile({ product, tint }: { product: Product; tint: string }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <GridListItem id={product.productId} textValue={product.name} className={`till-tile ${tintClass(tint)}`}>
      <span className="till-tile-icon">
        <ProductIcon name={product.icon} />
      </span>
      <span className="till-tile-name">{product.name}</span>
      <span className="till-tile-price">
        <Money minor={product.priceMinor} />
      </span>
      <SlotButton slot="drag" className="arrange-grip" aria-label={t('arrange.drag', { name: product.name })}>
        <GripVertical size={20} strokeWidth={1.75} aria-hidden="true" />
      </SlotButton>
    </GridListItem>
  );
}

interface ArrangeBarProps {
  readonly name: string | null;
  readonly at: number;
  readonly count: number;
  readonly onMove: (places: 1 | -1) => void;
  readonly onRemove: () => void;
}

/** What can be done with the chosen tile without dragging. */
function ArrangeBar({ name, at, count, onMove, onRemove }: ArrangeBarProps): ReactNode {
  const { t } = useTranslation('till');
  const icon = { strokeWidth: 1.75, 'aria-hidden': true } as const;
  return (
    <div className="arrange-bar">
      <p role="status">{name === null ? t('arrange.how') : t('arrange.chosen', { name, place: at + 1, count })}</p>
      <Button size="counter" icon={<ArrowLeft {...icon} />} isDisabled={at <= 0} onPress={() => onMove(-1)}>
        {t('arrange.earlier')}
      </Button>
      <Button
        size="counter"
        icon={<ArrowRight {...icon} />}
        isDisabled={at < 0 || at === count - 1}
        onPress={() => onMove(1)}
      >
        {t('arrange.later')}
      </Button>
      <Button size="counter" icon={<X {...icon} />} isDisabled={at < 0} onPress={onRemove}>
        {t('arrange.remove')}
      </Button>
    </div>
  );
}
