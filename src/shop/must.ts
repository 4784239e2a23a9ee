/** A broken promise between two pieces of code: never caught, ends the operation. Not for what a person can cause. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

/** Ends the operation when something that must hold does not. Facts go into the message, personal data never does. */
export function must(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BugError(message);
}

/** Returns the item at a place that the list has, or ends the operation. */
export function itemAt<T>(items: readonly T[], index: number): T {
  must(index in items, `missing: place ${index} of ${items.length}`);
  return items[index] as T;
}

/** Returns the value, or ends the operation when it is missing. */
export function mustHave<T>(value: T | null | undefined, what: string): T {
  must(value !== null && value !== undefined, `missing: ${what}`);
  return value;
}
