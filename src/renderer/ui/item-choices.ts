interface Named {
  readonly id: string;
  readonly name: string;
}

/** What a rule, a reward, a voucher or a pass can be limited to: the shop's categories, products and the tags of them. */
export interface ItemChoices {
  readonly categories: readonly Named[];
  readonly products: readonly Named[];
  readonly tags: readonly string[];
}

interface Catalogue {
  readonly categories: readonly { readonly categoryId: string; readonly name: string }[];
  readonly products: readonly { readonly productId: string; readonly name: string; readonly tags: readonly string[] }[];
}

const NOTHING: ItemChoices = { categories: [], products: [], tags: [] };

/** What a catalogue lets one choose; nothing as long as it has not come. */
export function itemChoicesOf(catalogue: Catalogue | undefined): ItemChoices {
  if (catalogue === undefined) return NOTHING;
  return {
    categories: catalogue.categories.map(({ categoryId, name }) => ({ id: categoryId, name })),
    products: catalogue.products.map(({ productId, name }) => ({ id: productId, name })),
    tags: [...new Set(catalogue.products.flatMap(({ tags }) => tags))].sort(),
  };
}
