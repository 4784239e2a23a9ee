import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';

export type Catalogue = inferRouterOutputs<AppRouter>['catalogue']['list'];
export type Product = Catalogue['products'][number];
export type Category = Catalogue['categories'][number];
export type TaxRate = Catalogue['taxRates'][number];
