import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { syncFile, syncFolder, writeDurably } from '../durable-file.ts';

/** Why a copy was made: before a step of the schema, at the first start of a version, by the day, or because somebody asked. */
export type CopyReason = 'step' | 'version' | 'daily' | 'manual';

/** What is read of a database, alike in the copy and in what it was copied from. */
export interface CopyFacts {
  readonly databaseId: string | null;
  readonly schemaVersion: number;
  readonly incarnation: number;
  readonly lastOpSeq: number;
  /** Trusted time of its last command, UTC ms; 0 before the first. */
  readonly lastCommitAtMs: number;
}

/** A copy that was opened and read through after it was made. Instants are UTC ms, by the computer's clock. */
export interface Copy extends CopyFacts {
  /** File name in the folder of copies; also its key. */
  readonly name: string;
  readonly atMs: number;
  readonly reason: CopyReason;
  readonly appVersion: string;
  readonly bytes: number;
}

const FOLDER = 'backups';
const UNFINISHED = '.new';
const FACTS = '.json';

/** So many copies are kept of each kind; the newest is always among them. */
const KEPT: Readonly<Record<'before' | 'daily' | 'manual', number>> = { before: 5, daily: 7, manual: 5 };

export function copiesFolderOf(dataFolder: string): string {
  return join(dataFolder, FOLDER);
}

/** Makes the folder where it is missing and takes away what was never finished. */
export function prepareCopiesFolder(dataFolder: string): string {
  const folder = copiesFolderOf(dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder);
  for (const name of names) {
    const isUnfinished = name.includes(UNFINISHED);
    const isLost = name.endsWith('.sqlite') && !names.includes(`${name}${FACTS}`);
    if (isUnfinished || isLost) rmSync(join(folder, name), { force: true });
  }
  return folder;
}

/** The copies that are there whole, the newest state of the shop first: by what they hold, not by the clock. */
export function listCopies(dataFolder: string): Copy[] {
  const folder = copiesFolderOf(dataFolder);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const copies = readdirSync(folder)
    .filter((name) => name.endsWith(FACTS))
    .map((name) => readCopy(folder, name.slice(0, -FACTS.length)))
    .filter((copy) => copy !== null);
  return copies.sort(
    (a, b) =>
      b.incarnation - a.incarnation ||
      b.lastOpSeq - a.lastOpSeq ||
      b.schemaVersion - a.schemaVersion ||
      b.atMs - a.atMs,
  );
}

function readCopy(folder: string, name: string): Copy | null {
  const bytes = statSync(join(folder, name), { throwIfNoEntry: false })?.size;
  try {
    const copy = JSON.parse(readFileSync(join(folder, `${name}${FACTS}`), 'utf8')) as Copy;
    return bytes !== undefined && copy.bytes === bytes && copy.name === name ? copy : null;
  } catch {
    return null;
  }
}

/** A name that no copy has: when, and with which schema. */
export function newCopyName(dataFolder: string, atMs: number, schemaVersion: number): string {
  const when = new Date(atMs).toISOString().replace(/[-:.]/g, '');
  const base = `regulars-${when}-schema${schemaVersion}`;
  const isTaken = (name: string): boolean => existsSync(join(copiesFolderOf(dataFolder), name));
  const names = [`${base}.sqlite`, ...Array.from({ length: 99 }, (_, index) => `${base}-${index + 2}.sqlite`)];
  return names.find((name) => !isTaken(name)) ?? `${base}.sqlite`;
}

/** Where a copy is written until it is known to be good. */
export function unfinishedPathOf(dataFolder: string, name: string): string {
  return join(copiesFolderOf(dataFolder), `${name}${UNFINISHED}`);
}

/** Gives a checked copy its name and lets go of the older ones of its kind. From here on it counts, also after a power cut. */
export function keepCopy(dataFolder: string, copy: Copy): void {
  const folder = copiesFolderOf(dataFolder);
  const fresh = unfinishedPathOf(dataFolder, copy.name);
  syncFile(fresh);
  renameSync(fresh, join(folder, copy.name));
  syncFolder(folder);
  writeDurably(join(folder, `${copy.name}${FACTS}`), `${JSON.stringify(copy)}\n`);
  for (const { name } of surplus(listCopies(dataFolder))) {
    rmSync(join(folder, `${name}${FACTS}`), { force: true });
    rmSync(join(folder, name), { force: true });
  }
}

/** The copies beyond what is kept of each kind, given newest first. */
export function surplus(copies: readonly Copy[]): Copy[] {
  const seen = { before: 0, daily: 0, manual: 0 };
  return copies.filter(({ reason }) => {
    const kind = reason === 'daily' || reason === 'manual' ? reason : 'before';
    seen[kind] += 1;
    return seen[kind] > KEPT[kind];
  });
}
