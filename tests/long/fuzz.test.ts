import { expect, test } from 'vitest';
import { fuzzProcedure } from '../access/fuzz-procedure.ts';
import { allProcedures } from '../access/procedures.ts';

const CASES_PER_PROCEDURE = Number(process.env.FUZZ_CASES ?? 400);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2_147_483_647);

const procedures = allProcedures().filter(({ kind, schema }) => kind !== 'subscription' && schema !== null);

test.each(procedures)(`X1 X2 X6: $name, ${CASES_PER_PROCEDURE} inputs, seed ${SEED}`, async (procedure) => {
  await expect(fuzzProcedure(procedure, CASES_PER_PROCEDURE, SEED)).resolves.toBeUndefined();
});
