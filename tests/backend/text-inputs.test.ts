import { expect, test } from 'vitest';
import { callByName } from '../access/procedures.ts';
import { createTestBackend, STAFF_PIN } from '../support/test-backend.ts';

const UNFIT_NAMES = ['\u0000', '\u0000Ana', 'Ana\u0000', 'A\nB', '\uD83D', '\u202EanA', '\u200B', '   '];

test.each(UNFIT_NAMES)('X1 X2: a person is never called %j, and the answer is a plain no', async (name) => {
  const backend = await createTestBackend();
  const input = backend.op({ name, roles: ['cashier'], pin: STAFF_PIN });
  expect(await callByName(backend.caller('manager'), 'staff.create', input)).toEqual({ kind: 'bad-input' });
  backend.close();
});

test('X1: a name as long as its column allows is kept, counted in characters', async () => {
  const backend = await createTestBackend();
  const create = (name: string) =>
    callByName(backend.caller('manager'), 'staff.create', backend.op({ name, roles: ['cashier'], pin: STAFF_PIN }));
  expect(await create('😀'.repeat(80))).toEqual({ kind: 'answered' });
  expect(await create('😀'.repeat(81))).toEqual({ kind: 'bad-input' });
  backend.close();
});
