/** Knows whether a newer version of the program lies where this one was started from. */
export interface InstalledWatch {
  /** Looks at what is in place now. */
  look(): void;
  /** Whether something else than what runs was seen twice in a row: an installation that is under way is left alone. */
  isNewerInPlace(): boolean;
}

/** `stamp` returns what tells one version in place from the next; null while it cannot be read. */
export function createInstalledWatch(stamp: () => string | null): InstalledWatch {
  const running = stamp();
  const seen = { last: running, isNewer: false };
  return {
    look: () => {
      const now = stamp();
      seen.isNewer = running !== null && now !== null && now !== running && now === seen.last;
      seen.last = now;
    },
    isNewerInPlace: () => seen.isNewer,
  };
}
