/** The texts of an imported product, which decide how much room it takes. */
export interface ImportedTexts {
  readonly name: string;
  readonly sku: string | null;
  readonly category: string | null;
  readonly barcodes: readonly string[];
}

/** A page of an import holds at most this many products. */
export const MOST_ROWS_OF_PAGE = 100;
/** Room of a page in bytes: its op holds 64 KiB, and the barcodes that products have already come on top. */
const ROOM_OF_PAGE = 50_000;
/** Ids, price and signs of a product, and of a category that it may bring along. */
const PRODUCT_BYTES = 160;
const CATEGORY_BYTES = 280;

/** The first row that does not fit on the page that begins at `from`. At least one row always fits. */
export function endOfPage(rows: readonly ImportedTexts[], from: number): number {
  const most = Math.min(rows.length, from + MOST_ROWS_OF_PAGE);
  let room = 0;
  for (let at = from; at < most; at += 1) {
    const row = rows[at];
    if (row !== undefined) room += roomOf(row);
    if (room > ROOM_OF_PAGE) return Math.max(at, from + 1);
  }
  return most;
}

function roomOf({ name, sku, category, barcodes }: ImportedTexts): number {
  const ofCategory = category === null ? 0 : CATEGORY_BYTES + bytesOf(category);
  return PRODUCT_BYTES + bytesOf(name) + bytesOf(sku ?? '') + ofCategory + bytesOf(barcodes.join(' '));
}

/** Bytes of a text in JSON and UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of JSON.stringify(text)) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
