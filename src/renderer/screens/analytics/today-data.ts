import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';

type Outputs = inferRouterOutputs<AppRouter>;

/** Today's numbers as the back end reads them from the day table. */
export type Today = Outputs['analytics']['today'];
export type LastSale = Today['lastSales'][number];
type Explanation = Outputs['analytics']['explain'];
export type ExplainedRow = Explanation['rows'][number];

export type Measure =
  | 'sales'
  | 'soldValue'
  | 'count'
  | 'average'
  | 'customersNew'
  | 'customersReturning'
  | 'pointsIssued'
  | 'pointsRedeemed';

/** Which number is being asked about; `hour` narrows sales to one hour of the clock. */
export interface Question {
  readonly measure: Measure;
  readonly hour?: number;
}

const ROWS_A_PAGE = 50;

const MINUTE_MS = 60_000;

/**
 * Today's numbers; renewed when a change is announced, the old ones stay on screen meanwhile.
 * Once a minute they are read anyway: yesterday "up to the same time" moves on, and the day ends.
 */
export function useToday() {
  return useQuery(
    useApi().analytics.today.queryOptions(undefined, { placeholderData: keepPreviousData, refetchInterval: MINUTE_MS }),
  );
}

/** The rows behind one number, page by page. */
export function useExplanation(question: Question) {
  const client = useApiClient();
  const asked = { ...question, limit: ROWS_A_PAGE };
  // Written out, because the adapter's own infinite options send a `direction` that the procedure does not know.
  return useInfiniteQuery({
    queryKey: [['analytics', 'explain'], { input: asked, type: 'infinite' }],
    queryFn: ({ pageParam }) => client.analytics.explain.query({ ...asked, cursor: pageParam }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
