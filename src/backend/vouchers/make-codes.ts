import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidV5 } from '#shop/ids/uuid.ts';
import { must, mustHave } from '#shop/must.ts';
import { done, type Outcome } from '#shop/refusal.ts';
import { makeVoucherCodes, type VoucherCode } from '#shop/vouchers/voucher-code.ts';
import { raiseAlert } from '../alerts/alerts-store.ts';
import { runSystemCommand } from '../command.ts';
import type { SystemScope } from '../command-scope.ts';
import type { BackendEnv } from '../context.ts';
import { createPagePace } from '../page-pace.ts';
import { fillRandom } from '../random-bytes.ts';
import { inThisLife } from '../terminal-state-store.ts';
import { termsOfCodes } from './batches.ts';
import {
  insertCodes,
  type PageOfCodes,
  selectBatch,
  selectRunningBatch,
  selectWrittenPlaces,
  setBatch,
} from './batches-store.ts';

/** What one op takes (SYNC.md 1). */
export const CODES_A_PAGE = 500;
/** A page holds the till up for no longer than a frame or two, also on a slow or busy machine. */
const PACE = { wantedMs: 20, most: CODES_A_PAGE, first: CODES_A_PAGE } as const;
/** Fewer would cost more in commits than they spare. */
const FEWEST_A_PAGE = 50;
/** Windows ask again how far it is so often, not after each page. */
const TELL_EVERY_MS = 500;
/** After so much work the log is folded back while nothing is committed. */
const FOLD_AFTER_MS = 100;
const LONGEST_FOLD_MS = 500;
/** A round of the loop that took longer served somebody; a till that never rests does not stop the codes for ever. */
const QUIET_ROUND_MS = 1;
const MOST_ROUNDS = 50;
const TRY_AGAIN_AFTER_MS = 60_000;
/** By what name it is told when it breaks off. */
const CODES_JOB = 'codes';
/** The till is usable first. */
const FIRST_AFTER_MS = 5_000;

/**
 * Makes the codes of all batches that wait, the oldest first, until none waits or the signal aborts. A page is a command
 * of the system under an id from its batch and how many are made: what is cut off goes on where it was, and nothing is
 * made twice. Between pages the till has its turn.
 */
export async function makeWaitingCodes(env: BackendEnv, signal?: AbortSignal): Promise<void> {
  const merchantId = env.shop()?.merchantId;
  if (merchantId === undefined) return;
  const kept = { workedMs: 0, toldAtMs: performance.now() };
  const pace = createPagePace(PACE);
  for (;;) {
    const batch = selectRunningBatch(env.db.read, merchantId);
    if (batch === null || signal?.aborted === true) return;
    const startMs = performance.now();
    const { batchId, made } = batch;
    const most = Math.max(FEWEST_A_PAGE, pace.most());
    const spent = { ms: 0 };
    const makePage = {
      action: 'codes.makePage',
      handle: (scope: SystemScope, input: PageInput) => {
        const outcome = writePage(scope, input, most);
        spent.ms = performance.now() - startMs;
        return outcome;
      },
    };
    const outcome = runSystemCommand(env, makePage, {
      operationId: uuidV5(batchId, inThisLife(env.db.read, `codes:${made}`)),
      input: { batchId, made },
    });
    must(outcome.kind === 'done', 'a page of codes is made');
    const endMs = performance.now();
    pace.took(spent.ms, outcome.value.made - made);
    kept.workedMs += endMs - startMs;
    if (endMs - kept.toldAtMs > TELL_EVERY_MS) {
      kept.toldAtMs = endMs;
      env.feed.announce(new Set(['codes']));
    }
    await othersServed();
    if (kept.workedMs > FOLD_AFTER_MS) {
      kept.workedMs = 0;
      await folded(env);
    }
  }
}

/** Ends when nothing waits for the thread: after a round of its loop that served somebody there is another round. */
async function othersServed(): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const startMs = performance.now();
    await new Promise<void>((resolve) => void setImmediate(resolve));
    if (performance.now() - startMs < QUIET_ROUND_MS) return;
  }
}

/** Ends when the log is folded back, or when that takes too long to be waited for. */
async function folded(env: BackendEnv): Promise<void> {
  const limit = new AbortController();
  await Promise.race([
    env.logSettled(),
    sleep(LONGEST_FOLD_MS, undefined, { signal: limit.signal }).catch(() => undefined),
  ]);
  limit.abort();
}

interface PageInput {
  readonly batchId: string;
  readonly made: number;
}

/** Makes the next codes of a batch. A campaign that has ended meanwhile, or that has one code for everybody, gets no more. */
function writePage(scope: SystemScope, { batchId, made: from }: PageInput, most: number): Outcome<{ made: number }> {
  const { db, shop, moment } = scope;
  const batch = mustHave(selectBatch(db, shop.merchantId, batchId), 'a batch');
  must(batch.status === 'running' && batch.made === from, 'a page goes on where the last one ended');
  const { campaignId, wanted, pattern, createdByStaffId } = batch;
  const terms = termsOfCodes(scope, campaignId);
  const count = 'reason' in terms ? 0 : Math.min(most, wanted - from);
  const made = from + count;
  if (!('reason' in terms)) {
    const fill = (missing: number) => makeVoucherCodes(pattern, missing, fillRandom);
    writeCodes(scope, { campaignId, batchId, createdByStaffId, ...terms }, count, fill);
  }
  const isCut = count === 0;
  const isEnd = isCut || made === wanted;
  const status = isCut ? 'cancelled' : isEnd ? 'done' : 'running';
  const row = setBatch(db, { batchId, wanted, made, status, endedAtMs: isEnd ? moment.atMs : null });
  scope.fact('voucher_batches', row);
  scope.changed({ table: 'voucher_batches', recordId: batchId, before: { made: from }, after: { made, status } });
  if (isEnd) scope.touch('vouchers');
  return done({ made });
}

/**
 * Keeps codes that nobody has: where one is taken, by whatever campaign, batch or file, another is made in its place. One
 * fact tells all of them: their ids follow from the stem and the place, their keys from the code.
 */
export function writeCodes(
  scope: SystemScope,
  of: Pick<PageOfCodes, 'campaignId' | 'batchId' | 'createdByStaffId' | 'type' | 'value' | 'usageLimit' | 'status'>,
  count: number,
  make: (missing: number) => VoucherCode[],
): void {
  const { db, shop, moment } = scope;
  must(count <= CODES_A_PAGE, 'a page of codes fits into one op');
  const idStem = scope.newId().slice(0, -3);
  const page = { ...of, idStem, merchantId: shop.merchantId, createdAtMs: moment.atMs };
  const codes: string[] = [];
  let missing = Array.from({ length: count }, (_, place) => place);
  while (missing.length > 0) {
    const fresh = make(missing.length);
    const rows = missing.map((place, index) => {
      const { code, codeKey } = mustHave(fresh[index] ?? null, 'a code for each place');
      codes[place] = code;
      return [hexPlace(place), code, codeKey] as const;
    });
    if (insertCodes(db, page, rows) === rows.length) break;
    const written = selectWrittenPlaces(db, idStem);
    missing = missing.filter((place) => !written.has(hexPlace(place)));
  }
  scope.fact('vouchers', { ...page, codes });
}

function hexPlace(place: number): string {
  return place.toString(16).padStart(3, '0');
}

/** Logs it, and tells whoever is in charge that codes are not made (S3-100); where that cannot be written, the log alone knows. */
function tellFailure(env: BackendEnv, cause: unknown): void {
  const errorCode = randomBytes(4).toString('hex');
  env.logError(errorCode, cause);
  const facts = { job: CODES_JOB, errorCode };
  const handle = (scope: SystemScope) => {
    raiseAlert(scope, { kind: 'job-failed', subject: CODES_JOB, facts });
    return done({});
  };
  try {
    runSystemCommand(env, { action: 'codes.fail', handle }, { operationId: env.newId(), input: facts });
  } catch (second) {
    env.logError(errorCode, second);
  }
}

/** Makes the codes that wait soon after the start, and whenever a batch is begun. Returns how to stop. */
export function startMakingCodes(env: BackendEnv): () => Promise<void> {
  const abort = new AbortController();
  const { signal } = abort;
  const pause = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  const work = async (): Promise<void> => {
    for (;;) {
      try {
        return await makeWaitingCodes(env, signal);
      } catch (cause) {
        tellFailure(env, cause);
        await pause(TRY_AGAIN_AFTER_MS);
      }
    }
  };
  const follow = async (): Promise<void> => {
    const changes = env.feed.follow(signal);
    const first = changes.next();
    await pause(FIRST_AFTER_MS);
    await work();
    for (let change = await first; change.done !== true; change = await changes.next()) {
      if (change.value.topics.includes('codes')) await work();
    }
  };
  const running = follow();
  return async () => {
    abort.abort();
    await running;
  };
}
