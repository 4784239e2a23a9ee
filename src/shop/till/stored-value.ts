/** How stored value pays: it goes back to the account that it came from. */
export type StoredValueKind = 'credit' | 'gift-card' | 'package';

/** What stored value paid of a sale, and what earlier refunds put back. */
export interface StoredValueTender {
  readonly tenderId: string;
  readonly kind: StoredValueKind;
  readonly amountMinor: number;
  readonly returnedMinor: number;
}

/** What goes back to one account: the smaller of what was still to go back and what it still had to get. */
export interface StoredValueReturn {
  readonly tenderId: string;
  readonly kind: StoredValueKind;
  readonly amountMinor: number;
  readonly wantedMinor: number;
  readonly upToMinor: number;
}

/** Returns how an amount goes back to stored value, in order, to each up to what it paid; what is beyond goes elsewhere. */
export function returnStoredValue(tenders: readonly StoredValueTender[], amountMinor: number): StoredValueReturn[] {
  const returns: StoredValueReturn[] = [];
  let leftMinor = amountMinor;
  for (const { tenderId, kind, amountMinor: paidMinor, returnedMinor } of tenders) {
    const upToMinor = paidMinor - returnedMinor;
    const backMinor = Math.min(leftMinor, upToMinor);
    if (backMinor <= 0) continue;
    returns.push({ tenderId, kind, amountMinor: backMinor, wantedMinor: leftMinor, upToMinor });
    leftMinor -= backMinor;
  }
  return returns;
}
