import { isCopyTooOld } from '#shop/backups/copy-age.ts';
import type { ReadScope } from '../context.ts';
import type { Copy } from './copies-folder.ts';
import type { Restore } from './restore-file.ts';

/** A copy as the page of copies shows it. */
export type ListedCopy = Pick<Copy, 'name' | 'atMs' | 'reason' | 'appVersion' | 'schemaVersion' | 'bytes'> & {
  /** Trusted time of the last command that it holds, UTC ms. */
  readonly holdsUntilMs: number;
};

/**
 * The copies, the newest state first, whether one is being made, whether the last is too old, what this version
 * found when it first started, and the last unexpected errors. Instants are UTC ms.
 */
export function listBackups({ env, moment }: ReadScope) {
  const copies = env.copies.list();
  const newestAtMs = copies.length === 0 ? null : Math.max(...copies.map(({ atMs }) => atMs));
  return {
    isPossible: env.copies.isPossible,
    copies: copies.map(listed),
    newestAtMs,
    isTooOld: isCopyTooOld(newestAtMs, moment.wallMs),
    running: env.copies.running(),
    lastFailure: env.copies.lastFailure(),
    restore: shownRestore(env.copies.restore()),
    firstStart: env.firstStart(),
    errors: env.recentErrors(),
  };
}

/** What people are told of the last restore; the folder's name is a name, not a path. */
function shownRestore(restore: Restore | null) {
  if (restore === null) return null;
  const { phase, copyAtMs, askedAtMs } = restore;
  const setAside = 'setAside' in restore ? restore.setAside : null;
  return { phase, copyAtMs, askedAtMs, setAside, reason: phase === 'failed' ? restore.reason : null };
}

function listed({ name, atMs, reason, appVersion, schemaVersion, bytes, lastCommitAtMs }: Copy): ListedCopy {
  return { name, atMs, reason, appVersion, schemaVersion, bytes, holdsUntilMs: lastCommitAtMs };
}
