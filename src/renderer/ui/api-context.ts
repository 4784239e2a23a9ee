import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#backend/router.ts';

const context = createTRPCContext<AppRouter>();

/** Provides the typed client to everything below it; mounted once by the app. */
export const ApiProvider = context.TRPCProvider;

/** Query options by procedure: `useQuery(useApi().customers.get.queryOptions({ customerId }))`. */
export const useApi = context.useTRPC;

/** The bare client, for commands: `useCommand(useApiClient().till.completeSale)`. */
export const useApiClient = context.useTRPCClient;
