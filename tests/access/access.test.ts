import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audienceOf } from '#backend/trpc.ts';
import { ROLES, rolesMay } from '#shop/staff/permissions.ts';
import { createTestBackend, type TestBackend } from '../support/test-backend.ts';
import { inputsFor } from './fuzz-input.ts';
import { fuzzProcedure } from './fuzz-procedure.ts';
import { allProcedures, callByName, digestOf, type ProcedureUnderTest } from './procedures.ts';

/** What anybody at the console may call without being signed in (a scan is logged by whoever). A new one is added here on purpose. */
const PUBLIC = [
  'scanning.submit',
  'setup.createShop',
  'setup.loadDemo',
  'staff.list',
  'staff.lock',
  'staff.resetWithRecovery',
  'staff.signIn',
  'staff.signInByBadge',
  'staff.signOut',
  'system.changes',
  'system.status',
];

const CASES_PER_PROCEDURE = Number(process.env.FUZZ_CASES ?? 30);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);

const fitting = new Map<string, unknown>();

/** An input that the procedure's own schema takes; looked for once, that is the slow part. */
function fittingInput(procedure: ProcedureUnderTest): unknown {
  if (!fitting.has(procedure.name)) fitting.set(procedure.name, makeFittingInput(procedure));
  return fitting.get(procedure.name);
}

function makeFittingInput({ name, schema }: ProcedureUnderTest): unknown {
  if (schema === null || schema.safeParse(undefined).success) return undefined;
  for (const numRuns of [100, 4000]) {
    const tried = fc.sample(inputsFor(schema), { numRuns, seed: SEED });
    const found = tried.find((input) => schema.safeParse(input).success);
    if (found !== undefined) return found;
  }
  throw new Error(`no input could be made that fits ${name}`);
}

describe('who may call what', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await createTestBackend();
  });
  afterAll(() => backend.close());

  test('X2: without a session only the published procedures answer', async () => {
    const names = allProcedures().map(({ name }) => name);
    expect(names.filter((name) => audienceOf(name) === undefined)).toEqual([]);
    expect(names.filter((name) => audienceOf(name) === 'public').sort()).toEqual([...PUBLIC].sort());
    const before = digestOf(backend.env, { withAudit: true });
    for (const procedure of allProcedures()) {
      if (PUBLIC.includes(procedure.name)) continue;
      const result = await callByName(backend.stranger(), procedure.name, fittingInput(procedure));
      expect(result, procedure.name).toMatchObject({ kind: 'refused', reason: 'sign-in-required' });
    }
    expect(digestOf(backend.env, { withAudit: true })).toBe(before);
  });

  test('X1: every role may call exactly what the permission table gives it, and a denied call changes nothing', async () => {
    for (const procedure of allProcedures()) {
      const audience = audienceOf(procedure.name);
      if (audience === undefined || audience === 'public' || audience === 'signed-in') continue;
      for (const role of ROLES) {
        if (rolesMay([role], audience)) continue;
        const before = digestOf(backend.env);
        const result = await callByName(backend.caller(role), procedure.name, fittingInput(procedure));
        const where = `${procedure.name} as ${role}`;
        expect(result.kind, where).toBe('refused');
        expect(['not-permitted', 'override-invalid'], where).toContain(result.kind === 'refused' ? result.reason : '');
        expect(digestOf(backend.env), where).toBe(before);
      }
    }
  });
});

describe('hostile input', () => {
  const procedures = allProcedures().filter(({ kind, schema }) => kind !== 'subscription' && schema !== null);

  test.each(procedures)(
    'X6 A3: $name takes what fits its schema and is left unchanged by anything else',
    async (procedure) => {
      await fuzzProcedure(procedure, CASES_PER_PROCEDURE, SEED);
    },
    120_000,
  );
});
