import { z } from 'zod';
import { formatReceiptNumber, readReceiptNumber } from '#shop/ids/receipt-number.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import type { ReadScope } from '../context.ts';
import { selectLife } from '../terminal-state-store.ts';
import {
  type ListedSaleRow,
  type SalesBefore,
  selectCustomersNamed,
  selectMatchingSales,
  selectSalesPage,
} from './sale-list-store.ts';

export const listSalesSchema = z.strictObject({
  /** A receipt number or its last digits, the number of another till system, or a customer's name. */
  text: soughtText({ max: 80 }).optional(),
  cursor: soughtText({ max: 120 }).optional(),
  limit: z.int().min(1).max(100).default(30),
});

export interface ListedSale {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly atMs: number;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly customerName: string | null;
  readonly itemCount: number;
  readonly status: ListedSaleRow['status'];
  readonly staffName: string;
  readonly kind: 'sale' | 'award';
}

const AFTER_ALL: SalesBefore = { beforeDate: '9999-12-31', beforeMs: Number.MAX_SAFE_INTEGER, beforeId: '' };

/** Pages through the sales of the shop, the newest first, all of them or those that a text finds. */
export function listSales(
  scope: ReadScope,
  { text = '', cursor, limit }: z.output<typeof listSalesSchema>,
): { sales: ListedSale[]; nextCursor: string | null } {
  const { db, shop } = scope;
  const page = { ...beforeOf(cursor), merchantId: shop.merchantId, limit: limit + 1 };
  const rows =
    text === '' ? selectSalesPage(db, page) : selectMatchingSales(db, { ...page, ...searchedFor(scope, text) });
  const last = rows[limit - 1];
  return {
    sales: rows.slice(0, limit).map(listedOf),
    nextCursor:
      rows.length > limit && last !== undefined ? `${last.businessDate}|${last.createdAtMs}|${last.saleId}` : null,
  };
}

function listedOf(row: ListedSaleRow): ListedSale {
  const { saleId, receiptNumber, atMs, totalMinor, refundedMinor, customerName, itemCount, status, staffName } = row;
  const kind = row.kind === 'AWARD' ? 'award' : 'sale';
  return { saleId, receiptNumber, atMs, totalMinor, refundedMinor, customerName, itemCount, status, staffName, kind };
}

function searchedFor({ db, shop }: ReadScope, text: string) {
  const exact = readReceiptNumber(text);
  const receiptNumbers = exact === null ? [] : [formatReceiptNumber(exact)];
  const isCounter = /^\d{1,12}$/.test(text);
  if (isCounter) {
    for (let incarnation = selectLife(db); incarnation >= 1 && receiptNumbers.length < 20; incarnation -= 1) {
      receiptNumbers.push(formatReceiptNumber({ terminalCode: shop.terminalCode, incarnation, counter: Number(text) }));
    }
  }
  const customerIds = isCounter || exact !== null ? [] : selectCustomersNamed(db, shop.merchantId, text);
  return { text, receiptNumbers, customerIds };
}

function beforeOf(cursor: string | undefined): SalesBefore {
  const [beforeDate, beforeMs, beforeId] = (cursor ?? '').split('|');
  if (beforeDate === undefined || beforeMs === undefined || beforeId === undefined) return AFTER_ALL;
  return Number.isSafeInteger(Number(beforeMs)) ? { beforeDate, beforeMs: Number(beforeMs), beforeId } : AFTER_ALL;
}
