import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;

export type Customer = Outputs['customers']['get'];
export type FoundCustomer = Outputs['customers']['search'][number];
export type Position = Outputs['points']['position'];
export type Lot = Position['programmes'][number]['lots'][number];
export type Tier = NonNullable<Position['programmes'][number]['tier']>;
export type TimelineGroup = Outputs['customers']['timeline']['groups'][number];
export type TimelineFilter = Inputs['customers']['timeline']['filter'];
export type BalanceExplained = Outputs['customers']['explainBalance'];
export type LedgerEntry = BalanceExplained['entries'][number];
export type ImportPreview = Outputs['customers']['previewImport'];
export type ImportRow = ImportPreview['rows'][number];

export const FOUND_AT_MOST = 50;
const GROUPS_A_PAGE = 25;

/** Customers by name, phone, code or e-mail; for an empty text those seen last. */
export function useFoundCustomers(text: string) {
  return useQuery(
    useApi().customers.search.queryOptions({ text, limit: FOUND_AT_MOST }, { placeholderData: keepPreviousData }),
  );
}

export function useCustomer(customerId: string) {
  return useQuery(useApi().customers.get.queryOptions({ customerId }));
}

/** What the customer has in each programme; null until it has been read. */
export function usePosition(customerId: string): Position | null {
  return useQuery(useApi().points.position.queryOptions({ customerId })).data ?? null;
}

/** What the customer did and what followed from it, newest first, page by page. */
export function useTimeline(customerId: string, filter: TimelineFilter) {
  const client = useApiClient();
  const asked = { customerId, filter, limit: GROUPS_A_PAGE };
  // Written out, because the adapter's own infinite options send a `direction` that the procedure does not know.
  return useInfiniteQuery({
    queryKey: [['customers', 'timeline'], { input: asked, type: 'infinite' }],
    queryFn: ({ pageParam }) => client.customers.timeline.query({ ...asked, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useBalanceExplained(customerId: string) {
  return useQuery(useApi().customers.explainBalance.queryOptions({ customerId }));
}
