import { sumOf } from '../money/money.ts';
import { amountOfFirst } from '../money/unit-shares.ts';
import { passReturn } from '../passes/decide-pass-use.ts';
import type { SoldShares } from '../money/line-slices.ts';
import type { StoredValueKind, StoredValueTender } from './stored-value.ts';

/** A line of a completed sale with what of it has come back once a refund is through. */
export interface ReturnedLine extends SoldShares {
  readonly lineId: string;
  /** Earlier refunds and this one. */
  readonly goneThousandths: number;
}

/** What stored value paid of a sale; of units of a pass also which line, how many, and how many came back. */
export interface PaidWithValue {
  readonly tenderId: string;
  readonly kind: StoredValueKind;
  readonly amountMinor: number;
  readonly returnedMinor: number;
  readonly lineId: string | null;
  readonly uses: number;
  readonly returnedUses: number;
}

/** Units that go back to a pass with the pieces that they paid. */
export interface UnitsBack {
  readonly tenderId: string;
  readonly units: number;
  readonly amountMinor: number;
}

/** Returns the units that go back to passes, tender by tender: whole pieces, those that a pass paid first coming back first. */
export function unitsToReturn(lines: readonly ReturnedLine[], paid: readonly PaidWithValue[]): UnitsBack[] {
  const firstPieces = new Map<string, number>();
  return paid.flatMap(({ tenderId, lineId, uses, returnedUses }) => {
    const line = lines.find((each) => each.lineId === lineId);
    if (line === undefined) return [];
    const firstPiece = firstPieces.get(line.lineId) ?? 0;
    firstPieces.set(line.lineId, firstPiece + uses);
    const paidPieces = { firstPiece, units: uses, returnedUnits: returnedUses };
    const { units, amountMinor } = passReturn(line, paidPieces, line.goneThousandths);
    return units === 0 ? [] : [{ tenderId, units, amountMinor }];
  });
}

/**
 * Returns what stored value may get back, in order: units of passes the money of their own pieces and no other, then credit
 * and gift cards as they paid. What passes keep for pieces that stay counts like any other payment.
 */
export function storedValueOf(paid: readonly PaidWithValue[], back: readonly UnitsBack[]): StoredValueTender[] {
  const backMinor = new Map(back.map(({ tenderId, amountMinor }) => [tenderId, amountMinor]));
  const tenders = paid.map(({ tenderId, kind, amountMinor, returnedMinor }) => ({
    ...{ tenderId, kind, returnedMinor },
    amountMinor: kind === 'package' ? returnedMinor + (backMinor.get(tenderId) ?? 0) : amountMinor,
  }));
  return [...tenders.filter(({ kind }) => kind === 'package'), ...tenders.filter(({ kind }) => kind !== 'package')];
}

/** Returns what of an amount belongs to the part of lines that stays, share by share. */
export function remainingShareOf(
  lines: readonly ReturnedLine[],
  shares: readonly { readonly lineId: string; readonly amountMinor: number }[],
): number {
  return sumOf(
    shares.map(({ lineId, amountMinor }) => {
      const line = lines.find((each) => each.lineId === lineId);
      return line === undefined
        ? amountMinor
        : amountMinor - amountOfFirst(amountMinor, line.goneThousandths, line.quantityThousandths);
    }),
  );
}
