import fc from 'fast-check';
import { audienceOf } from '#backend/trpc.ts';
import { inputsFor } from './fuzz-input.ts';
import { allProcedures } from './procedures.ts';

export interface FuzzCase {
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  /** JSON text, as it crosses a line. */
  readonly inputText: string;
  readonly isPublic: boolean;
}

/** Cases for every query and mutation, made from their schemas: the same seed gives the same cases. */
export function fuzzCorpus(casesPerProcedure: number, seed: number): FuzzCase[] {
  return allProcedures().flatMap(({ name, kind, schema }) => {
    if (kind === 'subscription' || schema === null) return [];
    const inputs = fc.sample(inputsFor(schema), { numRuns: casesPerProcedure, seed });
    return inputs
      .map((input) => JSON.stringify(input))
      .filter((text): text is string => text !== undefined)
      .map((inputText) => ({ name, kind, inputText, isPublic: audienceOf(name) === 'public' }));
  });
}
