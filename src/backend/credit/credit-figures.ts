import { z } from 'zod';
import { civilDateSchema } from '#shop/time/date-schema.ts';
import { done, type Outcome } from '#shop/refusal.ts';
import type { ReadScope } from '../context.ts';
import {
  type CreditMove,
  type CreditOwed,
  selectCreditMoves,
  selectCreditOwed,
  selectSalesTotal,
} from './credit-figures-store.ts';

export const creditFiguresSchema = z.strictObject({ fromDate: civilDateSchema, toDate: civilDateSchema });

type Movement = Readonly<Record<CreditMove['systemAccount'], number>>;

/** Credit of a shop: what it owes now, and what came and went, in minor units; signs as on the customers' side. */
export interface CreditFigures {
  readonly owed: readonly CreditOwed[];
  /** In all of the range. */
  readonly moved: Movement;
  /** What credit paid of what was sold (S3-86), in basis points; null where nothing was sold. */
  readonly usageBasisPoints: number | null;
  /** By month, 'YYYY-MM', the oldest first; months without entries are left out. */
  readonly months: readonly (Movement & { readonly month: string })[];
}

const NOTHING: Movement = { sold: 0, granted: 0, spent: 0, refunded: 0, expired: 0, adjusted: 0, moved: 0 };

/**
 * Counts credit from its ledger (W1): outstanding by kind of account, and sold, granted, spent, refunded, expired, adjusted
 * and moved by business date from fromDate to toDate, both included. What comes back after a spend counts against 'spent'.
 */
export function creditFigures(
  { db, shop }: ReadScope,
  { fromDate, toDate }: z.output<typeof creditFiguresSchema>,
): Outcome<CreditFigures> {
  const { merchantId } = shop;
  const moves = selectCreditMoves(db, { merchantId, fromDate, toDate });
  const months = new Map<string, Movement>();
  let moved = NOTHING;
  for (const { month, systemAccount, amountMinor } of moves) {
    const before = months.get(month) ?? NOTHING;
    months.set(month, { ...before, [systemAccount]: before[systemAccount] + amountMinor });
    moved = { ...moved, [systemAccount]: moved[systemAccount] + amountMinor };
  }
  const salesMinor = selectSalesTotal(db, { merchantId, fromDate, toDate });
  return done({
    usageBasisPoints: salesMinor > 0 ? Math.round((-moved.spent * 10_000) / salesMinor) : null,
    owed: selectCreditOwed(db, merchantId),
    moved,
    months: [...months].map(([month, movement]) => ({ month, ...movement })),
  });
}
