import { type RunThen, writeHistory } from './command.ts';
import type { BackendEnv, ShopIdentity } from './context.ts';
import type { WritableDb } from './db/database.ts';

/** Ends a rehearsal: whatever it wrote is taken back. */
class RehearsalOver extends Error {}

/**
 * Plays commands as they would run now and takes all of it back: no row, no op, no number and no attempt is left, and nobody is
 * told. Returns what `work` returned; throws what it threw.
 */
export function rehearse<T>(env: BackendEnv, shop: ShopIdentity, work: (run: RunThen, db: WritableDb) => T): T {
  const kept: { value: T | undefined } = { value: undefined };
  try {
    writeHistory(env, shop, (run, db) => {
      kept.value = work(run, db);
      throw new RehearsalOver();
    });
  } catch (cause) {
    if (!(cause instanceof RehearsalOver)) throw cause;
  }
  return kept.value as T;
}
