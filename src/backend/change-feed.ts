/** What a commit touched; screens ask again for what they show of it. */
export type Topic =
  | 'sales'
  | 'customers'
  | 'points'
  | 'programmes'
  | 'catalogue'
  | 'staff'
  | 'settings'
  | 'scans'
  | 'shift'
  | 'drafts'
  | 'vouchers'
  | 'codes'
  | 'wallet'
  | 'experiments'
  | 'alerts'
  | 'customer-screen'
  | 'satisfaction';

export interface ChangeFeed {
  announce(topics: ReadonlySet<Topic>): void;
  /** Yields the topics of commits as they happen, joined while the reader is busy; ends when the signal aborts. */
  follow(signal: AbortSignal): AsyncGenerator<{ topics: Topic[] }, void, undefined>;
}

/** Returns a feed inside one process: announcing never waits for a reader. */
export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(topics: ReadonlySet<Topic>) => void>();
  return {
    announce: (topics) => {
      if (topics.size > 0) for (const listener of listeners) listener(topics);
    },
    follow: async function* (signal) {
      const waiting = new Set<Topic>();
      const wake = { now: (): void => undefined };
      const listener = (topics: ReadonlySet<Topic>): void => {
        for (const topic of topics) waiting.add(topic);
        // A turn later: the answer to whoever gave the command goes first, screens ask again after it.
        setImmediate(() => wake.now());
      };
      const stop = (): void => wake.now();
      listeners.add(listener);
      signal.addEventListener('abort', stop);
      try {
        while (!signal.aborted) {
          if (waiting.size === 0) await new Promise<void>((resolve) => Object.assign(wake, { now: resolve }));
          if (waiting.size === 0) continue;
          const topics = [...waiting];
          waiting.clear();
          yield { topics };
        }
      } finally {
        listeners.delete(listener);
        signal.removeEventListener('abort', stop);
      }
    },
  };
}
