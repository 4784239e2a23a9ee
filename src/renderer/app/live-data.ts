import { QueryCache, QueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useApi } from '../ui/api-context.ts';
import { resultOfError } from '../ui/use-command.ts';

const STALE_AFTER_MS = 30_000;
const MOST_RETRIES = 2;

/** Procedures to ask again when a topic changed: a noun for all of its procedures, or one of them. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  sales: ['till.sales', 'till.sale', 'till.shift', 'till.receipt', 'analytics', 'activity', 'customers', 'points'],
  customers: ['customers', 'segments', 'points', 'activity', 'till.drafts'],
  points: ['points', 'customers', 'analytics', 'activity', 'till.preview'],
  programmes: ['points.programmes', 'points.programmeDetail'],
  catalogue: ['catalogue', 'till.preview', 'activity'],
  staff: ['staff', 'system.status', 'activity'],
  settings: ['settings', 'system.status', 'points.programme', 'till.preview', 'activity'],
  scans: ['scanning', 'customers.timeline', 'activity'],
  shift: ['till.shift', 'system.status', 'activity'],
  drafts: ['till.drafts'],
  vouchers: ['vouchers', 'codes', 'experiments', 'till.preview', 'activity'],
  codes: ['codes'],
  wallet: ['vouchers', 'credit', 'passes', 'customers', 'till.preview', 'activity'],
  experiments: ['experiments', 'vouchers.figures'],
  alerts: ['alerts'],
  'customer-screen': ['devices'],
  satisfaction: ['analytics.satisfaction'],
};

/** True when a query of `path` ('till.sale') shows something of `topic`. */
export function showsTopic(path: readonly string[], topic: string): boolean {
  const [noun = '', procedure = ''] = path;
  return (READERS[topic] ?? []).some((reader) => reader === noun || reader === `${noun}.${procedure}`);
}

/** The query cache. The engine is on this machine, so the browser's idea of being online does not matter. */
export function createQueryClient(onSessionLost: (reason: 'sign-in-required' | 'locked') => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        const result = resultOfError(error);
        if (result?.kind !== 'refused') return;
        const { reason } = result.refusal;
        if (reason === 'sign-in-required' || reason === 'locked') onSessionLost(reason);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MS,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (failures, error) => resultOfError(error) === null && failures < MOST_RETRIES,
        retryDelay: 500,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

function pathOf(queryKey: readonly unknown[]): readonly string[] {
  return Array.isArray(queryKey[0]) ? (queryKey[0] as string[]) : [];
}

/** Follows what other windows and this one commit, and asks again for what shows it. */
export function useLiveData(client: QueryClient): void {
  const api = useApi();
  useSubscription(
    api.system.changes.subscriptionOptions(undefined, {
      onData: (change) => {
        const topics: readonly string[] = change.topics;
        void client.invalidateQueries({
          predicate: (query) => topics.some((topic) => showsTopic(pathOf(query.queryKey), topic)),
        });
      },
    }),
  );
}
