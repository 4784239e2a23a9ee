import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCode } from '../ids/code.ts';
import { birthdaySchema, tagsSchema } from './customer-schema.ts';
import { readEmail } from './email.ts';
import { firstNameOf, foldForSearch, initialsOf, sortKeyOf, tidyName } from './name.ts';
import { readPhone, reversedDigits, shownPhone } from './phone.ts';
import { readTypedCustomer } from './typed-customer.ts';

test('search ignores accents; sorting does too, and ñ keeps its place', () => {
  expect(foldForSearch('  José  MUÑOZ ')).toBe('jose munoz');
  const names = ['Nuñez', 'Ñandú', 'Óscar', 'Nzinga', 'Núria', 'Oñate', 'Ana'];
  expect([...names].sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1))).toEqual(
    ['Ana', 'Nuñez', 'Núria', 'Nzinga', 'Ñandú', 'Oñate', 'Óscar'].sort((a, b) =>
      sortKeyOf(a) < sortKeyOf(b) ? -1 : 1,
    ),
  );
  expect(sortKeyOf('Ñandú') > sortKeyOf('Nzinga') && sortKeyOf('Ñandú') < sortKeyOf('Oa')).toBe(true);
  expect(sortKeyOf('Álvaro') < sortKeyOf('Bea')).toBe(true);
});

test('initials and first names', () => {
  expect(['Ana María Benítez', 'ñata', '  ', 'Élodie (VIP) d’Arc', '李 小龙'].map(initialsOf)).toEqual([
    'AB',
    'Ñ',
    '',
    'ÉD',
    '李小',
  ]);
  expect([firstNameOf(' Ana  María '), tidyName(' Ana  María ')]).toEqual(['Ana', 'Ana María']);
});

test.each([
  ['0981 442 107', 'PY', '+595981442107', '0981 442107'],
  ['+595 981 442107', 'PY', '+595981442107', '0981 442107'],
  ['(021) 555-1234', 'PY', '+595215551234', null],
  ['212 555 2368', 'US', '+12125552368', '(212) 555-2368'],
  ['+49 30 901820', 'PY', '+4930901820', '+49 30 901820'],
])('%s in %s is %s', (text, country, e164, shown) => {
  const phone = readPhone(text, country);
  expect(phone?.e164).toBe(e164);
  if (shown !== null) expect(phone?.shown.replace(/\s/g, '')).toBe(shown.replace(/\s/g, ''));
  expect(readPhone(phone?.shown ?? '', country)?.e164).toBe(e164);
});

test('what is no phone number is told, and nothing throws', () => {
  expect(['', '12', 'Ana', '0981', '+999 1'].map((text) => readPhone(text, 'PY'))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(readPhone('+595981442107', 'ZZ')?.e164).toBe('+595981442107');
  expect(shownPhone('rubbish', 'PY')).toBe('rubbish');
  expect(reversedDigits('+595 981')).toBe('189595');
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 80 }),
      (text) => void [readPhone(text, 'PY'), readEmail(text), readTypedCustomer(text, 'PY'), initialsOf(text)],
    ),
  );
});

test('e-mail addresses are compared in lower case; what is none is told', () => {
  expect(readEmail(' Ana@Example.COM ')).toBe('ana@example.com');
  expect(
    ['ana', 'ana@', '@x.py', 'a b@x.py', 'a..b@x.py', 'ana@x', `${'a'.repeat(250)}@x.py`, 'a@x.py,b@x.py'].map(
      readEmail,
    ),
  ).toEqual(Array(8).fill(null));
});

test('what was typed into one field goes into the right ones', () => {
  expect(readTypedCustomer('Ana 0981 442 107', 'PY')).toMatchObject({
    name: 'Ana',
    phone: { e164: '+595981442107' },
    email: null,
    code: null,
  });
  expect(readTypedCustomer('0981442107 Ana Benítez', 'PY')).toMatchObject({
    name: 'Ana Benítez',
    phone: { e164: '+595981442107' },
  });
  expect(readTypedCustomer('Ana ana@x.py', 'PY')).toMatchObject({ name: 'Ana', email: 'ana@x.py', phone: null });
  expect(readTypedCustomer('Ana', 'PY')).toEqual({ name: 'Ana', phone: null, email: null, code: null });
  const code = makeCode((bytes) => bytes.fill(7));
  expect(readTypedCustomer(code.toLowerCase(), 'PY')).toEqual({ name: '', phone: null, email: null, code });
});

test('a birthday is a date of the calendar, with or without its year; tags are told once', () => {
  expect(['1990-02-28', '-----02-29'].every((text) => birthdaySchema.safeParse(text).success)).toBe(true);
  expect(['1990-02-30', '-----13-01', '90-01-01', ''].some((text) => birthdaySchema.safeParse(text).success)).toBe(
    false,
  );
  expect(tagsSchema.parse(['vip', ' vip ', 'vegan'])).toEqual(['vip', 'vegan']);
});
