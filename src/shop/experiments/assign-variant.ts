import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { itemAt } from '../must.ts';
import type { Variant } from './experiment.ts';

/** Customers fall into so many buckets. */
const BUCKETS = 100;

/** Returns the bucket, 0 to 99, of a customer in an experiment: the same on every till, with or without a network (C-47). */
export function bucketOf(experimentId: string, customerId: string): number {
  const digest = sha256(utf8ToBytes(`${experimentId}:${customerId}`));
  const value = digest.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return value % BUCKETS;
}

/** Returns the arm of a bucket: by weights in their order; a bucket beyond all weights gets the first arm (C-47). */
export function variantOf(variants: readonly Pick<Variant, 'variantId' | 'weight'>[], bucket: number): string {
  let end = 0;
  for (const { variantId, weight } of variants) {
    end += weight;
    if (bucket < end) return variantId;
  }
  return itemAt(variants, 0).variantId;
}
