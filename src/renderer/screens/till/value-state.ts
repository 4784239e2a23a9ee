import type { SaleDraft } from '#shop/till/sale.ts';
import { withoutVoucher, withPassUse, withVoucher } from './sale-draft.ts';
import { choosePayMethod, leavePaidSheet, setDraft, useTillState } from './till-state.ts';

/** More vouchers than this are a slip: the back end takes no more in one sale. */
const MOST_VOUCHERS = 30;

const draft = (): SaleDraft => useTillState.getState().draft;

/** Asks for a voucher on the sale; the next numbers say whether it applies. */
export function addVoucher(voucherId: string): 'added' | 'already' | 'too-many' {
  leavePaidSheet();
  const asked = draft().vouchers ?? [];
  if (asked.some((each) => each.voucherId === voucherId)) return 'already';
  if (asked.length >= MOST_VOUCHERS) return 'too-many';
  setDraft(withVoucher(draft(), { voucherId, choice: null }));
  return 'added';
}

/** Takes a voucher off the sale; returns what puts it back, for the undo toast. */
export function removeVoucher(voucherId: string): () => void {
  const { saleId } = draft();
  setDraft(withoutVoucher(draft(), voucherId));
  return () => {
    if (draft().saleId === saleId) addVoucher(voucherId);
  };
}

/** Lets a pass pay so many units of a line; 0 lets it pay nothing. */
export function setPassUse(passId: string, lineId: string, units: number): void {
  setDraft(withPassUse(draft(), { passId, lineId, units }));
}

/** Lets a gift card that was scanned pay the sale; null forgets it. */
export function payWithCard(payingCardCode: string | null): void {
  if (payingCardCode !== null) choosePayMethod('gift-card');
  useTillState.setState({ payingCardCode });
}

/** Keeps a voucher until its customer is found; null forgets it. */
export function wantVoucher(wantedVoucherId: string | null): void {
  useTillState.setState({ wantedVoucherId });
}
