import type { Outcome } from '#shop/refusal.ts';
import { appendAudit } from './audit/audit-store.ts';
import type { Topic } from './change-feed.ts';
import type { Moment, RowChange } from './command-scope.ts';
import type { BackendEnv, ShopIdentity } from './context.ts';
import type { WritableDb } from './db/database.ts';
import { updateLastCommit } from './terminal-state-store.ts';
import { logClock } from './time/log-clock.ts';
import { momentOf } from './time/moment.ts';

/** What a write outside a command is given: sign-in, locking, approvals. Its answer is not stored with a key. */
export interface PublicScope {
  readonly db: WritableDb;
  readonly shop: ShopIdentity;
  readonly moment: Moment;
  changed(change: RowChange): void;
  touch(topic: Topic): void;
}

interface Attempted {
  readonly action: string;
  readonly operationId: string;
  /** Who it is about, as far as that is known. */
  readonly staffId: string | null;
  readonly sessionId: string | null;
}

/** Runs `work` in one transaction with its audit row; a refusal is logged as a denied attempt (invariant A3). */
export function writePublic<Value>(
  env: BackendEnv,
  shop: ShopIdentity,
  attempted: Attempted,
  work: (scope: PublicScope) => Outcome<Value>,
): Outcome<Value> {
  logClock(env);
  const topics = new Set<Topic>();
  const outcome = env.db.write((db) => {
    const moment = momentOf(env, shop);
    const changes: RowChange[] = [];
    const decided = work({
      db,
      shop,
      moment,
      changed: (change) => changes.push(change),
      touch: (topic) => topics.add(topic),
    });
    appendAudit(db, {
      merchantId: shop.merchantId,
      terminalId: shop.terminalId,
      ...attempted,
      outcome: decided.kind === 'done' ? 'done' : 'denied',
      reason: decided.kind === 'done' ? null : decided.reason,
      approvedByStaffId: null,
      changes,
      moment,
    });
    updateLastCommit(db, moment.trustedAtMs);
    return decided;
  });
  env.feed.announce(topics);
  env.afterCommit();
  return outcome;
}
