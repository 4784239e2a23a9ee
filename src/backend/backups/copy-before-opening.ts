import { readLastVersion } from '../first-start/last-version.ts';
import { copyFactsAt } from '../db/copy-facts.ts';
import { newestSchema } from '../db/migrate.ts';
import { type Copy, type CopyFacts, listCopies } from './copies-folder.ts';
import { CopyError, type CopySource, makeCopy } from './make-copy.ts';

/** The copy that has to come before a change could not be made, so nothing was changed. For the person at the machine. */
export class StartWithoutCopyError extends Error {
  readonly code: 'copy-disk-full' | 'copy-failed';

  constructor(code: 'copy-disk-full' | 'copy-failed', message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * Copies a database that holds something before this version changes it: before steps of the schema, and at the first start
 * of another version. Returns the copy, or null where none is needed; one of just this state is taken as it is, so that a
 * version that does not start cannot crowd the older copies out. Throws StartWithoutCopyError: then nothing may be changed.
 */
export async function copyBeforeOpening(source: CopySource, nowMs: number): Promise<Copy | null> {
  const facts = copyFactsAt(source.databasePath, source.nativeBinding);
  if (facts === null || facts.schemaVersion > newestSchema()) return null;
  const isBehind = facts.schemaVersion < newestSchema();
  if (!isBehind && readLastVersion(source.dataFolder)?.appVersion === source.appVersion) return null;
  const reason = isBehind ? 'step' : 'version';
  try {
    const same = listCopies(source.dataFolder).find((copy) => isSameState(copy, facts));
    if (same !== undefined) return same;
    return await makeCopy(source, { reason, atMs: nowMs, schemaVersion: facts.schemaVersion });
  } catch (cause) {
    throw refusedStart(cause);
  }
}

function isSameState(a: CopyFacts, b: CopyFacts): boolean {
  const isSameShop = a.databaseId === b.databaseId && a.schemaVersion === b.schemaVersion;
  return (
    isSameShop &&
    a.incarnation === b.incarnation &&
    a.lastOpSeq === b.lastOpSeq &&
    a.lastCommitAtMs === b.lastCommitAtMs
  );
}

function refusedStart(cause: unknown): StartWithoutCopyError {
  if (cause instanceof CopyError && cause.fault === 'disk-full') {
    return new StartWithoutCopyError(
      'copy-disk-full',
      'This version first makes a copy of the shop, and the disk has no room for it. Free some space and start again; nothing was changed.',
      cause,
    );
  }
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new StartWithoutCopyError(
    'copy-failed',
    `This version first makes a copy of the shop, and that failed (${detail}). Start again, or start the version before; nothing was changed.`,
    cause,
  );
}
