import { TRPCError } from '@trpc/server';
import type { z } from 'zod';
import type { BackendEnv } from '#backend/context.ts';
import { type Sql, sql } from '#backend/db/database.ts';
import { appRouter } from '#backend/router.ts';
import { RefusalError } from '#backend/trpc.ts';
import { sha256Hex } from '#shop/audit/hash-chain.ts';
import type { TestCaller } from '../support/test-backend.ts';

export interface ProcedureUnderTest {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly schema: z.ZodType | null;
}

interface ProcedureDefinition {
  readonly _def: { readonly type: ProcedureUnderTest['kind']; readonly inputs: readonly z.ZodType[] };
}

/** Every procedure of the router with its own input schema: nothing to extend when one is added. */
export function allProcedures(): ProcedureUnderTest[] {
  const procedures = appRouter._def.procedures as unknown as Record<string, ProcedureDefinition>;
  return Object.entries(procedures).map(([name, { _def }]) => ({
    name,
    kind: _def.type,
    schema: _def.inputs[0] ?? null,
  }));
}

export type CallResult =
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly reason: string; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly kind: 'bad-input' }
  | { readonly kind: 'broken'; readonly error: unknown };

/** Calls a procedure by its name and sorts what comes back; 'broken' is a fault of ours. */
export async function callByName(caller: TestCaller, name: string, input: unknown): Promise<CallResult> {
  const [noun = '', verb = ''] = name.split('.');
  const procedure = (caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[noun]?.[
    verb
  ];
  if (procedure === undefined) return { kind: 'broken', error: new Error(`no procedure ${name}`) };
  try {
    JSON.stringify(await procedure(input));
    return { kind: 'answered' };
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof RefusalError) {
      return { kind: 'refused', reason: error.cause.refusal.reason, facts: error.cause.refusal.facts };
    }
    if (error instanceof TRPCError && error.code === 'BAD_REQUEST') return { kind: 'bad-input' };
    return { kind: 'broken', error };
  }
}

const SELECT_TABLES = sql`
  SELECT name
  FROM sqlite_schema
  WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'customer_search%'
  ORDER BY name`;

/** What a denied attempt may write: that it was denied. */
const AUDIT_TABLES = new Set(['audit_logs', 'terminal_state']);

/** Tables whose ids no input names. */
const HISTORY_TABLES = new Set([
  'audit_logs',
  'outbox',
  'operations',
  'customer_events',
  'qr_scan_logs',
  'points_transactions',
]);

/** The ids of a few rows of every table that inputs may name. */
export function idsOf(env: BackendEnv): string[] {
  const tables = env.db.read.all<{ name: string }>(SELECT_TABLES).map((row) => row.name);
  return tables
    .filter((name) => !HISTORY_TABLES.has(name))
    .flatMap((name) => env.db.read.all<{ id?: unknown; sale_id?: unknown }>(`SELECT * FROM "${name}" LIMIT 3` as Sql))
    .flatMap((row) => [row.id, row.sale_id])
    .filter((id): id is string => typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id));
}

/** A hash over every row of every table (but the audit trail, unless asked): equal means that nothing changed. */
export function digestOf(env: BackendEnv, options: { withAudit?: boolean } = {}): string {
  const tables = env.db.read.all<{ name: string }>(SELECT_TABLES).map((row) => row.name);
  const kept = tables.filter((name) => options.withAudit === true || !AUDIT_TABLES.has(name));
  return sha256Hex(kept.map((name) => JSON.stringify(env.db.read.all(`SELECT * FROM "${name}"` as Sql))).join('\n'));
}
