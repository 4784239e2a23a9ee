import { done, type Outcome } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { arrangeTiles } from './products-store.ts';

/** Puts the favourites grid in this order; what is left out is no favourite any more. */
export function arrangeFavourites(
  scope: CommandScope,
  { productIds }: { productIds: readonly string[] },
): Outcome<{ placed: number }> {
  const placed = arrangeTiles(scope.db, scope.shop.merchantId, productIds);
  scope.fact('tiles', { merchantId: scope.shop.merchantId, productIds });
  scope.changed({ table: 'products', recordId: 'tiles', before: null, after: { productIds } });
  scope.touch('catalogue');
  return done({ placed });
}
