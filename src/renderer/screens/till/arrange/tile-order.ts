/** As many favourites as the back end takes. */
export const MOST_TILES = 500;

/** Returns the order with one tile moved by that many places, kept inside; an unknown tile moves nothing. */
export function movedBy(order: readonly string[], productId: string, places: number): readonly string[] {
  const at = order.indexOf(productId);
  if (at < 0) return order;
  const to = Math.max(0, Math.min(order.length - 1, at + places));
  return order.toSpliced(at, 1).toSpliced(to, 0, productId);
}

/** Returns the order with these tiles, in the order they have, put before or after another one. */
export function movedBeside(
  order: readonly string[],
  moving: ReadonlySet<string>,
  { productId, side }: { readonly productId: string; readonly side: 'before' | 'after' },
): readonly string[] {
  if (moving.has(productId)) return order;
  const rest = order.filter((each) => !moving.has(each));
  const at = rest.indexOf(productId);
  if (at < 0) return order;
  return rest.toSpliced(side === 'before' ? at : at + 1, 0, ...order.filter((each) => moving.has(each)));
}

/** Returns the order with a product at its end, once; a full grid stays as it is. */
export function withTile(order: readonly string[], productId: string): readonly string[] {
  return order.includes(productId) || order.length >= MOST_TILES ? order : [...order, productId];
}

export function withoutTile(order: readonly string[], productId: string): readonly string[] {
  return order.filter((each) => each !== productId);
}
