/** Characters at the start of a cell that a spreadsheet takes for a formula. Source: OWASP, "CSV Injection". */
const STARTS_FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;
const PLAIN_NUMBER = /^-?\d+(?:[.,]\d+)?$/;

/**
 * Returns a cell for an export: a quote mark before anything that a spreadsheet would run, no NUL characters, and quotes
 * where the text holds a separator, a quote or a line end. Plain numbers stay numbers.
 */
export function csvCell(value: string | number | null, separator = ','): string {
  if (value === null) return '';
  const text = String(value).replaceAll('\0', '');
  const isSafe = typeof value === 'number' || PLAIN_NUMBER.test(text) || !STARTS_FORMULA.test(String(value));
  const guarded = isSafe ? text : `'${text}`;
  const needsQuotes = guarded.includes(separator) || /["\r\n]/.test(guarded) || guarded !== guarded.trim();
  return needsQuotes ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** One line of an export with its line end (RFC 4180). */
export function csvLine(cells: readonly (string | number | null)[], separator = ','): string {
  return `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
}

/** The separator of a file: the one of comma, semicolon and tab that its first line holds most, outside quotes. */
export function detectSeparator(text: string): ',' | ';' | '\t' {
  const firstLine =
    text
      .slice(0, 4096)
      .split(/\r?\n/)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const candidates = [',', ';', '\t'] as const;
  const count = (separator: string) => firstLine.split(separator).length;
  return [...candidates].sort((a, b) => count(b) - count(a))[0] ?? ',';
}
