import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { itemMultiplier } from '#shop/points/earns-more.ts';
import { useApi } from '../../../ui/api-context.ts';
import { useTillState } from '../till-state.ts';
import type { Product } from '../till-types.ts';

/** Happy hours begin and end by the minute. */
const ASK_AGAIN_MS = 60_000;

/** How many times the points a product earns now for the sale's customer, in basis points; once until that is known. */
export function useTileMultipliers(): (product: Product) => number {
  const api = useApi();
  const customerId = useTillState((state) => state.draft.customerId);
  const { data } = useQuery({
    ...api.till.earnsMore.queryOptions({ customerId }),
    refetchInterval: ASK_AGAIN_MS,
    placeholderData: (known) => known,
  });
  return useCallback((product) => (data === undefined ? 10_000 : itemMultiplier(product, data)), [data]);
}
