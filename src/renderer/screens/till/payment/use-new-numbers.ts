import { useQueryClient } from '@tanstack/react-query';
import type { Refusal } from '#shop/refusal.ts';
import { useApi } from '../../../ui/api-context.ts';
import { leavePayment, useTillState } from '../till-state.ts';

/** The numbers on screen are not those of now. */
const CHANGED: ReadonlySet<string> = new Set([
  'price-changed',
  'exchange-changed',
  'refund-exceeds-sale',
  'points-short',
]);

/** Whether what is refused comes to another total, which it names: a voucher whose time is over, a price that changed. */
function hasChanged({ reason, facts }: Pick<Refusal, 'reason' | 'facts'>): boolean {
  return CHANGED.has(reason) || (typeof facts.totalMinor === 'number' && facts.overridable !== true);
}

/** Asks for the numbers again where a refusal says that they are others, and shows the sale with them before it is paid. */
export function useNewNumbers(): (refusal: Pick<Refusal, 'reason' | 'facts'>) => Promise<void> {
  const api = useApi();
  const queries = useQueryClient();
  return async (refusal) => {
    if (!hasChanged(refusal)) return;
    await Promise.all([
      queries.invalidateQueries({ queryKey: api.catalogue.list.queryKey() }),
      queries.invalidateQueries({ queryKey: api.till.preview.queryKey() }),
    ]);
    const { view } = useTillState.getState();
    if (view.kind === 'payment' && !view.hasBegun) leavePayment();
  };
}
