import { expect, test } from 'vitest';
import { readTypedPerson } from './typed-person.ts';

test.each([
  ['Ana 0981 442 107', { name: 'Ana', phone: '0981442107', email: '', cardCode: '' }],
  ['ana benítez 0981442107', { name: 'Ana Benítez', phone: '0981442107', email: '', cardCode: '' }],
  ['ana@mail.com Ana', { name: 'Ana', phone: '', email: 'ana@mail.com', cardCode: '' }],
  ['María José de la Cruz', { name: 'María José de la Cruz', phone: '', email: '', cardCode: '' }],
])('what was typed goes into the right fields: %s', (text, fields) => {
  const read = readTypedPerson(text, 'PY');
  expect({ ...read, phone: read.phone?.replaceAll(' ', '') }).toEqual(fields);
});
