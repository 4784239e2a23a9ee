import { expect, test } from 'vitest';
import { fieldProblems } from './field-errors.ts';

const refused = (reason: 'phone-taken' | 'locked', facts = {}) =>
  ({ kind: 'refused', refusal: { kind: 'refused', reason, facts } }) as const;

test('a refusal about a field names the field and who holds the value', () => {
  expect(fieldProblems(refused('phone-taken', { customerId: 'c1' }))).toEqual([
    { field: 'phone', words: 'phoneTaken', customerId: 'c1' },
  ]);
});

test('a refusal that is not about a field leaves the fields alone', () => {
  expect(fieldProblems(refused('locked'))).toEqual([]);
  expect(fieldProblems({ kind: 'failed', errorCode: null })).toEqual([]);
});

test('input that does not fit is put under its field', () => {
  const result = {
    kind: 'invalid',
    issues: [
      { path: 'input.birthday', code: 'invalid_format' },
      { path: 'operationId', code: 'x' },
    ],
  } as const;
  expect(fieldProblems(result)).toEqual([{ field: 'birthday', words: 'birthday', customerId: null }]);
});
