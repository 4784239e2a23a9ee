import { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { instantOfLocal } from '#shop/time/business-day.ts';
import { readDate } from '#shop/time/civil-date.ts';
import type { CommandScope } from '../command-scope.ts';
import { updateAnsweredSkew, updateLastCommit } from '../terminal-state-store.ts';
import { moveWaits } from './waits-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

/** Nobody answers the question about a clock that goes on changing while they read it. */
const SHOWN_WITHIN_MS = 10 * 60_000;

export const confirmTimeSchema = z.strictObject({
  answer: z.discriminatedUnion('is', [
    /** The computer's clock is right; `shownMs` is what it showed when they said so, UTC ms. */
    z.strictObject({
      is: z.literal('as-shown'),
      shownMs: z
        .int()
        .min(Date.UTC(2020, 0, 1))
        .max(Date.UTC(2200, 0, 1)),
    }),
    /** The computer's clock is wrong, and the time that the till goes on with is right. */
    z.strictObject({ is: z.literal('as-kept') }),
    /** It is another time, as the shop's wall shows it. */
    z.strictObject({
      is: z.literal('other'),
      date: z.string().refine((text) => /^(20[2-9]|21)\d/.test(text) && readDate(text) !== null),
      hour: z.int().min(0).max(23),
      minute: z.int().min(0).max(59),
    }),
  ]),
  overrideIds: overrideIdsSchema,
});

/**
 * Somebody who may says what time it is: trusted time goes on from there, forward or back (invariant C1), and PIN waits
 * keep what they had to go. What is recorded keeps its days, and the answer is kept over the next starts. Refuses 'clock-moved-again'.
 */
export function confirmTime(
  scope: CommandScope,
  { answer }: z.output<typeof confirmTimeSchema>,
): Outcome<{ trustedAtMs: number }> {
  const { db, env, shop, moment } = scope;
  if (answer.is === 'as-shown' && Math.abs(moment.wallMs - answer.shownMs) > SHOWN_WITHIN_MS) {
    return refuse('clock-moved-again');
  }
  const trueMs = trueMsOf(scope, answer);
  moveWaits(db, moment.trustedAtMs, trueMs);
  updateLastCommit(db, trueMs);
  updateAnsweredSkew(db, env.time.skewFrom(trueMs));
  scope.changed({
    table: 'terminal_state',
    recordId: shop.terminalId,
    before: { wallMs: moment.wallMs, trustedAtMs: moment.trustedAtMs },
    after: { trustedAtMs: trueMs },
  });
  scope.afterCommit(() => env.time.confirm(trueMs));
  scope.touch('settings');
  return done({ trustedAtMs: trueMs });
}

function trueMsOf({ moment, shop }: CommandScope, answer: z.output<typeof confirmTimeSchema>['answer']): number {
  if (answer.is === 'as-shown') return moment.wallMs;
  if (answer.is === 'as-kept') return moment.atMs;
  return instantOfLocal(answer.date, answer.hour, shop.timeZone) + answer.minute * 60_000;
}
