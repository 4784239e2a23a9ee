import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';

type Outputs = inferRouterOutputs<AppRouter>;

export type Catalogue = Outputs['catalogue']['list'];
export type Product = Catalogue['products'][number];
export type Category = Catalogue['categories'][number];
export type SavedDraft = Outputs['till']['drafts'][number];
export type FoundCustomer = Outputs['customers']['search'][number];
export type SaleDetail = Outputs['till']['sale'];
export type SaleRow = Outputs['till']['sales']['sales'][number];
export type RefundPreview = Outputs['till']['previewRefund'];
export type Receipt = Outputs['till']['receipt'];
export type OpenShift = NonNullable<Outputs['till']['shift']>;
export type ClosedShift = Outputs['till']['closeShift'];
