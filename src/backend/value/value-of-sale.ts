import type { ValueOfSale } from '#shop/till/value-on-sale.ts';
import type { ReadableDb } from '../db/database.ts';
import type { KeptValue, SoldValue } from './kept-value.ts';
import {
  type SaleRedemptionRow,
  type SoldCreditRow,
  selectIssuedBySale,
  selectSalePasses,
  selectSaleRedemptions,
  selectSaleSpends,
  selectSoldCredit,
  selectSoldPasses,
} from './value-of-sale-store.ts';

/** What tells what a sale did with value. */
interface DoneOfSale {
  readonly saleId: string;
  /** What the sale keeps of value; of what it did not keep nothing is read. */
  readonly kept: KeptValue | null;
  readonly lines: readonly { readonly lineId: string; readonly name: string }[];
}

/**
 * Tells what a completed sale did with value, from what was written then: a receipt printed again says the same, whatever
 * became of it since.
 */
export function valueOfSale(db: ReadableDb, sale: DoneOfSale): ValueOfSale {
  const { saleId, kept } = sale;
  const redeemed = kept === null || kept.redemptions.length === 0 ? [] : selectSaleRedemptions(db, saleId);
  return valueFrom(db, sale, redeemed, { credit: true, issued: true });
}

/** The same of a sale that has just been written: what it redeemed is known, and what it has not is not asked for. */
export function valueJustWritten(db: ReadableDb, sale: DoneOfSale, has: Has): ValueOfSale {
  return valueFrom(db, sale, sale.kept?.redemptions ?? [], has);
}

interface Has {
  readonly credit: boolean;
  readonly issued: boolean;
}

function valueFrom(
  db: ReadableDb,
  { saleId, kept, lines }: DoneOfSale,
  redeemed: readonly SaleRedemptionRow[],
  has: Has,
): ValueOfSale {
  return {
    vouchers: redeemed.flatMap(({ voucherId, code, name, amountMinor }) =>
      voucherId === null ? [] : [{ voucherId, code, name, amountMinor }],
    ),
    promotions: redeemed.flatMap(({ voucherId, campaignId, name, amountMinor }) =>
      voucherId === null ? [{ campaignId, name, amountMinor }] : [],
    ),
    credit: has.credit ? selectSaleSpends(db, saleId) : [],
    passes: kept === null || kept.passes.length === 0 ? [] : selectSalePasses(db, saleId),
    sold: kept === null || kept.sold.length === 0 ? [] : soldOf(db, saleId, kept.sold, lines),
    issued: has.issued ? selectIssuedBySale(db, saleId) : [],
  };
}

function soldOf(
  db: ReadableDb,
  saleId: string,
  sold: readonly SoldValue[],
  lines: readonly { readonly lineId: string; readonly name: string }[],
): ValueOfSale['sold'] {
  const credit = [...selectSoldCredit(db, saleId)];
  const passes = selectSoldPasses(db, saleId);
  return sold.map(({ lineId, sells, subjectId, amountMinor, units }) => {
    const name = lines.find((line) => line.lineId === lineId)?.name ?? '';
    const base = { lineId, kind: sells.kind, subjectId, amountMinor, units };
    if (sells.kind === 'package') {
      const pass = passes.find((each) => each.lineId === lineId);
      return { ...base, name: pass?.name ?? name, code: null, leftMinor: 0, endsAtMs: pass?.endsAtMs ?? null };
    }
    const entry = takeFirst(credit, subjectId);
    return { ...base, name, code: entry?.code ?? null, leftMinor: entry?.leftMinor ?? 0, endsAtMs: null };
  });
}

/** Entries of one account belong to its lines in their order. */
function takeFirst(credit: SoldCreditRow[], subjectId: string): SoldCreditRow | undefined {
  const at = credit.findIndex((entry) => entry.subjectId === subjectId);
  return at < 0 ? undefined : credit.splice(at, 1)[0];
}
