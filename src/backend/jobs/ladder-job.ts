import type { ReadableDb } from '../db/database.ts';
import { type Holding, selectHolder, selectHoldersAfter } from '../points/accounts-store.ts';
import { selectPublishedAtMs, type StoredVersion } from '../points/programmes-store.ts';
import { selectTier } from '../points/tiers-store.ts';
import { settleTier } from '../ledger/settle-tier.ts';
import { type Standing, standingsOf } from '../ledger/standing.ts';
import { momentOf } from '../time/moment.ts';
import { mustHave } from '#shop/must.ts';
import type { SystemScope } from '../command-scope.ts';
import type { Job, JobPage, JobTurn } from './job.ts';

const READ_AT_ONCE = 200;
/** The till has its turn in between. */
const LONGEST_LOOK_MS = 10;
/** Greater than any customer's number: everybody has been looked at. */
const EVERYBODY = Number.MAX_SAFE_INTEGER;

/**
 * After a version was published, takes everybody to the tier that they hold by its ladder, once, with one event for whom it
 * changes. The mark is the version's instant of publishing and the number of the last customer that was looked at.
 */
export function ladderJob(version: StoredVersion): Job {
  return { name: `ladder:${version.programId}`, action: 'jobs.ladder', pages: (turn) => pages(turn, version) };
}

function* pages(turn: JobTurn, version: StoredVersion): Generator<JobPage> {
  const { env, shop } = turn;
  const db = env.db.read;
  const publishedAtMs = mustHave(selectPublishedAtMs(db, version.versionId), 'the version in force');
  let seq = turn.mark.atMs === publishedAtMs ? turn.mark.seq : 0;
  while (seq !== EVERYBODY) {
    const startMs = performance.now();
    const due: Holding[] = [];
    const holders = selectHoldersAfter(db, { merchantId: shop.merchantId, afterNumber: seq, limit: READ_AT_ONCE });
    let isCut = false;
    for (const { customerNumber, ...holder } of holders) {
      if (isOther(db, standingsOf({ db, shop, moment: momentOf(env, shop) }, holder, [version]))) due.push(holder);
      seq = customerNumber;
      isCut = due.length >= turn.pace.most() || performance.now() - startMs > LONGEST_LOOK_MS;
      if (isCut) break;
    }
    if (!isCut && holders.length < READ_AT_ONCE) seq = EVERYBODY;
    const write = (scope: SystemScope): void => {
      for (const { customerId } of due) settle(scope, customerId, version);
    };
    yield { count: due.length, write: due.length === 0 ? null : write, mark: { atMs: publishedAtMs, seq } };
  }
}

/** Whether the ladder says otherwise than what was last written. */
function isOther(db: ReadableDb, standings: readonly Standing[]): boolean {
  return standings.some(({ member, version, tier }) => {
    const held = tier();
    if (held === null || member?.accountId == null) return false;
    const written = selectTier(db, member.accountId, version.programId);
    if (written === null) return held.changes.length > 0;
    return written.tierId !== held.tierId || written.keepsUntilMs !== held.keepsUntilMs;
  });
}

function settle(scope: SystemScope, customerId: string, version: StoredVersion): void {
  const member = mustHave(selectHolder(scope.db, scope.shop.merchantId, customerId), 'whose tier is settled');
  const { accountId } = member;
  if (accountId === null) return;
  for (const { moves } of standingsOf(scope, member, [version])) {
    settleTier(scope, { member, accountId, version, moves: moves() });
  }
}
