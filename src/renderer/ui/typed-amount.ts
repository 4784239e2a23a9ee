/** What stands before or behind an amount as people write it: '₲', 'US$', 'Gs.', 'PYG', 'kg', '%'. */
const UNIT = String.raw`(?:\p{L}{0,3}\p{Sc}|\p{L}{2,3}\.?|S\/\.?|%)?`;
const AMOUNT = new RegExp(String.raw`^${UNIT}\s*([-−]?)\s*${UNIT}\s*(\d[\d.,\s'’]*|[.,]\d+)\s*${UNIT}$`, 'u');
const GROUPED = /^\d{1,3}(?:[.,]\d{3})+$/;

/**
 * Reads an amount typed in any usual form ('22.000', '22,50', '₲ 22 000') as minor units; null when it is none, such as
 * '12x,5' or, in a currency without decimals, '12,5'. The last mark is the decimal one only when the currency has decimals
 * and at most that many digits follow it. A mark at the end is on its way to more.
 */
export function parseAmount(text: string, digits: number, mark: string): number | null {
  const [, sign = '', written = ''] = AMOUNT.exec(text.trim()) ?? [];
  const kept = written
    .trim()
    .replace(/[\s'’](?=\d{3}(?!\d))/g, '')
    .replace(/[.,]$/, '');
  const at = Math.max(kept.lastIndexOf('.'), kept.lastIndexOf(','));
  const after = at < 0 ? '' : kept.slice(at + 1);
  const isDecimal = digits > 0 && at >= 0 && (kept[at] === mark || after.length !== 3) && after.length <= digits;
  const whole = wholeOf(isDecimal ? kept.slice(0, at) : kept, isDecimal);
  if (whole === null) return null;
  const minor = Number(`${whole}${(isDecimal ? after : '').padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? (sign === '' ? minor : -minor) : null;
}

/** The digits before the decimal mark, in groups of three or in one; null where they are no number. */
function wholeOf(text: string, mayBeEmpty: boolean): string | null {
  if (text === '') return mayBeEmpty ? '0' : null;
  if (/^\d+$/.test(text)) return text;
  return GROUPED.test(text) ? text.replace(/[.,]/g, '') : null;
}

/** An amount in minor units as plain text for editing: '22000' or '22,50'. */
export function amountText(minor: number | null, digits: number, mark: string): string {
  if (minor === null) return '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}${mark}${text.slice(-digits)}`;
}
