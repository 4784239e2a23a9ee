import { mustHave } from '#shop/must.ts';
import {
  type DueExpiry,
  type DueRipening,
  dueExpiries,
  dueRipenings,
  type ExpiringSoon,
  expiringSoon,
  warningIdOf,
} from '#shop/points/due.ts';
import type { Position } from '#shop/points/lots.ts';
import { localDateOf, startOfLocalDay } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import { selectHasEvent } from '../activity/events-store.ts';
import type { SystemScope } from '../command-scope.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectHolder } from '../points/accounts-store.ts';
import { appendEntry } from '../points/ledger-store.ts';
import { type LotDate, selectHasEntry, selectLotEnds, selectRipenings } from '../points/lot-dates-store.ts';
import { selectLiveProgrammes, type StoredVersion } from '../points/programmes-store.ts';
import { settleTier } from '../ledger/settle-tier.ts';
import { standingsOf } from '../ledger/standing.ts';
import type { Job } from './job.ts';
import { lotPages } from './lot-pages.ts';

type WithId<Due> = Due & { readonly id: string };

/** What a job over lots may write of one date. */
interface DueWriting {
  readonly id: string;
  isWritten(db: ReadableDb, id: string): boolean;
  write(scope: SystemScope): void;
}

/** Deciding and writing of one kind, however its dates are found. */
export interface LotWriting {
  due(date: LotDate, position: Position): readonly DueWriting[];
  /** Once for each account and programme, when everything is written. */
  follow(scope: SystemScope, date: LotDate): void;
}

/** Writes off what has ended (L10: it moves, it is not deleted), whatever has become of the programme since. */
export const EXPIRE: Job = {
  name: 'expire',
  action: 'jobs.expire',
  pages: (turn) =>
    lotPages<WithId<DueExpiry>>(turn, {
      untilMs: turn.nowMs,
      find: selectLotEnds,
      decide: (date, position) => dueExpiries(date, position).map((due) => ({ ...due, id: due.entryId })),
      isWritten: selectHasEntry,
      write: writeExpiry,
      follow: expiryWork(selectLiveProgrammes(turn.env.db.read, turn.shop.merchantId)).follow,
    }),
};

/** The same for dates that were found otherwise. */
export function expiryWork(live: readonly StoredVersion[]): LotWriting {
  const following = live.filter(({ programme }) => programme.tiers?.mode === 'BALANCE');
  return {
    due: (date, position) =>
      dueExpiries(date, position).map((due) => ({
        id: due.entryId,
        isWritten: selectHasEntry,
        write: (scope) => writeExpiry(scope, due, date),
      })),
    follow: (scope, date) => followBalance(scope, date, following),
  };
}

/** Tells that points which had to wait can be spent. They ripen by their date; this writes it into the history. */
export const RIPEN: Job = {
  name: 'ripen',
  action: 'jobs.ripen',
  pages: (turn) =>
    lotPages<WithId<DueRipening>>(turn, {
      untilMs: turn.nowMs,
      find: selectRipenings,
      decide: (date, position) => ripeningOf(date, position),
      isWritten: selectHasEvent,
      write: (scope, { id, lotId, points, ripenedAtMs }, { customerId, programId }) =>
        scope.event({
          id,
          type: 'customer.points.ripened',
          category: 'EFFECT',
          customerId,
          source: 'System',
          data: { programId, lotId, points, ripenedAtMs },
        }),
    }),
};

/** Tells what of a programme ends within its days of warning, once for each end (PT14). */
export function warnJob(version: StoredVersion): Job {
  const { programId, programme } = version;
  return {
    name: `warn:${programId}`,
    action: 'jobs.warn',
    pages: (turn) => {
      const zone = turn.shop.timeZone;
      return lotPages<WithId<ExpiringSoon>>(turn, {
        untilMs: warnUntilMs(turn.nowMs, programme.warnDays, zone),
        find: selectLotEnds,
        decide: (date, position) =>
          date.programId === programId ? warningsOf(date, position, programme.warnDays, zone) : [],
        isWritten: selectHasEvent,
        write: writeWarning,
      });
    },
  };
}

/** Up to when points of a programme end soon: the local midnight after its days of warning, UTC ms. */
export function warnUntilMs(nowMs: number, warnDays: number, zone: string): number {
  return startOfLocalDay(addDays(localDateOf(nowMs, zone), warnDays + 1), zone);
}

/** Warnings of a programme for dates that were found otherwise. */
export function warningWork({ programId, programme }: StoredVersion, zone: string): LotWriting {
  return {
    due: (date, position) => {
      if (date.programId !== programId) return [];
      return expiringSoon(position, programme.warnDays, zone).map((soon) => {
        const id = warningIdOf(date, soon);
        return { id, isWritten: selectHasEvent, write: (scope) => writeWarning(scope, { ...soon, id }, date) };
      });
    },
    follow: () => undefined,
  };
}

function writeWarning(
  scope: SystemScope,
  { id, expiresAtMs, points }: WithId<ExpiringSoon>,
  { customerId, programId }: LotDate,
): void {
  scope.event({
    id,
    type: 'customer.points.expiring',
    category: 'EFFECT',
    customerId,
    source: 'System',
    data: { programId, endingPoints: points, expiresAtMs },
  });
}

function ripeningOf(date: LotDate, position: Position): WithId<DueRipening>[] {
  return dueRipenings(date, position, date.atMs - 1)
    .filter(({ lotId }) => lotId === date.lotId)
    .map((due) => ({ ...due, id: due.eventId }));
}

function warningsOf(date: LotDate, position: Position, warnDays: number, zone: string): WithId<ExpiringSoon>[] {
  return expiringSoon(position, warnDays, zone)
    .filter(({ expiresAtMs }) => expiresAtMs === date.atMs)
    .map((soon) => ({ ...soon, id: warningIdOf(date, soon) }));
}

function writeExpiry(scope: SystemScope, due: DueExpiry, { customerId, programId, accountId }: LotDate): void {
  const { entryId, lotId, points, endedAtMs } = due;
  appendEntry(scope, { entryId, member: { customerId, accountId }, programId, kind: 'expire', points, lotId });
  scope.event({
    type: 'customer.points.expired',
    category: 'EFFECT',
    customerId,
    source: 'System',
    data: { entryId, programId, lotId, points, endedAtMs },
  });
}

/** Where tiers follow the balance, one may end with the points. */
function followBalance(scope: SystemScope, date: LotDate, following: readonly StoredVersion[]): void {
  const { customerId, accountId, programId } = date;
  const version = following.find((one) => one.programId === programId);
  if (version === undefined) return;
  const holder = mustHave(selectHolder(scope.db, scope.shop.merchantId, customerId), 'the customer of a lot');
  const member = { ...holder, accountId };
  for (const { moves } of standingsOf(scope, member, [version])) {
    settleTier(scope, { member, accountId, version, moves: moves() });
  }
}
