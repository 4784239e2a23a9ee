import { expect, test } from 'vitest';
import { allProcedures } from './procedures.ts';

test('S2-12: every command carries the key by which it is done once', () => {
  const commands = allProcedures().filter(({ kind }) => kind === 'mutation');
  expect(commands.length).toBeGreaterThan(100);
  const without = commands.filter(({ schema }) => {
    const parsed = schema?.safeParse({ input: {} });
    return parsed?.success !== false || !parsed.error.issues.some(({ path }) => path[0] === 'operationId');
  });
  expect(without.map(({ name }) => name)).toEqual([]);
});
