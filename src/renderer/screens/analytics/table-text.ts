export interface PlainTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const FORMULA_START = /^[=+\-@\t\r\0]/;

/** A cell that a spreadsheet would run as a formula is led by an apostrophe; numbers stay numbers (OWASP, CSV injection). */
function safeCell(cell: string | number): string {
  const text = typeof cell === 'number' ? String(cell) : cell;
  return typeof cell === 'string' && FORMULA_START.test(text) ? `'${text}` : text;
}

/** Returns the table as RFC 4180 text with CRLF and a byte order mark, which spreadsheets need to read accents. */
export function toCsv(table: PlainTable): string {
  const line = (cells: readonly (string | number)[]): string =>
    cells
      .map((cell) => (/[",;\r\n]/.test(safeCell(cell)) ? `"${safeCell(cell).replaceAll('"', '""')}"` : safeCell(cell)))
      .join(',');
  return `\uFEFF${[table.columns, ...table.rows].map(line).join('\r\n')}\r\n`;
}

/** Returns the table as tab-separated text, which pastes into cells. */
export function toTabText(table: PlainTable): string {
  return [table.columns, ...table.rows]
    .map((cells) => cells.map((cell) => safeCell(cell).replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}
