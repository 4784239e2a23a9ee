import { LOCKED_UNTIL_MANAGER_MS, lockOutAfter, terminalLockOutAfter } from '#shop/staff/lock-out.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import type { PublicScope } from '../public-write.ts';
import {
  type PinTries,
  type StaffMember,
  selectStaffMember,
  selectTerminalTries,
  updatePinTries,
  updateTerminalTries,
} from './staff-store.ts';

/** A PIN tried on a person: the checking took place off the thread, before the transaction that judges it. */
export interface TriedPin {
  readonly person: StaffMember;
  readonly isRight: boolean;
}

/** Checks a PIN, or does not waste time on it when the person or this terminal is locked out anyway. */
export async function tryPin(env: BackendEnv, shop: ShopIdentity, person: StaffMember, pin: string): Promise<TriedPin> {
  // Trusted time, as what judges it: with the clock set back, a right PIN would count as a wrong one (fault F11).
  const nowMs = env.time.now().trustedMs;
  const isLocked = [person, selectTerminalTries(env.db.read, shop.terminalId)].some((tries) =>
    isLockedAt(tries, nowMs),
  );
  return { person, isRight: !isLocked && person.isActive && (await env.pins.verify(person.pinHash, pin)) };
}

/**
 * Judges a tried PIN inside its transaction and counts it, durably: a restart forgives nothing (X3). Of many tries at
 * once each is counted, and once the lock closes a right PIN does not open it either. Null when the person may go on;
 * refuses 'wrong-pin' {triesLeft}, 'pin-locked' {untilMs as the wall will show it; null = until a manager lets them in} and 'staff-inactive'.
 */
export function judgePin(scope: PublicScope, { person, isRight }: TriedPin): Refusal | null {
  const { db, shop, moment } = scope;
  const { merchantId, terminalId } = shop;
  const now = selectStaffMember(db, merchantId, person.staffId);
  if (now === null || !now.isActive) return refuse('staff-inactive');
  const terminal = selectTerminalTries(db, terminalId);
  for (const tries of [now, terminal]) if (isLockedAt(tries, moment.trustedAtMs)) return lockedOut(tries, moment);
  const { staffId } = now;
  if (isRight && now.pinHash === person.pinHash) {
    if (now.failedTries > 0) updatePinTries(db, { merchantId, staffId, failedTries: 0, lockedUntilMs: null });
    if (terminal.failedTries > 0)
      updateTerminalTries(db, { merchantId, terminalId, failedTries: 0, lockedUntilMs: null });
    return null;
  }
  const own = lockOutAfter(now.failedTries + 1, moment.trustedAtMs);
  const shared = terminalLockOutAfter(terminal.failedTries + 1, moment.trustedAtMs);
  updatePinTries(db, { merchantId, staffId, failedTries: now.failedTries + 1, lockedUntilMs: own.lockedUntilMs });
  updateTerminalTries(db, {
    merchantId,
    terminalId,
    failedTries: terminal.failedTries + 1,
    lockedUntilMs: shared.lockedUntilMs,
  });
  scope.touch('staff');
  if (own.lockedUntilMs !== null)
    return lockedOut({ failedTries: now.failedTries + 1, lockedUntilMs: own.lockedUntilMs }, moment);
  return refuse('wrong-pin', { triesLeft: own.triesLeft });
}

/** What holds everybody back at this terminal after too many wrong tries; null when nothing does. */
export function refuseLockedTerminal({ db, shop, moment }: PublicScope): Refusal | null {
  const terminal = selectTerminalTries(db, shop.terminalId);
  return isLockedAt(terminal, moment.trustedAtMs) ? lockedOut(terminal, moment) : null;
}

/** Counts a PIN that fits nobody who was asked for, against this terminal alone. */
export function judgeUnknownPin(scope: PublicScope): Refusal {
  const { db, shop, moment } = scope;
  const { merchantId, terminalId } = shop;
  const terminal = selectTerminalTries(db, terminalId);
  if (isLockedAt(terminal, moment.trustedAtMs)) return lockedOut(terminal, moment);
  const failedTries = terminal.failedTries + 1;
  const { lockedUntilMs, triesLeft } = terminalLockOutAfter(failedTries, moment.trustedAtMs);
  updateTerminalTries(db, { merchantId, terminalId, failedTries, lockedUntilMs });
  if (lockedUntilMs !== null) return lockedOut({ failedTries, lockedUntilMs }, moment);
  return refuse('wrong-pin', { triesLeft });
}

function isLockedAt(tries: PinTries, nowMs: number): boolean {
  return tries.lockedUntilMs !== null && tries.lockedUntilMs > nowMs;
}

function lockedOut({ lockedUntilMs }: PinTries, { wallMs, trustedAtMs }: PublicScope['moment']): Refusal {
  const isUntilManager = lockedUntilMs === null || lockedUntilMs === LOCKED_UNTIL_MANAGER_MS;
  return refuse('pin-locked', { untilMs: isUntilManager ? null : lockedUntilMs - trustedAtMs + wallMs });
}
