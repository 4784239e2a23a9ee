import { rmSync, statfsSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CopyAnswer, CopyTask } from '../db/copy-protocol.ts';
import {
  type Copy,
  type CopyReason,
  keepCopy,
  newCopyName,
  prepareCopiesFolder,
  unfinishedPathOf,
} from './copies-folder.ts';

/** Room that a copy leaves to the shop: a till that cannot sell because of its copies would be worse than no copy, bytes. */
const ROOM_LEFT_BYTES = 64 * 1024 * 1024;

/** Why there is no copy. */
export class CopyError extends Error {
  readonly fault: 'disk-full' | 'failed';

  constructor(fault: 'disk-full' | 'failed', message: string, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}

/** Where copies come from and go to. */
export interface CopySource {
  readonly dataFolder: string;
  readonly databasePath: string;
  readonly nativeBinding: string | null;
  readonly appVersion: string;
  readonly worker: string | URL;
  /** Free room at a path, bytes; asked of the system unless told. */
  readonly freeBytesAt?: (path: string) => number;
}

export interface NewCopy {
  readonly reason: CopyReason;
  readonly atMs: number;
  readonly schemaVersion: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Copies the database while it is open or closed, opens the copy and reads through it, and only then gives it its name. Throws
 * CopyError, and leaves nothing behind, where the disk has no room or the copy is not what it should be (S3-76, F36).
 */
export async function makeCopy(
  source: CopySource,
  { reason, atMs, schemaVersion, onProgress }: NewCopy,
): Promise<Copy> {
  const { dataFolder, databasePath, appVersion } = source;
  try {
    const folder = prepareCopiesFolder(dataFolder);
    const free = (source.freeBytesAt ?? freeBytes)(folder);
    if (free < sizeOf(databasePath) + sizeOf(`${databasePath}-wal`) + ROOM_LEFT_BYTES) {
      throw new CopyError('disk-full', 'there is no room for a copy');
    }
    const name = newCopyName(dataFolder, atMs, schemaVersion);
    const targetPath = unfinishedPathOf(dataFolder, name);
    const made = await runWorker(source, targetPath, onProgress).catch((cause: unknown) => {
      for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${targetPath}${end}`, { force: true });
      throw cause;
    });
    const copy = { ...made.facts, name, atMs, reason, appVersion, bytes: made.bytes };
    keepCopy(dataFolder, copy);
    return copy;
  } catch (cause) {
    if (cause instanceof CopyError) throw cause;
    const isFull = (cause as { code?: unknown }).code === 'ENOSPC';
    throw new CopyError(isFull ? 'disk-full' : 'failed', cause instanceof Error ? cause.message : String(cause), cause);
  }
}

type Copied = Extract<CopyAnswer, { kind: 'copied' }>;

function runWorker(source: CopySource, targetPath: string, onProgress: NewCopy['onProgress']): Promise<Copied> {
  const { databasePath, nativeBinding } = source;
  return new Promise((resolve, reject) => {
    const worker = new Worker(source.worker, {
      workerData: { databasePath, nativeBinding, targetPath } satisfies CopyTask,
    });
    worker.on('message', (answer: CopyAnswer) => {
      if (answer.kind === 'progress') onProgress?.(answer.done, answer.total);
      else if (answer.kind === 'copied') resolve(answer);
      else
        reject(
          new CopyError(
            answer.code === 'SQLITE_FULL' || answer.code === 'ENOSPC' ? 'disk-full' : 'failed',
            answer.message,
          ),
        );
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new CopyError('failed', 'the copying worker has ended')));
  });
}

function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
