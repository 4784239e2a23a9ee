import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { rolesMay } from '#shop/staff/permissions.ts';
import { likelierMs } from '#shop/time/trusted-time.ts';
import type { ReadScope } from '../context.ts';
import { type ActivityRow, selectActivity, selectActivityOf } from './activity-store.ts';

export const listActivitySchema = z.strictObject({
  cursor: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
  limit: z.int().min(1).max(100).default(50),
  /** A noun of the console ('till', 'points', 'customers' …); left out for all. */
  noun: z
    .string()
    .regex(/^[a-z]{1,20}$/)
    .optional(),
  outcome: z.enum(['done', 'refused', 'denied']).optional(),
  staffId: idSchema.optional(),
  withDrafts: z.boolean().default(false),
});

/**
 * Returns a page of what was done at this console, newest first. Whoever may not read everybody's actions is shown
 * their own, whatever they ask for.
 */
export function listActivity(scope: ReadScope, input: z.output<typeof listActivitySchema>) {
  const { db, shop, session } = scope;
  const staffId = rolesMay(session.roles, 'activity.all') ? (input.staffId ?? null) : session.staffId;
  const filter = {
    beforeSeq: input.cursor ?? Number.MAX_SAFE_INTEGER,
    limit: input.limit,
    noun: input.noun ?? '',
    outcome: input.outcome ?? '',
    withDrafts: input.withDrafts,
  };
  const rows =
    staffId === null
      ? selectActivity(db, shop.merchantId, filter)
      : selectActivityOf(db, shop.merchantId, staffId, filter);
  const last = rows.at(-1);
  return { rows: rows.map(shown), nextCursor: rows.length === input.limit && last !== undefined ? last.seq : null };
}

type Values = Readonly<Record<string, unknown>>;

function shown(row: ActivityRow) {
  return {
    seq: row.seq,
    atMs: likelierMs(row.atMs, row.trustedAtMs),
    staffId: row.staffId,
    staffName: row.staffName,
    approvedByName: row.approvedByName,
    action: row.action,
    outcome: row.outcome,
    reason: row.reason,
    subject:
      row.tableName === null || row.recordId === null
        ? null
        : { kind: row.tableName, id: row.recordId, label: row.label },
    before: valuesOf(row.oldValues),
    after: valuesOf(row.newValues),
    personal:
      row.pii === null
        ? []
        : (JSON.parse(row.pii) as { recordId: string; before: Values | null; after: Values | null }[]),
    groupId: row.groupId,
  };
}

function valuesOf(text: string | null): Values | null {
  return text === null ? null : (JSON.parse(text) as Values);
}
