import type { CopyFacts } from '../backups/copies-folder.ts';

/** What the copying worker is told when it starts. */
export interface CopyTask {
  readonly databasePath: string;
  readonly nativeBinding: string | null;
  /** A file that does not count yet; what was in it goes. */
  readonly targetPath: string;
}

/** How far it is, in pages; then its facts, once it was opened and read through; or why there is none. */
export type CopyAnswer =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'copied'; readonly facts: CopyFacts; readonly bytes: number }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };
