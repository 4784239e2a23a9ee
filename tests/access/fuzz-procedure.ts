import fc from 'fast-check';
import { audienceOf } from '#backend/trpc.ts';
import { ROLES, type Role, rolesMay } from '#shop/staff/permissions.ts';
import type { TestBackend } from '../support/test-backend.ts';
import { createTillShop } from '../till/till-shop.ts';
import { inputsFor } from './fuzz-input.ts';
import { callByName, digestOf, idsOf, type ProcedureUnderTest } from './procedures.ts';

/**
 * Calls one procedure with inputs made from its own schema, as every role and as nobody. Throws, with the seed, when a call
 * breaks, when what does not fit is taken, or when a call that does not fit or is not allowed changes a single row.
 */
export async function fuzzProcedure(procedure: ProcedureUnderTest, cases: number, seed: number): Promise<void> {
  const { schema } = procedure;
  if (schema === null) return;
  const backend = await createBusyShop();
  const inputs = fc.sample(
    fc.tuple(inputsFor(schema, idsOf(backend.env)), fc.constantFrom<Role | null>(...ROLES, null)),
    {
      numRuns: cases,
      seed,
    },
  );
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

/** A shop with something of everything, so that inputs reach past the first look-up. */
async function createBusyShop(): Promise<TestBackend> {
  const shop = await createTillShop();
  const manager = shop.caller('manager');
  const { customerId } = await manager.customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  await manager.catalogue.saveCategory(shop.op({ name: 'Drinks', color: 'a' as const }));
  await manager.till.openShift(shop.op({ floatMinor: 10_000 }));
  for (const note of ['', 'to go'])
    await shop.sell(shop.draft([shop.line(5000), shop.line(900)], { customerId, note }));
  await manager.till.saveDraft(shop.op({ draft: shop.draft([shop.line(700)]), revision: 0, isHeld: true }));
  const pending = shop.draft([shop.line(800)], { customerId });
  await manager.till.beginPayment(shop.op({ draft: pending, tender: { kind: 'card' as const, amountMinor: 800 } }));
  return shop;
}
