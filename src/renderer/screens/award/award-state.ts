import { create } from 'zustand';

export type AwardReason = 'purchase' | 'goodwill' | 'correction';

/** An award being prepared. Kept while the person looks at another screen; gone after it is awarded. */
export interface AwardDraft {
  readonly customerId: string | null;
  readonly identifiedBy: 'scan' | 'search' | null;
  readonly identifiedAtMs: number | null;
  readonly reason: AwardReason;
  /** What was typed: minor units of money for a purchase, points otherwise. */
  readonly value: number;
  /** Only a correction can take points away. */
  readonly isNegative: boolean;
  readonly note: string;
  readonly receiptNumber: string;
}

const EMPTY: AwardDraft = {
  customerId: null,
  identifiedBy: null,
  identifiedAtMs: null,
  reason: 'purchase',
  value: 0,
  isNegative: false,
  note: '',
  receiptNumber: '',
};

export const useAwardDraft = create<AwardDraft>()(() => EMPTY);

/** Puts a customer into the award; what was typed stays. */
export function chooseCustomer(customerId: string, identifiedBy: 'scan' | 'search', atMs: number): void {
  useAwardDraft.setState({ customerId, identifiedBy, identifiedAtMs: atMs });
}

/** Changes the reason. An amount of money and a number of points are not the same thing, so crossing between them starts at 0. */
export function chooseReason(reason: AwardReason): void {
  useAwardDraft.setState((draft) => {
    const isSameUnit = (draft.reason === 'purchase') === (reason === 'purchase');
    return { reason, value: isSameUnit ? draft.value : 0, isNegative: reason === 'correction' && draft.isNegative };
  });
}

export function setValue(value: number): void {
  useAwardDraft.setState({ value });
}

export function setIsNegative(isNegative: boolean): void {
  useAwardDraft.setState({ isNegative });
}

export function setNote(note: string): void {
  useAwardDraft.setState({ note });
}

export function setReceiptNumber(receiptNumber: string): void {
  useAwardDraft.setState({ receiptNumber });
}

/** Ready for the next customer, at the same reason. */
export function startNextAward(): void {
  useAwardDraft.setState((draft) => ({ ...EMPTY, reason: draft.reason }));
}
