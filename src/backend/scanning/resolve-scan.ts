import { barcodeSpellings } from '#shop/catalogue/product.ts';
import type { ScanClass } from '#shop/scanning/classify.ts';
import type { RecentRead } from '#shop/scanning/repeated-read.ts';
import { lengthOf, tidiedLine } from '#shop/text/text-schema.ts';
import { selectBarcodeOwner, selectProductIdBySku } from '../catalogue/products-store.ts';
import type { BackendEnv } from '../context.ts';
import { isReplacedCode } from '../customers/cards-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { isCodeOfMerchant, selectCustomerByCode, selectSaleByReceipt } from './scans-store.ts';

/** What a scan turned out to be, by ids alone: this is what the command's answer keeps. */
export type ScanFinding =
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'product'; readonly productId: string }
  | { readonly kind: 'receipt'; readonly saleId: string; readonly receiptNumber: string }
  | { readonly kind: 'voucher-unsupported' }
  | { readonly kind: 'staff-badge' }
  | {
      readonly kind: 'unknown';
      readonly reason:
        | 'card-replaced'
        | 'own-shop'
        | 'not-known'
        | 'check-character'
        | 'too-long'
        | 'empty'
        | 'bad-characters';
    };

/** Looks up what was read. Products may carry any text as barcode, so they are asked where nothing else is known. */
export function resolveScan(db: ReadableDb, merchantId: string, scan: ScanClass): ScanFinding {
  switch (scan.kind) {
    case 'code': {
      const customer = selectCustomerByCode(db, merchantId, scan.code);
      if (customer !== null) return { kind: 'customer', customerId: customer.customerId };
      if (isReplacedCode(db, merchantId, scan.code)) return { kind: 'unknown', reason: 'card-replaced' };
      if (isCodeOfMerchant(db, merchantId, scan.code)) return { kind: 'unknown', reason: 'own-shop' };
      return productOr(db, merchantId, scan.shownText, 'not-known');
    }
    case 'receipt': {
      const sale = selectSaleByReceipt(db, merchantId, scan.receiptNumber);
      return sale === null ? productOr(db, merchantId, scan.receiptNumber, 'not-known') : { kind: 'receipt', ...sale };
    }
    case 'product':
    case 'text':
    case 'link':
      return productOr(db, merchantId, scan.kind === 'product' ? scan.text : scan.text.slice(0, 64), 'not-known', scan);
    case 'signed-token':
      return { kind: 'voucher-unsupported' };
    case 'staff-badge':
      return { kind: 'staff-badge' };
    case 'unreadable':
      if (scan.reason !== 'check-character') return { kind: 'unknown', reason: scan.reason };
      return productOr(db, merchantId, scan.shownText, 'check-character');
  }
}

function productOr(
  db: ReadableDb,
  merchantId: string,
  text: string,
  reason: 'not-known' | 'check-character',
  scan?: ScanClass,
): ScanFinding {
  const gtin = scan?.kind === 'product' ? barcodeSpellings(scan.gtin14) : [];
  const owner = selectBarcodeOwner(db, merchantId, [...new Set([...barcodeSpellings(text), ...gtin])]);
  const productId = owner?.isActive === true ? owner.productId : selectProductIdBySku(db, merchantId, text);
  return productId === null ? { kind: 'unknown', reason } : { kind: 'product', productId };
}

/** What the scan is remembered and logged by: a hash of this device, so that nobody guesses back what was read. */
export function scanHash(env: BackendEnv, scan: ScanClass): string {
  return env.scanHash(`${scan.kind}\n${contentOf(scan)}`);
}

/** Codes of customers and vouchers act once and count for the rate; things may be scanned one after another. */
export function subjectOf(scan: ScanClass): RecentRead['subject'] {
  return scan.kind === 'code' || scan.kind === 'signed-token' || scan.kind === 'staff-badge' ? 'person' : 'thing';
}

/**
 * What the log may keep of a scan: the text of a product or receipt of this shop; of everything else, which may be
 * somebody's code, document or message, its last three characters. `length` is that of what was read, in characters.
 */
export function loggedText(
  scan: ScanClass,
  finding: ScanFinding,
): { readonly shownText: string; readonly length: number } {
  const content = contentOf(scan);
  const length = lengthOf(content);
  const isOurs = finding.kind === 'product' || finding.kind === 'receipt';
  const end = length > 3 ? tidiedLine([...content].slice(-3).join('')) : '';
  return { shownText: isOurs ? scan.shownText : `…${end}`, length };
}

function contentOf(scan: ScanClass): string {
  switch (scan.kind) {
    case 'code':
    case 'staff-badge':
      return scan.code;
    case 'product':
      return scan.gtin14;
    case 'receipt':
      return scan.receiptNumber;
    case 'signed-token':
      return scan.token;
    case 'link':
    case 'text':
      return scan.text;
    case 'unreadable':
      return scan.shownText;
  }
}
