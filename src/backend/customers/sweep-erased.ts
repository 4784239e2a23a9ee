import { createReadStream } from 'node:fs';
import type { BackendEnv } from '../context.ts';
import type { ShopDatabase } from '../db/open.ts';
import { countUnswept, markSwept } from './erasure-store.ts';

/** Shorter texts stand everywhere and prove nothing. */
const SHORTEST_SOUGHT = 5;
/** Above this the file is not rewritten while the till is in use: it is done at the next start (bytes). */
const LARGEST_AT_ONCE = 192 * 1024 * 1024;
const CHUNK = 1024 * 1024;
const AGAIN_AFTER_MS = 1_000;
const MOST_TRIES = 30;

/**
 * Follows an erasure into the file: SQLite overwrites what is deleted (secure_delete), but when it moves rows between
 * pages it can leave a stale copy in the unused part of a page. The log is folded back and cut; the file is searched for
 * what was told; where something is found the file is written anew. Fails quietly: what is not done waits for the next start.
 */
export function sweepAfterErasure(env: BackendEnv, texts: readonly string[]): void {
  const sought = soughtOf(texts);
  void sweep(env, sought).catch((cause: unknown) => env.logError('erasure-sweep', cause));
}

/** At the start: an erasure that was not followed to its end is, before anybody works. */
export function sweepAtStart(db: ShopDatabase, nowMs: number): void {
  if (countUnswept(db.read) === 0) return;
  db.compact();
  db.write((tx) => markSwept(tx, nowMs));
  db.checkpoint();
}

async function sweep(env: BackendEnv, sought: readonly Buffer[]): Promise<void> {
  const { db } = env;
  for (let tried = 0; tried < MOST_TRIES && !db.checkpoint({ mayWait: false }); tried += 1) {
    await new Promise((resolve) => void setTimeout(resolve, AGAIN_AFTER_MS).unref());
  }
  const { isFound, bytes } = await searchFile(db.path, sought);
  if (isFound) {
    if (bytes > LARGEST_AT_ONCE) return;
    db.compact();
  }
  db.write((tx) => markSwept(tx, env.time.now().trustedMs));
}

/** The bytes under which texts may stand in the file: as told, and as JSON writes lines and quotation marks. */
export function soughtOf(texts: readonly string[]): Buffer[] {
  const long = texts.filter((text) => text.length >= SHORTEST_SOUGHT);
  return [...new Set(long.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))].map((text) =>
    Buffer.from(text, 'utf8'),
  );
}

/** Searches the database's file in pieces, letting the till go on between them. */
export async function searchFile(
  path: string,
  sought: readonly Buffer[],
): Promise<{ isFound: boolean; bytes: number }> {
  const result = { isFound: false, bytes: 0 };
  if (path === ':memory:' || sought.length === 0) return result;
  const longest = Math.max(...sought.map((text) => text.length));
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const piece: Buffer = Buffer.concat([tail, chunk as Buffer]);
    result.bytes += (chunk as Buffer).length;
    result.isFound ||= sought.some((text) => piece.includes(text));
    tail = piece.subarray(Math.max(0, piece.length - longest + 1));
  }
  return result;
}
