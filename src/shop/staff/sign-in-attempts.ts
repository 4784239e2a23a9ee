/** What is known of a person's wrong PINs; kept on disk, so that a restart does not forgive them. */
export interface AttemptState {
  readonly failedTries: number;
  readonly lockedUntilMs: number | null;
}

/** After this many wrong PINs in a row, each further one costs a wait that doubles. */
export const TRIES_BEFORE_WAIT = 5;

/** After this many a manager has to set a new PIN. */
export const TRIES_BEFORE_MANAGER = 10;

/** The first wait. */
export const FIRST_WAIT_MS = 30_000;

/** A lock without an end: only a manager opens it. */
export const LOCKED_UNTIL_MANAGER_MS = 8_640_000_000_000_000;

/** What becomes of one try. `state` is what to store. */
export type AttemptDecision =
  | { readonly kind: 'open'; readonly state: AttemptState }
  | { readonly kind: 'locked'; readonly state: AttemptState; readonly untilMs: number; readonly needsManager: boolean }
  | { readonly kind: 'wrong'; readonly state: AttemptState; readonly triesLeft: number };

/** Whether a person's PIN may be tried now. Ask before checking the PIN: while locked even the right one is refused. */
export function isLockedOut(state: AttemptState, nowMs: number): boolean {
  return state.lockedUntilMs !== null && nowMs < state.lockedUntilMs;
}

/**
 * Decides one try: five wrong ones bring a wait of 30 s, each further one doubles it, and after ten only a manager helps.
 * The right PIN forgets the wrong ones.
 */
export function decideAttempt(
  state: AttemptState,
  given: { readonly isRight: boolean; readonly nowMs: number },
): AttemptDecision {
  if (isLockedOut(state, given.nowMs)) return lockedDecision(state, state.lockedUntilMs ?? 0);
  if (given.isRight) return { kind: 'open', state: { failedTries: 0, lockedUntilMs: null } };
  const failedTries = state.failedTries + 1;
  if (failedTries >= TRIES_BEFORE_MANAGER) {
    return lockedDecision({ failedTries, lockedUntilMs: LOCKED_UNTIL_MANAGER_MS }, LOCKED_UNTIL_MANAGER_MS);
  }
  if (failedTries >= TRIES_BEFORE_WAIT) {
    const untilMs = given.nowMs + FIRST_WAIT_MS * 2 ** (failedTries - TRIES_BEFORE_WAIT);
    return lockedDecision({ failedTries, lockedUntilMs: untilMs }, untilMs);
  }
  return { kind: 'wrong', state: { failedTries, lockedUntilMs: null }, triesLeft: TRIES_BEFORE_WAIT - failedTries };
}

function lockedDecision(state: AttemptState, untilMs: number): AttemptDecision {
  return { kind: 'locked', state, untilMs, needsManager: untilMs === LOCKED_UNTIL_MANAGER_MS };
}
