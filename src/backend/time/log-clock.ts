import { appendAudit } from '../audit/audit-store.ts';
import type { BackendEnv } from '../context.ts';
import { updateAnsweredSkew, updateLastCommit } from '../terminal-state-store.ts';
import { momentOf } from './moment.ts';
import type { ClockChange } from './trusted-clock.ts';
import { moveWaits } from './waits-store.ts';

const WATCH_EVERY_MS = 5000;

/**
 * Puts into the log, once each, that the computer's clock jumped, that nobody can tell the time, or that the clock came
 * back, and tells the screens. Called before every write, so that a jump stands in the log before what follows it.
 */
export function logClock(env: BackendEnv): void {
  const shop = env.shop();
  const change = shop === null ? null : env.time.change();
  if (shop === null || change === null) return;
  const moment = momentOf(env, shop);
  env.db.write((db) => {
    if (change.moved !== null) moveWaits(db, change.moved.fromMs, change.moved.toMs);
    appendAudit(db, {
      merchantId: shop.merchantId,
      terminalId: shop.terminalId,
      operationId: env.newId(),
      action: ACTIONS[change.now.standing],
      outcome: 'done',
      reason: null,
      staffId: null,
      approvedByStaffId: null,
      sessionId: null,
      changes: [
        {
          table: 'terminal_state',
          recordId: shop.terminalId,
          before: null,
          after: { wallMs: change.now.wallMs, trustedAtMs: change.now.trustedMs },
        },
      ],
      moment,
    });
    updateLastCommit(db, moment.trustedAtMs);
    // The clock is not as it was answered for: the answer is over.
    updateAnsweredSkew(db, null);
  });
  env.time.logged(change);
  env.feed.announce(new Set(['settings']));
  env.afterCommit();
}

const ACTIONS: Readonly<Record<ClockChange['now']['standing'], string>> = {
  agreed: 'time.agreed',
  'wall-jumped': 'time.jumped',
  unconfirmed: 'time.asked',
};

/** Looks at the clock every few seconds, so that a till where nobody works notices as well. Returns how to stop. */
export function watchClock(env: BackendEnv): () => void {
  const look = () => {
    try {
      logClock(env);
    } catch (cause) {
      env.logError('clock-watch', cause);
    }
  };
  look();
  const timer = setInterval(look, WATCH_EVERY_MS).unref();
  return () => clearInterval(timer);
}
