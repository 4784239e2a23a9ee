import type { EnrolDraft } from './customers-state.ts';

const SHORTEST_PHONE = 6;

/**
 * Puts what was typed into the search into the fields it belongs to: 'Ana 0981 442 107' is a name and a phone,
 * 'ana@mail.com' an e-mail. Digits fewer than six stay part of the name.
 */
export function readTypedPerson(text: string): Partial<EnrolDraft> {
  const words = text.trim().split(/\s+/).filter((word) => word !== '');
  const email = words.find((word) => /^[^\s@]+@[^\s@]+$/.test(word)) ?? '';
  const rest = words.filter((word) => word !== email);
  const isNumeric = (word: string): boolean => /^[+(]?[\d().-]+$/.test(word);
  const numbers = rest.filter(isNumeric);
  const isPhone = numbers.join('').replace(/\D/g, '').length >= SHORTEST_PHONE;
  const name = (isPhone ? rest.filter((word) => !isNumeric(word)) : rest).join(' ');
  return { name: capitalised(name), phone: isPhone ? numbers.join(' ') : '', email };
}

/** 'ana benítez' becomes 'Ana Benítez'; a name that already has a capital stays as typed. */
function capitalised(name: string): string {
  if (name !== name.toLocaleLowerCase()) return name;
  return name.replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase());
}
