/** Looking for a page and writing its rows is meant to take this long; the commit, which no size shortens, comes on top. */
const WANTED_MS = 8;
/** What fits into one op with its events (64 KiB). */
const MOST = 32;
const FIRST = 8;

/** How many things the next page takes, from how long the last ones took on this machine, now. */
export interface PagePace {
  most(): number;
  /** Tells how long a page of so many things took to look for and to write, ms. */
  took(ms: number, count: number): void;
}

/** What pages of one kind are: how long they may take, how many things fit into one op, and how many to begin with. */
export interface PageShape {
  readonly wantedMs: number;
  readonly most: number;
  readonly first: number;
}

/** Begins small; grows by a quarter while pages are quick, and falls at once to what fits when one was slow. */
export function createPagePace(shape: PageShape = { wantedMs: WANTED_MS, most: MOST, first: FIRST }): PagePace {
  const pace = { most: shape.first };
  return {
    most: () => Math.floor(pace.most),
    took: (ms, count) => {
      if (count === 0) return;
      const fitting = (count * shape.wantedMs) / Math.max(ms, 0.1);
      pace.most = Math.min(shape.most, Math.max(1, Math.min(fitting, pace.most * 1.25)));
    },
  };
}
