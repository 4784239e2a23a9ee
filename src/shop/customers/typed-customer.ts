import { readCode } from '../ids/code.ts';
import { readEmail } from './email.ts';
import { tidyName } from './name.ts';
import { type Phone, readPhone } from './phone.ts';

/** What was typed into one field, put into the right ones. */
export interface TypedCustomer {
  readonly name: string;
  readonly phone: Phone | null;
  readonly email: string | null;
  readonly code: string | null;
}

const PHONE_LIKE = /\+?\d[\d\s().\-/]{4,}\d/;

/** Takes apart what was typed into the search field: 'Ana 0981 442 107' is a name and a phone number. */
export function readTypedCustomer(text: string, country: string): TypedCustomer {
  const typed = tidyName(text.slice(0, 200));
  const reading = readCode(typed);
  if (reading.kind === 'code') return { name: '', phone: null, email: null, code: reading.code };
  const words = typed.split(' ');
  const email = words.map(readEmail).find((found) => found !== null) ?? null;
  const rest = words.filter((word) => readEmail(word) === null).join(' ');
  const phoneText = PHONE_LIKE.exec(rest)?.[0];
  const phone = phoneText === undefined ? null : readPhone(phoneText, country);
  const name = phone === null || phoneText === undefined ? rest : rest.replace(phoneText, ' ');
  return { name: tidyName(name.replace(/^[\s,;]+|[\s,;]+$/g, '')), phone, email, code: null };
}
