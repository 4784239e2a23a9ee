import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE } from '../data-folder.ts';
import { beginNewLife, copyFactsAt } from '../db/copy-facts.ts';
import { syncFile, syncFolder } from '../durable-file.ts';
import { copiesFolderOf, listCopies } from './copies-folder.ts';
import { type Restore, readRestore, removeDurably, writeRestore } from './restore-file.ts';

const READY_FILE = 'restoring.sqlite';
const SET_ASIDE = 'set-aside';
/** The database and what belongs to it: they move together. */
const PARTS = ['', '-wal', '-shm'];

type Ready = Extract<Restore, { phase: 'swapping' | 'swapped' }>;

/**
 * Does what a restore still lacks, before anything is opened (S0-75): the copy is read through and given a new life of its own
 * (SYNC.md 1), the database is set aside whole, the copy takes its place. Each step can be cut off and is taken up again by the
 * next start, so that the one or the other database opens and never a mix. A copy that is not good any more changes nothing.
 */
export function carryOutRestore(dataFolder: string, nativeBinding: string | null, nowMs: number): void {
  const restore = readRestore(dataFolder);
  if (restore?.phase === 'wanted') {
    const ready = prepare(dataFolder, restore, nativeBinding, nowMs);
    writeRestore(dataFolder, ready);
    if (ready.phase === 'swapping') swap(dataFolder, ready);
  }
  if (restore?.phase === 'swapping') swap(dataFolder, restore);
}

/** Lays the copy ready beside the database. Nothing that is in use has been touched when it ends. */
function prepare(
  dataFolder: string,
  wish: Extract<Restore, { phase: 'wanted' }>,
  nativeBinding: string | null,
  nowMs: number,
): Ready | Extract<Restore, { phase: 'failed' }> {
  const readyPath = join(dataFolder, READY_FILE);
  removeDurably(readyPath);
  const copy = listCopies(dataFolder).find(({ name }) => name === wish.copyName);
  if (copy === undefined) return { ...wish, phase: 'failed', reason: 'copy-gone' };
  try {
    copyFileSync(join(copiesFolderOf(dataFolder), copy.name), readyPath);
    chmodSync(readyPath, 0o600);
    const lives = listCopies(dataFolder).map(({ incarnation: life }) => life);
    const incarnation = Math.max(wish.incarnationNow, ...lives) + 1;
    beginNewLife(readyPath, nativeBinding, { copy, incarnation });
    syncFile(readyPath);
    syncFolder(dataFolder);
    foldBack(dataFolder, nativeBinding);
    const setAside = `${SET_ASIDE}-${new Date(nowMs).toISOString().replace(/[-:.]/g, '')}`;
    return { ...wish, phase: 'swapping', incarnation, setAside };
  } catch (cause) {
    removeDurably(readyPath);
    const { code } = cause as { code?: unknown };
    const isFull = code === 'ENOSPC' || code === 'SQLITE_FULL';
    return { ...wish, phase: 'failed', reason: isFull ? 'disk-full' : 'copy-damaged' };
  }
}

/** Folds the log of the database that is to go back into it, so that its files are one. One that cannot be read goes as it is. */
function foldBack(dataFolder: string, nativeBinding: string | null): void {
  try {
    copyFactsAt(join(dataFolder, DATABASE_FILE), nativeBinding);
  } catch {
    return;
  }
}

/** While the copy lies ready, the files in place are the old ones; its renaming is the last step and the only one that counts. */
function swap(dataFolder: string, restore: Ready): void {
  const readyPath = join(dataFolder, READY_FILE);
  const aside = join(dataFolder, restore.setAside);
  if (existsSync(readyPath)) {
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const part of PARTS) {
      const path = join(dataFolder, `${DATABASE_FILE}${part}`);
      if (existsSync(path)) renameSync(path, join(aside, `${DATABASE_FILE}${part}`));
    }
    syncFolder(aside);
    syncFolder(dataFolder);
    renameSync(readyPath, join(dataFolder, DATABASE_FILE));
    syncFolder(dataFolder);
  }
  writeRestore(dataFolder, { ...restore, phase: 'swapped' });
}
