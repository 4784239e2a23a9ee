/**
 * The hours of the shop's day in which a new version may take over by itself: local hours, the end excluded. From 22 until 4
 * goes over midnight; equal hours are the whole day.
 */
export interface UpdateWindow {
  readonly fromHour: number;
  readonly untilHour: number;
}

/** Why a new version waits: it takes over by hand alone, not at this hour, or not while something is going on. */
export type UpdateWait = 'by-hand' | 'hour' | 'payment' | 'sale' | 'person';

/** Why a new version may refuse to take over. */
export type UpdateRefusal = 'no-new-version' | 'payment-open';

interface Now {
  readonly window: UpdateWindow | null;
  /** Hour of the shop's day, 0–23. */
  readonly localHour: number;
  readonly openPayments: number;
  /** Sales being rung up, not those on hold. */
  readonly openSales: number;
  /** Whether somebody is signed in and not locked out by idleness. */
  readonly isSomebodyAtWork: boolean;
}

/** Whether the hour is in the window. */
export function isInWindow({ fromHour, untilHour }: UpdateWindow, localHour: number): boolean {
  if (fromHour === untilHour) return true;
  if (fromHour < untilHour) return localHour >= fromHour && localHour < untilHour;
  return localHour >= fromHour || localHour < untilHour;
}

/** What a new version waits for before it takes over by itself (S3-77); null: for nothing. The first of the list that holds. */
export function updateWaitsFor({
  window,
  localHour,
  openPayments,
  openSales,
  isSomebodyAtWork,
}: Now): UpdateWait | null {
  if (window === null) return 'by-hand';
  if (!isInWindow(window, localHour)) return 'hour';
  if (openPayments > 0) return 'payment';
  if (openSales > 0) return 'sale';
  return isSomebodyAtWork ? 'person' : null;
}
