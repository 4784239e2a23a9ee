import { mayBeOpenedFor, type Permission, rolesMay } from '#shop/staff/permissions.ts';
import { type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import {
  type Allowed,
  type Attempt,
  carryOut,
  deny,
  type NamedAction,
  requestHashOf,
  WITHOUT_MANAGER,
  writeAudit,
} from './carry-out.ts';
import type { Topic } from './change-feed.ts';
import type { Actor, CommandScope, SystemScope } from './command-scope.ts';
import type { BackendEnv, Session, ShopIdentity } from './context.ts';
import type { WritableDb } from './db/database.ts';
import { selectOperation } from './operations-store.ts';
import { namedOverridesOf } from './override-ids.ts';
import { type Override, selectOverride } from './staff/overrides-store.ts';
import { logClock } from './time/log-clock.ts';
import { momentAt, momentOf } from './time/moment.ts';

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
    return carryOut(attempt, approval.allowed, (scope) => definition.handle({ ...scope, session }, request.input));
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
      carryOut(attempt, WITHOUT_MANAGER, (scope) => definition.handle(scope, request.input))
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
export function writeHistory(env: BackendEnv, shop: ShopIdentity, work: (run: RunThen, db: WritableDb) => void): void {
  const topics = new Set<Topic>();
  env.db.write((db) =>
    work((definition, session, atMs, input) => {
      const request = { operationId: env.newId(), input };
      const moment = momentAt(shop, atMs);
      const attempt = { env, db, shop, actor: session, definition, request, moment, topics, followUps: [] };
      const outcome = carryOut(attempt, WITHOUT_MANAGER, (scope) => definition.handle({ ...scope, session }, input));
      if (outcome.kind === 'refused') throw new Error(`${definition.action} was refused: ${outcome.reason}`);
      return outcome.value;
    }, db),
  );
  env.feed.announce(topics);
  env.afterCommit();
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

type Approval = { kind: 'allowed'; allowed: Allowed } | Refusal;

/**
 * Whether the person may run the command, by their roles or by a manager's approval for it. Every approval that the input
 * names must be good, whatever it is for: the use-case asks for the others by `scope.may`.
 */
function approvalOf<Input>(attempt: Attempt<Input>, session: Session, needed: Permission | 'signed-in'): Approval {
  const overrides = overridesOf(attempt, session);
  if (overrides === null) return refuse('override-invalid');
  const isOpen = needed === 'signed-in' || rolesMay(session.roles, needed);
  const forThis = overrides.find(({ permission }) => permission === needed);
  if (isOpen || (forThis !== undefined && mayBeOpenedFor(session.roles, needed))) {
    const approvedByStaffId = (forThis ?? overrides[0])?.approvedByStaffId ?? null;
    return { kind: 'allowed', allowed: { approvedByStaffId, overrides } };
  }
  if (overrides.length > 0) return refuse('override-invalid');
  return refuse('not-permitted', { permission: needed, overridable: mayBeOpenedFor(session.roles, needed) });
}

/** The approvals that the input names, each good and named once; null when one is not. */
function overridesOf<Input>({ db, request, moment }: Attempt<Input>, session: Session): readonly Override[] | null {
  const named = namedOverridesOf(request.input);
  const overrides: Override[] = [];
  for (const overrideId of new Set(named)) {
    const override = selectOverride(db, { overrideId, staffId: session.staffId, nowMs: moment.trustedAtMs });
    if (override === null) return null;
    overrides.push(override);
  }
  return overrides;
}
