import type { Refusal } from '#shop/refusal.ts';
import { changePayment, useTillState } from '../till-state.ts';

/** Takes the part of an account that cannot pay it any more out of the payment, and goes back to where it is chosen anew. */
export function dropRefusedPart({ facts }: Pick<Refusal, 'facts'>): void {
  const { view } = useTillState.getState();
  if (view.kind !== 'payment') return;
  const part = view.tenders.find(({ accountId }) => accountId !== undefined && accountId === facts.accountId);
  if (part === undefined) return;
  const tenders = view.tenders.filter((tender) => tender !== part);
  changePayment({ tenders, method: part.kind, failure: null, waiting: null });
}
