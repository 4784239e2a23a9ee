/** Longest address that mail carries (RFC 5321, 4.5.3.1.3, without the brackets). */
const MAX_EMAIL_LENGTH = 254;
const SHAPE = /^[^\s@<>()[\],;:\\"]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/** An e-mail address as it is stored and compared: lower case, without spaces around. Null when it is not one. */
export function readEmail(text: string): string | null {
  const email = text.trim().toLowerCase();
  if (email.length > MAX_EMAIL_LENGTH || email.includes('..') || email.startsWith('.')) return null;
  return SHAPE.test(email) ? email : null;
}
