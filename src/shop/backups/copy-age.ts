/** A shop whose last good copy is older than this is told so (S3-76). */
export const OLDEST_GOOD_COPY_MS = 48 * 3_600_000;

/** Whether somebody has to see to it that copies are made: the newest is too old, or there is none. */
export function isCopyTooOld(newestAtMs: number | null, nowMs: number): boolean {
  return newestAtMs === null || nowMs - newestAtMs > OLDEST_GOOD_COPY_MS;
}
