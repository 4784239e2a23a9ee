import { csvCell, csvLine } from '#shop/csv/csv-cell.ts';

export interface PlainTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Returns the table as RFC 4180 text with a byte order mark, which spreadsheets need to read accents. */
export function toCsv(table: PlainTable): string {
  return `\uFEFF${[table.columns, ...table.rows].map((cells) => csvLine(cells)).join('')}`;
}

/** Returns the table as tab-separated text, which pastes into cells; cells are guarded as in a file. */
export function toTabText(table: PlainTable): string {
  return [table.columns, ...table.rows]
    .map((cells) => cells.map((cell) => csvCell(flat(cell), '\t')).join('\t'))
    .join('\n');
}

function flat(cell: string | number): string | number {
  return typeof cell === 'number' ? cell : cell.replace(/[\t\r\n]+/g, ' ');
}
