import { canonicalJson } from '#shop/audit/hash-chain.ts';
import type { Outcome, Refusal } from '#shop/refusal.ts';
import { mayBeOpenedFor, type Permission, rolesMay } from '#shop/staff/permissions.ts';
import { insertEvent, selectHasEvent } from './activity/events-store.ts';
import { appendAudit } from './audit/audit-store.ts';
import type { Topic } from './change-feed.ts';
import type { Actor, JsonRow, Moment, NewEvent, RowChange, SystemScope } from './command-scope.ts';
import type { BackendEnv, ShopIdentity } from './context.ts';
import { followSegments } from './customers/segment-members.ts';
import type { WritableDb } from './db/database.ts';
import { insertOperation } from './operations-store.ts';
import { type Override, spendOverride } from './staff/overrides-store.ts';
import { appendOp } from './sync/outbox-store.ts';
import { updateLastCommit } from './terminal-state-store.ts';

/** What every command has: its name, and what makes a repetition the same. */
export interface NamedAction<Input> {
  readonly action: string;
  /** What of the input is compared when an operation id comes again: everything but secrets. */
  readonly comparable?: (input: Input) => unknown;
}

/** One command inside its transaction. */
export interface Attempt<Input> {
  readonly env: BackendEnv;
  readonly db: WritableDb;
  readonly shop: ShopIdentity;
  readonly actor: Actor;
  readonly definition: NamedAction<Input>;
  readonly request: { readonly operationId: string; readonly input: Input };
  readonly moment: Moment;
  readonly topics: Set<Topic>;
  readonly followUps: (() => void)[];
}

/** What tells whether an operation id came again with the same input. */
export function requestHashOf<Input>({ env, definition, request }: Attempt<Input>): string {
  const comparable = definition.comparable === undefined ? request.input : definition.comparable(request.input);
  return env.requestHash(`${definition.action}\n${canonicalJson(comparable)}`);
}

/** Notes who was not allowed, and nothing else. */
export function deny<Input>(attempt: Attempt<Input>, refusal: Refusal): Refusal {
  writeAudit(attempt, 'denied', refusal.reason, [], null);
  return refusal;
}

/** What managers allowed for one command: the approvals it names, and the one that counts for the command itself. */
export interface Allowed {
  readonly approvedByStaffId: string | null;
  readonly overrides: readonly Override[];
}

/** Nothing needed a manager. */
export const WITHOUT_MANAGER: Allowed = { approvedByStaffId: null, overrides: [] };

/**
 * Does the work of a command and writes what belongs to it in the same transaction: state, ledger, events, audit row,
 * outbox op and the stored answer. Its approvals are used up, unless it was refused for want of one more.
 */
export function carryOut<Input, Value>(
  attempt: Attempt<Input>,
  allowed: Allowed,
  carry: (scope: SystemScope) => Outcome<Value>,
): Outcome<Value> {
  const { db, shop, actor, definition, request, moment } = attempt;
  const { approvedByStaffId } = allowed;
  const recorded = newRecord();
  updateLastCommit(db, moment.trustedAtMs);
  const scope = scopeOf(attempt, recorded, allowed);
  const outcome = carry(scope);
  if (!wantsApproval(outcome)) {
    for (const { overrideId } of allowed.overrides) spendOverride(db, overrideId, request.operationId);
  }
  if (outcome.kind === 'refused' && outcome.reason === 'not-permitted') return deny(attempt, outcome);
  if (recorded.customerIds.size > 0) followSegments(scope, [...recorded.customerIds]);
  writeAudit(
    attempt,
    outcome.kind,
    outcome.kind === 'refused' ? outcome.reason : null,
    recorded.changes,
    approvedByStaffId,
  );
  if (recorded.facts.size > 0) {
    appendOp(db, {
      shop,
      operationId: request.operationId,
      type: definition.action,
      staffId: actor.staffId,
      moment,
      body: Object.fromEntries(recorded.facts),
      pii: recorded.personal.size > 0 ? Object.fromEntries(recorded.personal) : null,
    });
  }
  insertOperation(db, {
    id: request.operationId,
    merchantId: shop.merchantId,
    action: definition.action,
    requestHash: requestHashOf(attempt),
    outcome: JSON.stringify(outcome),
    staffId: actor.staffId,
    atMs: moment.atMs,
  });
  for (const topic of recorded.topics) attempt.topics.add(topic);
  return outcome;
}

function wantsApproval(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && outcome.facts.overridable === true;
}

interface CommandRecord {
  readonly facts: Map<string, JsonRow[]>;
  readonly personal: Map<string, JsonRow[]>;
  readonly changes: RowChange[];
  readonly topics: Set<Topic>;
  /** Whom its events are about. */
  readonly customerIds: Set<string>;
}

function newRecord(): CommandRecord {
  return { facts: new Map(), personal: new Map(), changes: [], topics: new Set(), customerIds: new Set() };
}

function addRow(rows: Map<string, JsonRow[]>, table: string, row: JsonRow): void {
  const known = rows.get(table);
  if (known === undefined) rows.set(table, [row]);
  else known.push(row);
}

function scopeOf<Input>(
  attempt: Attempt<Input>,
  recorded: CommandRecord,
  { approvedByStaffId, overrides }: Allowed,
): SystemScope {
  const { db, env, shop, actor, request, moment } = attempt;
  const approverOf = (permission: Permission): string | null =>
    (mayBeOpenedFor(actor.roles, permission) ? overrides.find((override) => override.permission === permission) : null)
      ?.approvedByStaffId ?? null;
  return {
    db,
    env,
    shop,
    session: actor,
    approvedByStaffId,
    operationId: request.operationId,
    groupId: request.operationId,
    moment,
    newId: env.newId,
    fact: (table, row) => addRow(recorded.facts, table, row),
    personalFact: (table, row) => addRow(recorded.personal, table, row),
    event: (event: NewEvent) => {
      if (event.id !== undefined && selectHasEvent(db, event.id)) return;
      const row = insertEvent(db, {
        event,
        id: event.id ?? env.newId(),
        shop,
        staffId: actor.staffId,
        groupId: request.operationId,
        moment,
      });
      addRow(recorded.facts, 'customer_events', row);
      if (event.customerId !== null) recorded.customerIds.add(event.customerId);
      if (event.pii !== undefined) addRow(recorded.personal, 'customer_events', { id: row.id as string, ...event.pii });
    },
    changed: (change) => recorded.changes.push(change),
    touch: (topic) => recorded.topics.add(topic),
    afterCommit: (followUp) => attempt.followUps.push(followUp),
    may: (permission) => rolesMay(actor.roles, permission) || approverOf(permission) !== null,
    approverOf,
  };
}

/** Puts one row of what was done, refused or denied into the audit log. */
export function writeAudit<Input>(
  attempt: Attempt<Input>,
  outcome: 'done' | 'refused' | 'denied',
  reason: string | null,
  changes: readonly RowChange[],
  approvedByStaffId: string | null,
): void {
  appendAudit(attempt.db, {
    merchantId: attempt.shop.merchantId,
    terminalId: attempt.shop.terminalId,
    operationId: attempt.request.operationId,
    action: attempt.definition.action,
    outcome,
    reason,
    staffId: attempt.actor.staffId,
    approvedByStaffId,
    sessionId: attempt.actor.sessionId,
    changes,
    moment: attempt.moment,
  });
}
