import { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { pinEntrySchema } from '#shop/staff/pin.ts';
import { businessDateOf } from '#shop/time/business-day.ts';
import type { ReadScope, RequestContext } from '../context.ts';
import { newestSchema } from '../db/migrate.ts';
import { writePublic } from '../public-write.ts';
import { judgePin, tryPin } from '../staff/pin-tries.ts';
import { selectStaffMember } from '../staff/staff-store.ts';
import { selectLife } from '../terminal-state-store.ts';
import type { Copy } from './copies-folder.ts';
import { type Lost, selectErasedSince, selectLost } from './lost-store.ts';

const nameSchema = z
  .string()
  .max(120)
  .regex(/^[\w-]+\.sqlite$/);
export const showLostSchema = z.strictObject({ name: nameSchema });
export const restoreSchema = z.strictObject({ name: nameSchema, pin: pinEntrySchema });

/** Long enough for the answer to reach the screen, ms. */
const RESTART_AFTER_MS = 700;

/** Returns what the shop would lose by going back to a copy. Refuses 'copy-gone'. */
export function showLost(
  { env, db, shop }: ReadScope,
  { name }: z.output<typeof showLostSchema>,
): Outcome<Lost & { sinceMs: number }> {
  const copy = env.copies.list().find((one) => one.name === name);
  if (copy === undefined) return refuse('copy-gone');
  const { incarnation, lastOpSeq, lastCommitAtMs: sinceMs } = copy;
  const sinceDate = businessDateOf(sinceMs, shop.timeZone, shop.dayStartsAtHour);
  return done({ ...selectLost(db, shop.merchantId, { incarnation, lastOpSeq, sinceMs, sinceDate }), sinceMs });
}

/**
 * Writes down that a copy is to take the database's place, and starts the program anew: the next start does it (S0-75). Asks for
 * the PIN of whoever is signed in. Refuses as signing in does, and 'copy-gone' where the copy is not there or is of a newer version.
 */
export async function askForRestore(
  { env, scope }: RequestContext & { readonly scope: ReadScope },
  { name, pin }: z.output<typeof restoreSchema>,
  operationId: string,
): Promise<Outcome<{ restarts: boolean }>> {
  const { shop, session } = scope;
  const { staffId, sessionId } = session;
  const person = selectStaffMember(env.db.read, shop.merchantId, staffId);
  if (person === null) return refuse('not-found');
  const tried = await tryPin(env, shop, person, pin);
  const outcome = writePublic(env, shop, { action: 'backups.restore', operationId, staffId, sessionId }, (tx) => {
    const refusal = judgePin(tx, tried);
    if (refusal !== null) return refusal;
    const copy = env.copies.list().find((one) => one.name === name && one.schemaVersion <= newestSchema());
    if (copy === undefined) return refuse('copy-gone');
    tx.changed({ table: 'backups', recordId: name, before: null, after: { wanted: true } });
    return done(copy);
  });
  if (outcome.kind === 'refused') return outcome;
  wish(scope, outcome.value);
  const { restart } = env;
  if (restart !== null) setTimeout(() => restart.run(), RESTART_AFTER_MS);
  return done({ restarts: restart?.isByItself === true });
}

function wish({ env, shop, session, moment }: ReadScope, copy: Copy): void {
  env.copies.wantRestore({
    restoreId: env.newId(),
    copyName: copy.name,
    copyAtMs: copy.atMs,
    askedAtMs: moment.wallMs,
    staffId: session.staffId,
    incarnationNow: selectLife(env.db.read),
    erasedCustomerIds: selectErasedSince(env.db.read, shop.merchantId, copy.lastCommitAtMs),
  });
}
