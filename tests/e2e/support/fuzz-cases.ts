import { audienceOf } from '#backend/trpc.ts';
import { rolesMay } from '#shop/staff/permissions.ts';
import { fuzzCorpus } from '../../access/fuzz-corpus.ts';

export interface SentCase {
  readonly path: string;
  readonly kind: 'query' | 'mutation';
  readonly inputText: string;
  readonly isPublic: boolean;
  /** Whether a cashier may do this at all. */
  readonly mayCashier: boolean;
}

/**
 * Hostile and near-valid inputs for every procedure, from its own schema; the same seed gives the same ones.
 * Loaded through Vite, which understands how the back end finds its migrations.
 */
export function fuzzCases(casesPerProcedure: number, seed: number): SentCase[] {
  return fuzzCorpus(casesPerProcedure, seed).map(({ name, kind, inputText, isPublic }) => {
    const audience = audienceOf(name);
    const isForAll = audience === 'public' || audience === 'signed-in';
    const mayCashier = audience !== undefined && (isForAll || rolesMay(['cashier'], audience));
    return { path: name, kind, inputText, isPublic, mayCashier };
  });
}
