import { CODE_LENGTH, readCode } from '../ids/code.ts';
import { readGtin } from '../ids/gtin.ts';
import { formatReceiptNumber, readReceiptNumber } from '../ids/receipt-number.ts';
import { gtinOfElementString } from './gs1.ts';
import { readLink } from './link.ts';
import { type AimHint, normaliseScan, shownTextOf } from './scan-text.ts';

/** Where a scan came from (S0-10): hand scanner, camera, image file, link, share sheet, typed, receipt. */
export const SCAN_SOURCES = ['HID', 'CAMERA', 'GALLERY', 'LINK', 'SHARE', 'MANUAL', 'RECEIPT'] as const;
export type ScanSource = (typeof SCAN_SOURCES)[number];

/** Signed vouchers and customer passes begin with this; the engine of vouchers verifies them. */
const SIGNED_TOKEN_PREFIX = 'RG1.';

/** Staff badges begin with this, so that a badge is never taken for a customer. */
export const STAFF_BADGE_PREFIX = 'SB-';

/**
 * What a scan is, by its form alone: nothing has been looked up. `shownText` is safe to show and to log.
 * 'text' has no form of ours: a product's own barcode or SKU may still be equal to it.
 */
export type ScanClass = { readonly shownText: string } & (
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'staff-badge'; readonly code: string }
  | { readonly kind: 'product'; readonly gtin14: string; readonly text: string }
  | { readonly kind: 'receipt'; readonly receiptNumber: string }
  | { readonly kind: 'signed-token'; readonly token: string }
  | { readonly kind: 'link'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly reason: 'empty' | 'too-long' | 'bad-characters' | 'check-character' }
);

/**
 * Says what a scan is. A hostile payload is data: this never throws, opens nothing, and takes well under 1 ms for the
 * longest scan (F34). A code whose check character is wrong is told apart from one that is not known.
 */
export function classifyScan(raw: string): ScanClass {
  const shownText = shownTextOf(raw);
  const normal = normaliseScan(raw);
  if (normal.kind === 'unreadable') return { kind: 'unreadable', reason: normal.reason, shownText };
  return { shownText, ...classOf(normal.text, normal.hint) };
}

type Class = ScanClass extends infer Each ? (Each extends ScanClass ? Omit<Each, 'shownText'> : never) : never;

function classOf(text: string, hint: AimHint): Class {
  if (text.startsWith(SIGNED_TOKEN_PREFIX)) return { kind: 'signed-token', token: text };
  const gtin = hint === 'gs1' ? gtinOfElementString(text) : readGtin(text);
  if (gtin !== null) return { kind: 'product', gtin14: gtin.gtin14, text };
  return badgeOf(text) ?? receiptOf(text) ?? codeOf(text) ?? linkOf(text) ?? { kind: 'text', text };
}

function badgeOf(text: string): Class | null {
  if (!text.toUpperCase().startsWith(STAFF_BADGE_PREFIX)) return null;
  const reading = readCode(text.slice(STAFF_BADGE_PREFIX.length));
  if (reading.kind === 'code') return { kind: 'staff-badge', code: reading.code };
  return reading.reason === 'check-character' ? { kind: 'unreadable', reason: 'check-character' } : null;
}

function receiptOf(text: string): Class | null {
  const number = readReceiptNumber(text);
  return number === null ? null : { kind: 'receipt', receiptNumber: formatReceiptNumber(number) };
}

function codeOf(text: string): Class | null {
  const reading = readCode(text);
  if (reading.kind === 'code') return { kind: 'code', code: reading.code };
  if (reading.reason !== 'check-character' || !looksLikeCode(text)) return null;
  return { kind: 'unreadable', reason: 'check-character' };
}

/** Eleven characters with a letter and a digit, or in our groups of 4-4-3: a slip in a code and not another shop's text. */
function looksLikeCode(text: string): boolean {
  if (/^\S{4}-\S{4}-\S{3}$/.test(text)) return true;
  return text.length === CODE_LENGTH && /[0-9]/.test(text) && /[A-Za-z]/.test(text);
}

function linkOf(text: string): Class | null {
  const link = readLink(text);
  if (link === null) return null;
  if (link.kind === 'gs1') return { kind: 'product', gtin14: link.gtin14, text };
  return { kind: 'link', text };
}
