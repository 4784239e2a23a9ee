import type { DiskStep } from './syscall-log.ts';

/** A power cut keeps or loses each sector of this size by itself (bytes). */
const SECTOR = 512;

interface PendingWrite {
  readonly kind: 'write';
  readonly offset: number;
  readonly bytes: Buffer;
}

type Pending = PendingWrite | { readonly kind: 'truncate'; readonly size: number };

/**
 * A disk as a power cut sees it: per file, what a finished sync has made sure of, and what was written since and may be
 * there in part, in any combination of sectors.
 */
export class CrashDisk {
  readonly #sure = new Map<string, Buffer>();
  readonly #pending = new Map<string, Pending[]>();

  /** The files as they were before the recording, all on the disk. */
  constructor(files: ReadonlyMap<string, Buffer>) {
    for (const [path, bytes] of files) this.#sure.set(path, Buffer.from(bytes));
  }

  apply(step: DiskStep): void {
    if (step.kind === 'say') return;
    if (step.kind !== 'sync') {
      const known = this.#pending.get(step.path) ?? [];
      known.push(step);
      this.#pending.set(step.path, known);
      return;
    }
    const sure = this.#sure.get(step.path) ?? Buffer.alloc(0);
    this.#sure.set(step.path, rebuilt(sure, this.#pending.get(step.path) ?? []));
    this.#pending.delete(step.path);
  }

  /** One way in which the disk may look after a cut now: unsynced writes kept, dropped or torn at random. */
  image(path: string, random: () => number): Buffer {
    const survived = (this.#pending.get(path) ?? []).flatMap((pending) => {
      const fate = random();
      if (fate < 0.4) return [pending];
      return fate < 0.7 && pending.kind === 'write' ? torn(pending, random) : [];
    });
    return rebuilt(this.#sure.get(path) ?? Buffer.alloc(0), survived);
  }
}

/** The sectors of a write that a cut left. */
function torn({ offset, bytes }: PendingWrite, random: () => number): PendingWrite[] {
  const starts = Array.from({ length: Math.ceil(bytes.length / SECTOR) }, (_, position) => position * SECTOR);
  return starts
    .filter(() => random() < 0.5)
    .map((from) => ({ kind: 'write', offset: offset + from, bytes: bytes.subarray(from, from + SECTOR) }));
}

function rebuilt(before: Buffer, steps: readonly Pending[]): Buffer {
  const ends = steps.map((step) => (step.kind === 'write' ? step.offset + step.bytes.length : step.size));
  const room = Buffer.alloc(ends.reduce((largest, end) => Math.max(largest, end), before.length));
  before.copy(room);
  let size = before.length;
  for (const step of steps) {
    if (step.kind === 'write') {
      step.bytes.copy(room, step.offset);
      size = Math.max(size, step.offset + step.bytes.length);
    } else {
      if (step.size < size) room.fill(0, step.size, size);
      size = step.size;
    }
  }
  return room.subarray(0, size);
}
