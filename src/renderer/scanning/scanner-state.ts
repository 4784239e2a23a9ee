import { create } from 'zustand';

/** ready: a hand scanner was seen lately; camera-only: never seen here; not-seen: seen, but not for a while. */
export type ScannerReadiness = 'ready' | 'camera-only' | 'not-seen';

interface ScannerState {
  readonly lastSeenAtMs: number | null;
  readonly readiness: ScannerReadiness;
}

const KEY = 'regulars.scanner-seen';
const WHILE_MS = 8 * 3_600_000;

function readinessAt(lastSeenAtMs: number | null, nowMs: number): ScannerReadiness {
  if (lastSeenAtMs === null) return 'camera-only';
  return nowMs - lastSeenAtMs < WHILE_MS ? 'ready' : 'not-seen';
}

function readLastSeen(): number | null {
  const kept = Number(localStorage.getItem(KEY) ?? Number.NaN);
  return Number.isFinite(kept) ? kept : null;
}

export const useScannerState = create<ScannerState>()(() => {
  const lastSeenAtMs = readLastSeen();
  return { lastSeenAtMs, readiness: readinessAt(lastSeenAtMs, Date.now()) };
});

/** Notes that a hand scanner just worked. */
export function noteScannerSeen(atMs: number): void {
  useScannerState.setState({ lastSeenAtMs: atMs, readiness: 'ready' });
  localStorage.setItem(KEY, String(atMs));
}
