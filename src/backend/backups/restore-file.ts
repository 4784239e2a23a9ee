import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder, writeDurably } from '../durable-file.ts';

/** Somebody asked for a copy to be put back. Instants are UTC ms, by the computer's clock. */
export interface RestoreWish {
  /** Also the operation id under which the restored shop notes it. */
  readonly restoreId: string;
  readonly copyName: string;
  readonly copyAtMs: number;
  readonly askedAtMs: number;
  readonly staffId: string;
  /** The life that the shop had when it was asked: the restored one gets a later one. */
  readonly incarnationNow: number;
  /** Who was erased since the copy: they are erased again. */
  readonly erasedCustomerIds: readonly string[];
}

/**
 * How far it is. 'wanted': the next start does it. 'swapping': the copy lies ready as a new life of the shop, and files are being
 * moved; nothing may be opened before that is done. 'swapped': the copy is in place. 'noted': the shop knows. 'failed': nothing
 * was changed.
 */
export type Restore =
  | (RestoreWish & { readonly phase: 'wanted' })
  | (RestoreWish & { readonly phase: 'swapping' | 'swapped'; readonly incarnation: number; readonly setAside: string })
  | (RestoreWish & { readonly phase: 'noted'; readonly setAside: string; readonly restoredAtMs: number })
  | (RestoreWish & { readonly phase: 'failed'; readonly reason: 'copy-gone' | 'copy-damaged' | 'disk-full' });

const FILE = 'restore.json';

/** The last restore of a folder, done or not; null where there never was one. Throws where the file cannot be read. */
export function readRestore(dataFolder: string): Restore | null {
  const path = join(dataFolder, FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Restore) : null;
}

/** Keeps how far a restore is: whole or not at all, also after a power cut. */
export function writeRestore(dataFolder: string, restore: Restore): void {
  writeDurably(join(dataFolder, FILE), `${JSON.stringify(restore)}\n`);
}

/** Takes a file away for good, where it is. */
export function removeDurably(path: string): void {
  if (!existsSync(path)) return;
  rmSync(path);
  syncFolder(dirname(path));
}
