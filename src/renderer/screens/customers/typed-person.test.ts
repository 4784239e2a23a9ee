import { expect, test } from 'vitest';
import { readTypedPerson } from './typed-person.ts';

test.each([
  ['Ana 0981 442 107', { name: 'Ana', phone: '0981 442 107', email: '' }],
  ['0981442107 ana benítez', { name: 'Ana Benítez', phone: '0981442107', email: '' }],
  ['+595 (981) 442-107', { name: '', phone: '+595 (981) 442-107', email: '' }],
  ['ana@mail.com Ana', { name: 'Ana', phone: '', email: 'ana@mail.com' }],
  ['María José de la Cruz', { name: 'María José de la Cruz', phone: '', email: '' }],
  ['Juan 23', { name: 'Juan 23', phone: '', email: '' }],
  ['  ', { name: '', phone: '', email: '' }],
])('what was typed goes into the right fields: %s', (text, fields) => {
  expect(readTypedPerson(text)).toEqual(fields);
});
