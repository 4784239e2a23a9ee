import { type Refusal, refuse } from '../refusal.ts';

/** No single entry by hand moves more points than this. */
export const MAX_MANUAL_POINTS = 1_000_000_000;

/** Within this time the person who awarded may undo by themself; later a manager approves. */
const UNDO_WINDOW_MS = 5 * 60_000;

/** Why points are given by hand: goodwill adds, a correction goes either way. Both need a note. */
export type AdjustmentReason = 'goodwill' | 'correction';

/** Returns the signed points of an entry by hand. Refuses 'note-required' and 'points-out-of-range'. */
export function decideAdjustment(given: {
  readonly reason: AdjustmentReason;
  readonly points: number;
  readonly note: string;
}): { readonly kind: 'adjust'; readonly points: number } | Refusal {
  if (given.note.trim() === '') return refuse('note-required');
  const isInRange = Number.isSafeInteger(given.points) && Math.abs(given.points) <= MAX_MANUAL_POINTS;
  const isRightSign = given.reason === 'correction' ? given.points !== 0 : given.points > 0;
  if (!isInRange || !isRightSign) return refuse('points-out-of-range', { limit: MAX_MANUAL_POINTS });
  return { kind: 'adjust', points: given.points };
}

/** Whether an award may be undone, and whether a manager must approve it. */
export function decideUndo(given: {
  readonly awardedAtMs: number;
  readonly awardedByStaffId: string;
  readonly nowMs: number;
  readonly staffId: string;
  readonly isUndone: boolean;
}): { readonly canUndo: boolean; readonly needsManager: boolean } {
  // Awarded later than now: before the time was corrected. How long ago that was, nobody can tell.
  const ageMs = given.nowMs - given.awardedAtMs;
  const isInTime = ageMs >= 0 && ageMs <= UNDO_WINDOW_MS;
  const isOwn = given.awardedByStaffId === given.staffId;
  return { canUndo: !given.isUndone, needsManager: !(isInTime && isOwn) };
}
