import { readTypedCustomer } from '#shop/customers/typed-customer.ts';
import type { EnrolDraft } from './customers-state.ts';

/** Puts what was typed into the search into the fields it belongs to: 'Ana 0981 442 107' is a name and a phone. */
export function readTypedPerson(text: string, country: string): Partial<EnrolDraft> {
  const typed = readTypedCustomer(text, country);
  return {
    name: capitalised(typed.name),
    phone: typed.phone?.shown ?? '',
    email: typed.email ?? '',
    cardCode: typed.code ?? '',
  };
}

/** 'ana benítez' becomes 'Ana Benítez'; a name that already has a capital stays as typed. */
function capitalised(name: string): string {
  if (name !== name.toLocaleLowerCase()) return name;
  return name.replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase());
}
