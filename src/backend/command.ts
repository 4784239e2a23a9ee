import { randomBytes } from 'node:crypto';
import { canonicalJson } from '#shop/audit/hash-chain.ts';
import { mayApprove, type Permission, rolesMay } from '#shop/staff/permissions.ts';
import { type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { appendAudit } from './audit/audit-store.ts';
import { insertEvent, selectHasEvent } from './activity/events-store.ts';
import type { Topic } from './change-feed.ts';
import type { Actor, CommandScope, JsonRow, Moment, NewEvent, RowChange, SystemScope } from './command-scope.ts';
import type { BackendEnv, Session, ShopIdentity } from './context.ts';
import { followSegments } from './customers/segment-members.ts';
import type { WritableDb } from './db/database.ts';
import { insertOperation, selectOperation } from './operations-store.ts';
import { selectGrantedPermission, takeOverride } from './staff/overrides-store.ts';
import { appendOp } from './sync/outbox-store.ts';
import { updateLastCommit } from './terminal-state-store.ts';
import { logClock } from './time/log-clock.ts';
import { momentAt, momentOf } from './time/moment.ts';

interface NamedAction<Input> {
  readonly action: string;
  /** What of the input is compared when an operation id comes again: everything but secrets. */
  readonly comparable?: (input: Input) => unknown;
}

/** One kind of mutation: its name, who may run it, and what it does inside its transaction. */
export interface CommandDefinition<Input, Value> extends NamedAction<Input> {
  readonly permission: Permission | 'signed-in';
  readonly handle: (scope: CommandScope, input: Input) => Outcome<Value>;
}

/** What the system does by itself: nobody is asked and nobody is named. */
export interface SystemDefinition<Input, Value> extends NamedAction<Input> {
  readonly handle: (scope: SystemScope, input: Input) => Outcome<Value>;
}

export interface CommandRequest<Input> {
  readonly clientId: string;
  readonly operationId: string;
  readonly input: Input;
}

/**
 * Runs a command: permission, then the idempotency key, then one transaction that holds state, ledger, events, audit row,
 * outbox op and the stored answer. The same operation id again returns the first answer and changes nothing, for ever.
 * Refusals are returned as values; not being signed in or allowed is not stored, so the action can be tried again.
 */
export function runCommand<Input, Value>(
  env: BackendEnv,
  definition: CommandDefinition<Input, Value>,
  request: CommandRequest<Input>,
): Outcome<Value> {
  const shop = env.shop();
  const session = env.sessions.of(request.clientId);
  if (shop === null || session === null) return refuse('sign-in-required');
  if (session.isLocked) return refuse('locked');
  logClock(env);
  const topics = new Set<Topic>();
  const followUps: (() => void)[] = [];
  const outcome = env.db.write((db) => {
    const moment = momentOf(env, shop);
    const attempt = { env, db, shop, actor: session, definition, request, moment, topics, followUps };
    const answered = answeredBefore<Input, Value>(attempt);
    if (answered !== null) return answered;
    const approval = approvalOf(attempt, session, definition.permission);
    if (approval.kind === 'refused') return deny(attempt, approval);
    return carryOut(attempt, approval.approvedByStaffId, (scope) =>
      definition.handle({ ...scope, session }, request.input),
    );
  });
  finish(env, topics, followUps);
  return outcome;
}

const THE_SYSTEM: Actor = { staffId: null, sessionId: null, roles: [] };

/**
 * Runs a command of the system itself, such as a page of a job: whole and once by its operation id like any other, with
 * nobody's name on it. Throws where there is no shop.
 */
export function runSystemCommand<Input, Value>(
  env: BackendEnv,
  definition: SystemDefinition<Input, Value>,
  request: { readonly operationId: string; readonly input: Input },
): Outcome<Value> {
  const shop = env.shop();
  if (shop === null) throw new Error('the system does nothing before there is a shop');
  logClock(env);
  const topics = new Set<Topic>();
  const followUps: (() => void)[] = [];
  const outcome = env.db.write((db) => {
    const moment = momentOf(env, shop);
    const attempt = { env, db, shop, actor: THE_SYSTEM, definition, request, moment, topics, followUps };
    return (
      answeredBefore<Input, Value>(attempt) ??
      carryOut(attempt, null, (scope) => definition.handle(scope, request.input))
    );
  });
  finish(env, topics, followUps);
  return outcome;
}

function finish(env: BackendEnv, topics: ReadonlySet<Topic>, followUps: readonly (() => void)[]): void {
  for (const followUp of followUps) followUp();
  if (topics.has('settings')) env.forgetShop();
  env.feed.announce(topics);
  env.afterCommit();
}

/** Runs a command as it would have run at an instant of the past, UTC ms. Throws when the shop says no. */
export type RunThen = <Input, Value>(
  definition: CommandDefinition<Input, Value>,
  session: Session,
  atMs: number,
  input: Input,
) => Value;

/**
 * Writes a stretch of history in one transaction: each command whole (rows, events, audit row, op, stored answer), with the
 * moment it is said to have happened at. Only the sample shop is made this way; instants must not run backwards.
 */
export function writeHistory(env: BackendEnv, shop: ShopIdentity, work: (run: RunThen) => void): void {
  const topics = new Set<Topic>();
  env.db.write((db) =>
    work((definition, session, atMs, input) => {
      const request = { operationId: env.newId(), input };
      const moment = momentAt(shop, atMs);
      const attempt = { env, db, shop, actor: session, definition, request, moment, topics, followUps: [] };
      const outcome = carryOut(attempt, null, (scope) => definition.handle({ ...scope, session }, input));
      if (outcome.kind === 'refused') throw new Error(`${definition.action} was refused: ${outcome.reason}`);
      return outcome.value;
    }),
  );
  env.feed.announce(topics);
  env.afterCommit();
}

interface Attempt<Input> {
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

function requestHashOf<Input>({ env, definition, request }: Attempt<Input>): string {
  const comparable = definition.comparable === undefined ? request.input : definition.comparable(request.input);
  return env.requestHash(`${definition.action}\n${canonicalJson(comparable)}`);
}

function answeredBefore<Input, Value>(attempt: Attempt<Input>): Outcome<Value> | null {
  const { db, definition, request } = attempt;
  const known = selectOperation(db, request.operationId);
  if (known === undefined) return null;
  const isSame = known.action === definition.action && known.request_hash === requestHashOf(attempt);
  if (isSame) return JSON.parse(known.outcome) as Outcome<Value>;
  const refusal = refuse('operation-id-reused', { firstAction: known.action });
  writeAudit(attempt, 'refused', refusal.reason, [], null);
  return refusal;
}

type Approval = { kind: 'allowed'; approvedByStaffId: string | null } | Refusal;

function approvalOf<Input>(attempt: Attempt<Input>, session: Session, needed: Permission | 'signed-in'): Approval {
  const { db, request, moment } = attempt;
  const overrideId = overrideIdOf(request.input);
  if (overrideId !== null) {
    const grant = takeOverride(db, {
      overrideId,
      operationId: request.operationId,
      staffId: session.staffId,
      nowMs: moment.trustedAtMs,
    });
    if (grant === null) return refuse('override-invalid');
    const isFor = needed === 'signed-in' || grant.permission === needed;
    if (isFor || rolesMay(session.roles, needed)) {
      return { kind: 'allowed', approvedByStaffId: grant.approvedByStaffId };
    }
    return refuse('override-invalid');
  }
  if (needed === 'signed-in' || rolesMay(session.roles, needed)) {
    return { kind: 'allowed', approvedByStaffId: null };
  }
  return refuse('not-permitted', {
    permission: needed,
    overridable: mayApprove(['manager'], needed),
  });
}

function overrideIdOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const id = (input as { overrideId?: unknown }).overrideId;
  return typeof id === 'string' ? id : null;
}

function deny<Input>(attempt: Attempt<Input>, refusal: Refusal): Refusal {
  writeAudit(attempt, 'denied', refusal.reason, [], null);
  return refusal;
}

function carryOut<Input, Value>(
  attempt: Attempt<Input>,
  approvedByStaffId: string | null,
  carry: (scope: SystemScope) => Outcome<Value>,
): Outcome<Value> {
  const { db, shop, actor, definition, request, moment } = attempt;
  const recorded = newRecord();
  updateLastCommit(db, moment.trustedAtMs);
  const scope = scopeOf(attempt, recorded, approvedByStaffId);
  const outcome = carry(scope);
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
      salt: randomBytes(16).toString('hex'),
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
  approvedByStaffId: string | null,
): SystemScope {
  const { db, env, shop, actor, request, moment } = attempt;
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
    may: (permission) =>
      rolesMay(actor.roles, permission) || (approvedByStaffId !== null && approvedFor(attempt, permission)),
  };

  function approvedFor(current: Attempt<Input>, permission: Permission): boolean {
    const id = overrideIdOf(current.request.input);
    return id !== null && selectGrantedPermission(db, id) === permission;
  }
}

function writeAudit<Input>(
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
    salt: randomBytes(16).toString('hex'),
  });
}
