/** A read that runs when its result is first wanted, and only then. */
export interface Once<T> {
  (): T;
  /** Whether the result is here already. */
  readonly isRead: () => boolean;
}

export function once<T>(read: () => T): Once<T> {
  let held: { readonly value: T } | null = null;
  const get = (): T => {
    held ??= { value: read() };
    return held.value;
  };
  return Object.assign(get, { isRead: () => held !== null });
}
