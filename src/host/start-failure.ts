/** Exit code of a host that could not start for a reason the person at the machine can act on. */
export const START_FAILED_EXIT_CODE = 3;

/**
 * The sentence to show when a start fails. Failures with a `code` were foreseen and carry their own sentence;
 * anything else is a bug, shown with its stack on the console only.
 */
export function describeStartFailure(error: unknown): { sentence: string; isForeseen: boolean } {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.message !== '') {
    return { sentence: error.message, isForeseen: true };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { sentence: `The console could not start: ${detail}`, isForeseen: false };
}
