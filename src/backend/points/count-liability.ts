import { foldLots } from '#shop/points/lots.ts';
import { type Outstanding, startOutstanding } from '#shop/points/outstanding.ts';
import type { Programme } from '#shop/points/programme.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectEntries } from './entries-store.ts';
import { type ProgrammeSums, selectAccountsWithPoints, selectProgrammeSums } from './liability-store.ts';

/** Which programme to count, as the read worker is told. */
export interface LiabilityTask {
  readonly merchantId: string;
  readonly programId: string;
  readonly programme: Pick<Programme, 'warnDays' | 'pointValue'>;
  readonly zone: string;
  readonly asOfMs: number;
}

export interface LiabilityCount {
  readonly sums: ProgrammeSums;
  readonly outstanding: Outstanding;
}

const PORTION = 500;

/**
 * Folds every account that has points in a programme into what is outstanding, in one view of the database. The fold is
 * that of the till: what has ended counts 0 whether or not anybody has written so.
 */
export function countLiability(db: ReadableDb, task: LiabilityTask): LiabilityCount {
  const { merchantId, programId, programme, zone, asOfMs } = task;
  const count = startOutstanding(programme, zone);
  const walk = { afterId: '' };
  while (true) {
    const accounts = selectAccountsWithPoints(db, { merchantId, programId, limit: PORTION, ...walk });
    const last = accounts.at(-1);
    if (last === undefined) break;
    for (const { accountId, customerId } of accounts) {
      const entries = selectEntries(db, accountId).filter((entry) => entry.programId === programId);
      count.add(customerId, foldLots(entries, asOfMs));
    }
    walk.afterId = last.accountId;
  }
  return { sums: selectProgrammeSums(db, merchantId, programId), outstanding: count.result() };
}
