import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';

/** What the page of copies is told. */
export type Backups = inferRouterOutputs<AppRouter>['backups']['list'];
