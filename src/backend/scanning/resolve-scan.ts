import { barcodeSpellings } from '#shop/catalogue/product.ts';
import type { ScanClass } from '#shop/scanning/classify.ts';
import type { RecentRead } from '#shop/scanning/repeated-read.ts';
import { lengthOf, tidiedLine } from '#shop/text/text-schema.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import { selectBarcodeOwner, selectProductIdBySku } from '../catalogue/products-store.ts';
import type { BackendEnv } from '../context.ts';
import { selectGiftCard } from '../credit/credit-accounts-store.ts';
import { isReplacedCode } from '../customers/cards-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectVoucherByKey } from '../vouchers/vouchers-store.ts';
import { isCodeOfMerchant, selectCustomerByCode, selectSaleByReceipt } from './scans-store.ts';

/** What a scan turned out to be, by ids alone: this is what the command's answer keeps. */
export type ScanFinding =
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'product'; readonly productId: string }
  | { readonly kind: 'receipt'; readonly saleId: string; readonly receiptNumber: string }
  | { readonly kind: 'voucher'; readonly voucherId: string }
  | { readonly kind: 'gift-card'; readonly accountId: string }
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

/**
 * Looks up what was read. Our own codes are asked as customers, vouchers and gift cards, in this order. Products may carry
 * any text as barcode: what has no form of ours is a product where one has it, and a voucher where none has.
 */
export function resolveScan(db: ReadableDb, merchantId: string, scan: ScanClass): ScanFinding {
  switch (scan.kind) {
    case 'code': {
      const customer = selectCustomerByCode(db, merchantId, scan.code);
      if (customer !== null) return { kind: 'customer', customerId: customer.customerId };
      const value = savedValueOf(db, merchantId, scan.shownText);
      if (value !== null) return value;
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
  if (productId !== null) return { kind: 'product', productId };
  return savedValueOf(db, merchantId, text) ?? { kind: 'unknown', reason };
}

/** The voucher or gift card that has a code in any spelling, or null. */
function savedValueOf(db: ReadableDb, merchantId: string, text: string): ScanFinding | null {
  const codeKey = codeKeyOf(text);
  if (codeKey === null) return null;
  const voucher = selectVoucherByKey(db, merchantId, codeKey);
  if (voucher !== null) return { kind: 'voucher', voucherId: voucher.voucherId };
  const card = selectGiftCard(db, merchantId, codeKey);
  return card === null ? null : { kind: 'gift-card', accountId: card.accountId };
}

/** What the scan is remembered and logged by: a hash of this device, so that nobody guesses back what was read. */
export function scanHash(env: BackendEnv, scan: ScanClass): string {
  return env.scanHash(`${scan.kind}\n${contentOf(scan)}`);
}

/** Codes of customers and vouchers act once and count for the rate; things may be scanned one after another. */
export function subjectOf(db: ReadableDb, merchantId: string, scan: ScanClass): RecentRead['subject'] {
  if (scan.kind === 'code' || scan.kind === 'signed-token' || scan.kind === 'staff-badge') return 'person';
  return scan.kind === 'text' && savedValueOf(db, merchantId, scan.text) !== null ? 'person' : 'thing';
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
