import { appendFileSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mustHave } from '#shop/must.ts';

/** An unexpected error as it is kept: no message, no statement, no path, because those may hold what people typed. */
interface LoggedError {
  readonly code: string;
  /** By the computer's clock, UTC ms. */
  readonly atMs: number;
  /** Kind of error, its own code where it has one, and the function in which it came up. */
  readonly what: string;
}

/** Errors of one kind, with the code and the instant of the last. */
export interface RecentError extends LoggedError {
  readonly times: number;
}

/** The errors that screens show a code for, kept in the data folder (S3-78). */
export interface ErrorLog {
  write(code: string, cause: unknown): void;
  /** Fifty kinds at most, the last one first. */
  recent(): RecentError[];
}

const FILE = 'errors.log';
const OLDER_FILE = 'errors.1.log';
/** From here on the file becomes the older one, and what was the older one goes. */
const ROTATE_BYTES = 256 * 1024;
const MOST_SHOWN = 50;

/** The log of a data folder. Writing never fails: whoever has an error to tell has enough of it. */
export function createErrorLog(dataFolder: string, wallNowMs: () => number): ErrorLog {
  const path = join(dataFolder, FILE);
  const olderPath = join(dataFolder, OLDER_FILE);
  return {
    write: (code, cause) => {
      try {
        if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_BYTES) renameSync(path, olderPath);
        const line = JSON.stringify({ code, atMs: wallNowMs(), what: whatOf(cause) } satisfies LoggedError);
        appendFileSync(path, `${line}\n`, { mode: 0o600 });
      } catch {
        return;
      }
    },
    recent: () => grouped([...linesOf(olderPath), ...linesOf(path)]),
  };
}

/** The log of a database that is in memory only. */
export function noErrorLog(): ErrorLog {
  return { write: () => undefined, recent: () => [] };
}

/** What an error is, without a word of what it says. */
export function whatOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  const inner = cause.cause instanceof Error ? ` (${kindOf(cause.cause)})` : '';
  const where = /\n\s+at (?:async |new )?([\w$.]+) \(/.exec(cause.stack ?? '')?.[1];
  return `${kindOf(cause)}${inner}${where === undefined ? '' : `, ${where}`}`;
}

function kindOf(error: Error): string {
  const { code } = error as { code?: unknown };
  const isWord = (text: unknown): text is string => typeof text === 'string' && /^\w{1,60}$/.test(text);
  const name = isWord(error.name) ? error.name : 'Error';
  return isWord(code) ? `${name} ${code}` : name;
}

function linesOf(path: string): LoggedError[] {
  try {
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .split('\n')
      .map(readLine)
      .filter((line) => line !== null);
  } catch {
    return [];
  }
}

/** A line that a power cut left unfinished is left out. */
function readLine(text: string): LoggedError | null {
  try {
    const { code, atMs, what } = JSON.parse(text) as Partial<LoggedError>;
    return typeof code === 'string' && typeof atMs === 'number' && typeof what === 'string'
      ? { code, atMs, what }
      : null;
  } catch {
    return null;
  }
}

function grouped(lines: readonly LoggedError[]): RecentError[] {
  const byKind = new Map<string, RecentError>();
  for (const line of lines) {
    const times = (byKind.get(line.what)?.times ?? 0) + 1;
    byKind.delete(line.what);
    byKind.set(line.what, { ...line, times });
  }
  const kinds = [...byKind.keys()].slice(-MOST_SHOWN).reverse();
  return kinds.map((what) => mustHave(byKind.get(what), 'a kind has its errors'));
}
