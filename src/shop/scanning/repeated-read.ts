import type { ScanSource } from './classify.ts';

/** What repeats are judged by: people's codes act once, things may be scanned one after another. */
export type ReadSubject = 'person' | 'thing';

/** A read as it is remembered. `key` names what was read: the code, or its hash. */
export interface RecentRead {
  readonly key: string;
  readonly source: ScanSource;
  readonly subject: ReadSubject;
  readonly atMs: number;
}

/** The same code again within this time is the same showing of it (UX.md 7). */
const REPEAT_WINDOW_MS = 1500;

/**
 * Whether a read is a repeat of one before it: then it is counted and does nothing (C-44). Customer and voucher codes
 * repeat from any source; a product repeats only in front of a camera, which sees it many times a second, and always
 * counts from a hand scanner. The time runs from the last time that the code was seen, suppressed or not. A clock that
 * went back does not make a repeat.
 */
export function isRepeatedRead(read: RecentRead, recent: readonly RecentRead[]): boolean {
  if (read.subject === 'thing' && read.source !== 'CAMERA') return false;
  return recent.some((earlier) => {
    const gapMs = read.atMs - earlier.atMs;
    const isSameKind = read.subject === 'person' || earlier.source === 'CAMERA';
    return earlier.key === read.key && isSameKind && gapMs >= 0 && gapMs < REPEAT_WINDOW_MS;
  });
}

/** The reads that still matter at an instant: what to keep of a device's memory. */
export function stillRecent(recent: readonly RecentRead[], nowMs: number): RecentRead[] {
  return recent.filter((read) => nowMs - read.atMs < REPEAT_WINDOW_MS && read.atMs <= nowMs);
}
