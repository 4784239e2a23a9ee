import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '#shop/money/money.ts';
import { computeEarning } from '#shop/points/earning.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import { programmeSchema } from '#shop/points/programme.ts';
import type { TracedStep } from '#shop/money/trace.ts';
import { selectProduct } from '../catalogue/products-store.ts';
import type { ReadScope } from '../context.ts';

export const tryProgrammeSchema = z.strictObject({
  programme: programmeSchema,
  amountMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
  tierId: z.string().max(64).nullable().default(null),
  /** What is bought; null for something of no product. */
  productId: z.uuid().nullable().default(null),
  /** When; null for now. */
  atMs: z.int().nullable().default(null),
});

export interface TriedProgramme {
  readonly points: number;
  readonly parts: readonly PointsPart[];
  readonly minimumMet: boolean;
  readonly trace: readonly TracedStep[];
}

/** What a sale of one piece would earn under a programme that is being written: the earning of the till itself. */
export function tryProgramme(
  { db, env, shop, moment }: ReadScope,
  { programme, amountMinor, tierId, productId, atMs }: z.output<typeof tryProgrammeSchema>,
): TriedProgramme {
  const product = productId === null ? null : selectProduct(db, shop.merchantId, productId);
  const bought = { productId: product?.productId ?? null, categoryId: product?.categoryId ?? null };
  const line = { lineId: 'one', netMinor: amountMinor, taxMinor: 0, payableMinor: amountMinor, ...bought };
  const { taxMode } = env.settings();
  const version = { versionId: 'draft', version: 0, programme };
  const { points, parts, minimumMet, trace } = computeEarning({ lines: [line], taxMode }, version, {
    atMs: atMs ?? moment.atMs,
    zone: shop.timeZone,
    tierId,
    segmentIds: [],
    used: {},
    programmePointsToday: 0,
  });
  return { points, parts, minimumMet, trace };
}
