import type { CreditLot, CreditPosition } from './fold-credit.ts';

/** What is left of a lot, on its way to another account with the same end. */
export interface CreditMove {
  readonly fromLotId: string;
  readonly amountMinor: number;
  readonly expiresAtMs: number | null;
}

/** Returns how everything on an account goes to another one, lot by lot: a lost card (W12), two records of a person (C-48). */
export function moveAll({ lots }: CreditPosition): CreditMove[] {
  return lots.map(({ lotId, remainingMinor, expiresAtMs }: CreditLot) => ({
    fromLotId: lotId,
    amountMinor: remainingMinor,
    expiresAtMs,
  }));
}
