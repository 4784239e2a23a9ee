import { expect, test } from 'vitest';
import { overrideOf, resultOfError, sendCommand } from './use-command.ts';

const refused = (reason: string, facts = {}) =>
  Object.assign(new Error('refused'), { data: { refusal: { reason, facts } } });

test('an error of the back end is a value: refusal, issues, or a code to quote', () => {
  expect(resultOfError(refused('empty-sale'))).toEqual({
    kind: 'refused',
    refusal: { kind: 'refused', reason: 'empty-sale', facts: {} },
  });
  expect(resultOfError({ data: { issues: [{ path: 'name', code: 'too_small' }] } })).toEqual({
    kind: 'invalid',
    issues: [{ path: 'name', code: 'too_small' }],
  });
  expect(resultOfError({ data: { errorCode: 'ab12cd34' } })).toEqual({ kind: 'failed', errorCode: 'ab12cd34' });
  expect(resultOfError(new TypeError('fetch failed'))).toBeNull();
});

test('every try of one action carries the same operation id', async () => {
  const seen: string[] = [];
  const answer = await sendCommand(
    {
      mutate: async ({ operationId }: { operationId: string; input: object }) => {
        seen.push(operationId);
        if (seen.length < 3) throw new TypeError('line lost');
        return 'saved';
      },
    },
    'one-id',
    {},
  );
  expect(answer).toEqual({ kind: 'done', value: 'saved' });
  expect(seen).toEqual(['one-id', 'one-id', 'one-id']);
});

test('a refusal is not tried again', async () => {
  let tries = 0;
  const procedure = {
    mutate: async (): Promise<never> => {
      tries += 1;
      throw refused('empty-sale');
    },
  };
  expect((await sendCommand(procedure, 'id', {})).kind).toBe('refused');
  expect(tries).toBe(1);
});

test('a manager may lift what says so, and nothing else', () => {
  const of = (reason: 'not-permitted' | 'discount-over-limit' | 'empty-sale', facts = {}) =>
    overrideOf({ kind: 'refused', reason, facts });
  expect(of('not-permitted', { permission: 'sale.refund', overridable: true })).toBe('sale.refund');
  expect(of('not-permitted', { permission: 'staff.edit', overridable: false })).toBeNull();
  expect(of('discount-over-limit', { overridable: true })).toBe('discount.over-limit');
  expect(of('empty-sale')).toBeNull();
});
