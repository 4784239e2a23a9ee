/** A name and a phone number as they can be read from one typed line. */
export interface TypedPerson {
  readonly name: string;
  readonly phone: string | null;
}

/** Reads 'Ana 0981 442 107' as a name and a phone; six digits or more are a phone, whatever stands between them. */
export function splitTyped(text: string): TypedPerson {
  const match = /\+?\d[\d\s().-]{4,}\d/.exec(text);
  const digits = match?.[0].replace(/\D/g, '') ?? '';
  const isPhone = match !== null && digits.length >= 6;
  const name = (isPhone ? text.replace(match[0], ' ') : text).replace(/\s+/g, ' ').trim();
  return { name: /\p{L}/u.test(name) ? name : '', phone: isPhone ? match[0].trim() : null };
}
