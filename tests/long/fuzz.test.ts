import { expect, test } from 'vitest';
import { fuzzProcedure } from '../access/fuzz-procedure.ts';
import { allProcedures } from '../access/procedures.ts';

const CASES_PER_PROCEDURE = Number(process.env.FUZZ_CASES ?? 400);
/** The same in every run unless it is given, so that a fault found once is found again. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);

const procedures = allProcedures().filter(({ kind, schema }) => kind !== 'subscription' && schema !== null);

test.each(procedures)(`X1 X2 X6: $name, ${CASES_PER_PROCEDURE} inputs, seed ${SEED}`, async (procedure) => {
  await expect(fuzzProcedure(procedure, CASES_PER_PROCEDURE, SEED)).resolves.toBeUndefined();
});
