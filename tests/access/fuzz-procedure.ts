import fc from 'fast-check';
import { audienceOf } from '#backend/trpc.ts';
import { ROLES, type Role, rolesMay } from '#shop/staff/permissions.ts';
import { createTestBackend } from '../support/test-backend.ts';
import { inputsFor } from './fuzz-input.ts';
import { callByName, digestOf, type ProcedureUnderTest } from './procedures.ts';

/**
 * Calls one procedure with inputs made from its own schema, as every role and as nobody. Throws, with the seed, when a call
 * breaks, when what does not fit is taken, or when a call that does not fit or is not allowed changes a single row.
 */
export async function fuzzProcedure(procedure: ProcedureUnderTest, cases: number, seed: number): Promise<void> {
  const { schema } = procedure;
  if (schema === null) return;
  const backend = await createTestBackend();
  const inputs = fc.sample(fc.tuple(inputsFor(schema), fc.constantFrom<Role | null>(...ROLES, null)), {
    numRuns: cases,
    seed,
  });
  const audience = audienceOf(procedure.name);
  const last = { digest: digestOf(backend.env) };
  for (const [input, role] of inputs) {
    const caller = role === null ? backend.stranger() : backend.caller(role);
    const result = await callByName(caller, procedure.name, input);
    const where = `${procedure.name}, seed ${seed}, ${role ?? 'nobody'}, ${JSON.stringify(input)?.slice(0, 500)}`;
    if (result.kind === 'broken') throw new Error(`broke: ${where}`, { cause: result.error });
    const fits = schema.safeParse(input).success;
    if (!fits && result.kind !== 'bad-input') throw new Error(`took what does not fit (${result.kind}): ${where}`);
    const isAllowed =
      audience === 'public' ||
      (role !== null && (audience === 'signed-in' || (audience !== undefined && rolesMay([role], audience))));
    const digest = digestOf(backend.env);
    const mayChange = fits && isAllowed && procedure.kind === 'mutation';
    if (!mayChange && digest !== last.digest) throw new Error(`changed rows: ${where}`);
    last.digest = digest;
  }
  backend.close();
}
