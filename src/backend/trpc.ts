import { randomBytes } from 'node:crypto';
import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { type Permission, rolesMay } from '#shop/staff/permissions.ts';
import { operationIdSchema } from '#shop/ids/ids.ts';
import { type Outcome, type Refusal, type RefusalFacts, type RefusalReason, refuse } from '#shop/refusal.ts';
import { runCommand } from './command.ts';
import type { CommandScope } from './command-scope.ts';
import type { ReadScope, RequestContext } from './context.ts';
import { DiskFaultError } from './db/disk-fault.ts';
import { withStaffName } from './staff-in-facts.ts';
import { momentOf } from './time/moment.ts';

/** A refusal on its way to the caller; the only way in which one crosses tRPC. */
export class RefusalError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

export interface ErrorData {
  readonly refusal?: { readonly reason: RefusalReason; readonly facts: RefusalFacts };
  readonly issues?: readonly { readonly path: string; readonly code: string }[];
  /** The disk is full or broken: nothing of the command was kept. */
  readonly fault?: 'disk-full' | 'disk-broken';
  /** To quote to support: the log holds the cause under it. Never SQL, never a path. */
  readonly errorCode?: string;
}

const t = initTRPC.context<RequestContext>().create({
  // A dead line of the web host's event stream is noticed on both ends.
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  errorFormatter: ({ shape, error, ctx }) => ({
    message: 'request failed',
    code: shape.code,
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      ...errorDataOf(error, ctx),
    },
  }),
});

export const { router } = t;
export const createCallerFactory = t.createCallerFactory;

function errorDataOf(error: TRPCError, ctx: RequestContext | undefined): ErrorData {
  const { cause } = error;
  if (cause instanceof RefusalError) return { refusal: { reason: cause.refusal.reason, facts: cause.refusal.facts } };
  if (cause instanceof z.ZodError) {
    return {
      issues: cause.issues
        .slice(0, 50)
        .map((issue) => ({ path: issue.path.join('.').slice(0, 200), code: issue.code })),
    };
  }
  if (error.code === 'NOT_FOUND' && cause === undefined) return {};
  const errorCode = randomBytes(4).toString('hex');
  ctx?.env.logError(errorCode, cause ?? error);
  return cause instanceof DiskFaultError ? { errorCode, fault: cause.fault } : { errorCode };
}

const HTTP_OF: Partial<Record<RefusalReason, TRPCError['code']>> = {
  'sign-in-required': 'UNAUTHORIZED',
  locked: 'UNAUTHORIZED',
  'not-permitted': 'FORBIDDEN',
  'override-invalid': 'FORBIDDEN',
  'operation-id-reused': 'UNPROCESSABLE_CONTENT',
  'not-found': 'NOT_FOUND',
  'sale-already-completed': 'CONFLICT',
  'draft-changed-elsewhere': 'CONFLICT',
  'changed-elsewhere': 'CONFLICT',
  'voucher-used': 'CONFLICT',
  'voucher-already-claimed': 'CONFLICT',
};

/** Returns the answer, or throws the refusal as the error that callers see. */
export function answer<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  throw refusalError(outcome);
}

/** Returns a refusal as a tRPC error; queries throw it, commands go through `answer`. */
export function refusalError(refusal: Refusal): TRPCError {
  return new TRPCError({ code: HTTP_OF[refusal.reason] ?? 'PRECONDITION_FAILED', cause: new RefusalError(refusal) });
}

/** Who may ask: everybody at this console, anybody signed in (locked or not), or whoever holds a permission. */
export type Audience = Permission | 'signed-in';

const AUDIENCES = new Map<string, Audience | 'public'>();

/** A query that needs nobody signed in. Listed by name, because the access tests compare the list (X2). */
export function publicQuery<Input extends z.ZodType, Value>(
  name: string,
  schema: Input,
  handle: (ctx: RequestContext, input: z.output<Input>) => Value | Promise<Value>,
) {
  declare(name, 'public');
  return t.procedure.input(schema).query(({ ctx, input }) => handle(ctx, input as z.output<Input>));
}

/** A mutation that needs nobody signed in (first run, sign-in). It does its own checking and writing. */
export function publicMutation<Input extends z.ZodType, Value>(
  name: string,
  schema: Input,
  handle: (
    ctx: RequestContext,
    input: z.output<Input>,
    operationId: string,
  ) => Outcome<Value> | Promise<Outcome<Value>>,
) {
  declare(name, 'public');
  return t.procedure
    .input(commandInput(schema))
    .mutation(async ({ ctx, input }) => answer(await handle(ctx, input.input, input.operationId)));
}

/** A query for those who hold `audience`; it is given a handle that can only read. */
export function query<Input extends z.ZodType, Value>(
  name: string,
  audience: Audience,
  schema: Input,
  handle: (scope: ReadScope, input: z.output<Input>) => Value | Promise<Value>,
) {
  declare(name, audience);
  return t.procedure
    .input(schema)
    .query(({ ctx, input }) => handle(readScope(ctx, audience), input as z.output<Input>));
}

/** A mutation: one command, run in one transaction, idempotent by its operation id for ever. */
export function command<Input extends z.ZodType, Value>(
  name: string,
  audience: Audience,
  schema: Input,
  handle: (scope: CommandScope, input: z.output<Input>) => Outcome<Value>,
) {
  declare(name, audience);
  const definition = { action: name, permission: audience, handle };
  return t.procedure.input(commandInput(schema)).mutation(({ ctx, input }) =>
    answer(
      withStaffName(
        ctx.env,
        runCommand(ctx.env, definition, {
          clientId: ctx.clientId,
          operationId: input.operationId,
          input: input.input,
        }),
      ),
    ),
  );
}

/**
 * A command whose input holds a secret (a PIN): `prepare` does the slow work with it off the thread, `handle` gets the
 * result inside the transaction, and only `comparable` is hashed into the stored answer, so that the secret leaves no trace.
 */
export function secretCommand<Input extends z.ZodType, Prepared, Value>(
  name: string,
  audience: Audience,
  schema: Input,
  parts: {
    readonly prepare: (scope: ReadScope, input: z.output<Input>) => Promise<Prepared>;
    readonly comparable: (input: z.output<Input>) => unknown;
    readonly handle: (scope: CommandScope, input: z.output<Input>, prepared: Prepared) => Outcome<Value>;
  },
) {
  declare(name, audience);
  return t.procedure.input(commandInput(schema)).mutation(async ({ ctx, input }) => {
    const prepared = await parts.prepare(readScope(ctx, 'signed-in'), input.input);
    const definition = {
      action: name,
      permission: audience,
      comparable: parts.comparable,
      handle: (scope: CommandScope, given: z.output<Input>) => parts.handle(scope, given, prepared),
    };
    return answer(
      runCommand(ctx.env, definition, {
        clientId: ctx.clientId,
        operationId: input.operationId,
        input: input.input,
      }),
    );
  });
}

/**
 * A mutation for those who hold `audience` that writes nothing itself (paper) or does its own writing after slow work
 * (PINs). Refuses as a query does.
 */
export function signedInMutation<Input extends z.ZodType, Value>(
  name: string,
  audience: Audience,
  schema: Input,
  handle: (
    ctx: RequestContext & { readonly scope: ReadScope },
    input: z.output<Input>,
    operationId: string,
  ) => Outcome<Value> | Promise<Outcome<Value>>,
) {
  declare(name, audience);
  return t.procedure.input(commandInput(schema)).mutation(async ({ ctx, input }) => {
    const scope = readScope(ctx, audience);
    return answer(await handle({ ...ctx, scope }, input.input, input.operationId));
  });
}

/** A subscription for everybody at this console: it only ever tells which topics changed, never what. */
export function publicFeed<Value>(
  name: string,
  follow: (ctx: RequestContext, signal: AbortSignal) => AsyncGenerator<Value, void, undefined>,
) {
  declare(name, 'public');
  return t.procedure.subscription(({ ctx, signal }) => follow(ctx, signal ?? new AbortController().signal));
}

/** A mutation of the customer's screen, which holds no permission and sends no key: its use-case checks all and keys itself. */
export function screenMutation<Input extends z.ZodType, Value>(
  schema: Input,
  handle: (env: RequestContext['env'], input: z.output<Input>) => Value,
) {
  return t.procedure.input(schema).mutation(({ ctx, input }) => handle(ctx.env, input as z.output<Input>));
}

/** The one subscription of the customer's screen. */
export function screenFeed<Value>(
  follow: (env: RequestContext['env'], signal: AbortSignal) => AsyncGenerator<Value, void, undefined>,
) {
  return t.procedure.subscription(({ ctx, signal }) => follow(ctx.env, signal ?? new AbortController().signal));
}

/** What every mutation is sent: the key of the action, and its input. */
export interface Commanded<Input> {
  operationId: string;
  input: Input;
}

function commandInput<Input extends z.ZodType>(schema: Input) {
  const wrapped = z.strictObject({ operationId: operationIdSchema, input: schema });
  // Said outright, because the inferred type of a generic object is one that no client could read.
  return readAtOnce(wrapped as unknown as z.ZodType<Commanded<z.output<Input>>, Commanded<z.input<Input>>>);
}

/**
 * The schema of a command as tRPC is to call it: at once. Asked whether it might have to wait, zod reads an object key by key
 * instead of by the code that it compiles for it, which takes half as long again; none of our schemas waits for anything.
 */
function readAtOnce<Schema extends z.ZodType>(schema: Schema): Schema {
  return Object.create(schema, { parseAsync: { value: undefined } }) as Schema;
}

function declare(name: string, audience: Audience | 'public'): void {
  if (AUDIENCES.has(name)) throw new Error(`two procedures are called ${name}`);
  AUDIENCES.set(name, audience);
}

/** The published table of who may call what: tests compare it with what IPC and HTTP really allow (X1). */
export function audienceOf(name: string): Audience | 'public' | undefined {
  return AUDIENCES.get(name);
}

/** Returns what a query may use. Throws the refusals 'sign-in-required', 'locked' and 'not-permitted'. */
export function readScope(ctx: RequestContext, audience: Audience): ReadScope {
  const { env } = ctx;
  const shop = env.shop();
  const session = env.sessions.of(ctx.clientId);
  if (shop === null || session === null) throw refusalError(refuse('sign-in-required'));
  if (session.isLocked) throw refusalError(refuse('locked'));
  if (audience !== 'signed-in' && !rolesMay(session.roles, audience)) {
    throw refusalError(refuse('not-permitted', { permission: audience, overridable: false }));
  }
  return { clientId: ctx.clientId, db: env.db.read, env, shop, session, moment: momentOf(env, shop) };
}
