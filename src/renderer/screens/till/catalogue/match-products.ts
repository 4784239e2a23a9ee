import type { Product } from '../till-types.ts';

/** Text without accents and case, so that 'cafe' finds 'Café'. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/** '3 x flat' and '3*flat' ask for three; anything else for one. */
export function splitCount(text: string): { count: number; words: string } {
  const match = /^\s*(\d{1,3})\s*[x×*]\s*(.*)$/iu.exec(text);
  if (match === null) return { count: 1, words: text.trim() };
  return { count: Math.max(1, Number(match[1])), words: (match[2] ?? '').trim() };
}

/** How well a product fits, less is better; null when it does not. A barcode or SKU fits only whole or by its ending. */
function rankOf(product: Product, words: readonly string[], whole: string): number | null {
  if (product.barcodes.includes(whole) || (product.sku !== null && folded(product.sku) === whole)) return 0;
  const name = folded(product.name);
  if (name.startsWith(whole)) return 1;
  const starts = name.split(/[\s\-/]+/);
  if (words.every((word) => starts.some((start) => start.startsWith(word)))) return 2;
  if (words.every((word) => name.includes(word))) return 3;
  const isDigits = /^\d{4,}$/.test(whole);
  return isDigits && product.barcodes.some((barcode) => barcode.endsWith(whole)) ? 4 : null;
}

/** The products on sale that fit what was typed, the best first; all of them, by name, when nothing was. */
export function matchProducts(products: readonly Product[], text: string, limit: number): Product[] {
  const whole = folded(text.trim());
  const words = whole.split(/\s+/).filter((word) => word !== '');
  return products
    .filter((product) => product.isActive)
    .flatMap((product) => {
      const rank = rankOf(product, words, whole);
      return rank === null ? [] : [{ product, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank || a.product.name.localeCompare(b.product.name))
    .slice(0, limit)
    .map(({ product }) => product);
}
