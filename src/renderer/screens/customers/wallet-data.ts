import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';

type Outputs = inferRouterOutputs<AppRouter>;

export type Wallet = Outputs['vouchers']['wallet'];
export type WalletVoucher = Wallet['now'][number];
export type Credit = Outputs['credit']['position'];
export type Pass = Outputs['passes']['ofCustomer'][number];

export function useWallet(customerId: string) {
  return useQuery(useApi().vouchers.wallet.queryOptions({ customerId }));
}

export function useCreditOf(customerId: string) {
  return useQuery(useApi().credit.position.queryOptions({ customerId }));
}

export function usePassesOf(customerId: string) {
  return useQuery(useApi().passes.ofCustomer.queryOptions({ customerId }));
}

export function usePassPlans() {
  return useQuery(useApi().passes.plans.queryOptions());
}

/** What a gift card holds, by any spelling of its code; nothing is asked for an empty one. */
export function useGiftCard(code: string) {
  return useQuery(useApi().credit.position.queryOptions({ code }, { enabled: code !== '', retry: false }));
}

/** Campaigns of which a voucher can be given to somebody. */
export function useGivableCampaigns(query: string) {
  return useQuery(useApi().vouchers.list.queryOptions({ tab: 'live', query }));
}

const ENTRIES_A_PAGE = 50;

/** The entries of an account, the newest first, page by page. */
export function useCreditEntries(accountId: string) {
  const client = useApiClient();
  const asked = { accountId, limit: ENTRIES_A_PAGE };
  // Written out, because the adapter's own infinite options send a `direction` that the procedure does not know.
  return useInfiniteQuery({
    queryKey: [['credit', 'entries'], { input: asked, type: 'infinite' }],
    queryFn: ({ pageParam }) =>
      client.credit.entries.query(pageParam === null ? asked : { ...asked, beforeSeq: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextBeforeSeq,
  });
}
