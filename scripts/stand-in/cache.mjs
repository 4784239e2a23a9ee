// The folder for what a machine can fetch or build again: never committed, safe to delete at any time.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CACHE_FOLDER = fileURLToPath(new URL('../../.cache', import.meta.url));

/**
 * Makes `name` in the cache with `fill(temporaryFolder)`, which returns the path (inside it) to keep.
 * The result appears by one rename, so an interrupted run leaves either nothing or the whole of it.
 * Two runs at once are safe: the slower one finds the finished result and drops its own.
 */
export async function fillCache(name, fill) {
  mkdirSync(CACHE_FOLDER, { recursive: true });
  const temporary = mkdtempSync(join(CACHE_FOLDER, `.making-${name}-`));
  try {
    const made = await fill(temporary);
    try {
      renameSync(made, join(CACHE_FOLDER, name));
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    }
    return join(CACHE_FOLDER, name);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
