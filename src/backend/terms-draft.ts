import { z } from 'zod';
import { type Refusal, refuse } from '#shop/refusal.ts';

// What a manager works on before it is published: the same for a programme and a campaign, each in its own table.

/** How a draft stands. basedOnVersion: the version that it was begun from, 0 for none. */
export interface DraftMarks {
  readonly basedOnVersion: number;
  readonly revision: number;
  /** UTC ms. */
  readonly updatedAtMs: number;
}

/** A draft as its table has it; definition: JSON of its terms. */
export type DraftRow = DraftMarks & { readonly definition: string };

/** A published version in the history of its terms. */
export interface VersionInHistory {
  readonly versionId: string;
  readonly version: number;
  readonly publishedAtMs: number;
  readonly staffName: string | null;
}

export const draftChangeShape = {
  /** The revision that the change was made on; 0 where there was no draft. */
  revision: z.int().min(0),
  /** Says that the version published meanwhile was seen: the draft then stands on it. */
  standsOnLatest: z.boolean().default(false),
};

/** Reads the terms of a draft, with every default that came since it was kept; null where there is none. */
export function readDraft<Terms>(
  row: DraftRow | undefined,
  schema: z.ZodType<Terms>,
): { readonly terms: Terms; readonly marks: DraftMarks } | null {
  if (row === undefined) return null;
  const { definition, ...marks } = row;
  return { marks, terms: schema.parse(JSON.parse(definition)) };
}

/**
 * Says how a draft stands after a change at an instant (UTC ms); latest: the version in force, 0 for none. Refuses
 * 'changed-elsewhere' where the draft is not the one that was changed.
 */
export function reviseDraft(
  before: DraftMarks | null,
  { revision, standsOnLatest }: { readonly revision: number; readonly standsOnLatest: boolean },
  { latest, atMs }: { readonly latest: number; readonly atMs: number },
): DraftMarks | Refusal {
  if ((before?.revision ?? 0) !== revision) return refuse('changed-elsewhere');
  const basedOnVersion = standsOnLatest ? latest : (before?.basedOnVersion ?? latest);
  return { basedOnVersion, revision: revision + 1, updatedAtMs: atMs };
}
