import { readGtin } from '../ids/gtin.ts';

/** A link found in a scan. It stays text: nothing follows it. */
export type ScannedLink = { readonly kind: 'link' } | { readonly kind: 'gs1'; readonly gtin14: string };

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]{1,30}:/;
const GS1_PATH = /^https?:\/\/[^/?#\s]{1,253}(?:\/[^?#\s]{0,512}?)?\/01\/(\d{8,14})(?:[/?#]|$)/i;

/**
 * Says whether the text is a link of any scheme, and whether it is a GS1 Digital Link that names a trade item
 * (GS1 Digital Link Standard: URI Syntax, 1.4, path /01/<GTIN>). Null when it is not a link.
 */
export function readLink(text: string): ScannedLink | null {
  const gtin = GS1_PATH.exec(text)?.[1];
  if (gtin !== undefined) {
    const item = readGtin(gtin);
    if (item !== null) return { kind: 'gs1', gtin14: item.gtin14 };
  }
  return SCHEME.test(text) ? { kind: 'link' } : null;
}
