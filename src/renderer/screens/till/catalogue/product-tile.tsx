import { type PointerEvent, type ReactNode, memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { ProductIcon } from '../../../ui/product-icon.tsx';
import { Quantity } from '../../../ui/quantity-text.tsx';
import type { Product } from '../till-types.ts';

/** How long a finger rests on a tile before its options open. */
const LONG_PRESS_MS = 500;

const TINTS = new Set(['a', 'b', 'c', 'd', 'e', 'f']);

/** The class that gives a category its colour; an unknown one is violet. */
export function tintClass(tint: string): string {
  return `till-tint-${TINTS.has(tint) ? tint : 'f'}`;
}

/** Tells a long press from a tap, and keeps the tap from following the long press. */
function useLongPress(onLong: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const wasLong = useRef(false);
  const stop = (): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  };
  return {
    wasLong,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        wasLong.current = false;
        if (event.button !== 0) return;
        timer.current = setTimeout(() => {
          wasLong.current = true;
          onLong();
        }, LONG_PRESS_MS);
      },
      onPointerUp: stop,
      onPointerLeave: stop,
      onPointerCancel: stop,
    },
  };
}

interface ProductTileProps {
  readonly product: Product;
  readonly tint: string;
  /** How many times the points it earns now: 20000 = twice. */
  readonly multiplierBasisPoints: number;
  readonly inSaleThousandths: number;
  readonly isTabStop: boolean;
  readonly onReach: () => void;
  readonly onAdd: (product: Product) => void;
  readonly onOptions: (product: Product) => void;
}

/**
 * One product: a tap adds one, a long press or the menu key opens its options. Its name for screen readers says what is
 * seen in the order in which it stands here, so that it can also be spoken to.
 */
export const ProductTile = memo(function ProductTile(props: ProductTileProps): ReactNode {
  const { product, multiplierBasisPoints, inSaleThousandths, isTabStop, onReach, onAdd, onOptions } = props;
  const { t } = useTranslation('till');
  const format = useFormat();
  const press = useLongPress(() => onOptions(product));
  const price = format.money(product.priceMinor);
  const name = product.soldByWeight ? t('tile.perKilo', { name: product.name, price }) : `${product.name}, ${price}`;
  const more = multiplierBasisPoints > 10_000 ? format.tenths(Math.round(multiplierBasisPoints / 1000)) : null;
  const said = more === null ? name : t('tile.more', { name, times: more });
  const count = format.quantity(inSaleThousandths);
  return (
    <button
      type="button"
      className={`till-tile ${tintClass(props.tint)}`}
      data-in-sale={inSaleThousandths > 0}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={inSaleThousandths > 0 ? t('tile.inSale', { name: said, count }) : said}
      aria-haspopup={product.soldByWeight ? 'dialog' : undefined}
      onFocus={onReach}
      onContextMenu={(event) => {
        event.preventDefault();
        onOptions(product);
      }}
      onClick={() => {
        if (!press.wasLong.current) onAdd(product);
        press.wasLong.current = false;
      }}
      {...press.handlers}
    >
      <span className="till-tile-icon">
        <ProductIcon name={product.icon} />
      </span>
      <span className="till-tile-name">{product.name}</span>
      <span className="till-tile-price">
        <Money minor={product.priceMinor} />
        {product.soldByWeight && t('tile.perKiloShort')}
      </span>{' '}
      {more !== null && <span className="till-tile-more">{t('tile.moreShort', { times: more })}</span>}
      {inSaleThousandths > 0 && (
        <span className="till-tile-count">
          <Quantity thousandths={inSaleThousandths} />
        </span>
      )}
    </button>
  );
});
