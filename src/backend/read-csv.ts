import { setImmediate } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { foldForSearch } from '#shop/customers/name.ts';
import { detectSeparator } from '#shop/csv/csv-cell.ts';
import { tidiedNote } from '#shop/text/text-schema.ts';

/** A file may hold this many rows; more are sent as several files. */
export const MAX_CSV_ROWS = 20_000;
/** Longest text of a file, in UTF-16 units: what one request may carry (1 MiB) has room for its escapes. */
export const MAX_CSV_LENGTH = 900_000;
/** Rows looked at before others on this thread get their turn. */
const ROWS_A_TURN = 100;

/** What a column is called in files: folded names, the first of them as the export writes it. */
export type ColumnNames<Column extends string> = Readonly<Record<Column, readonly string[]>>;

export interface CsvRow<Column extends string> {
  /** Where the row stands in the file; the header is line 1. */
  readonly line: number;
  /** The cell of a column, tidied; '' where it is empty or the file has no such column. */
  cell(column: Column): string;
}

export interface CsvTable<Column extends string> {
  readonly columns: readonly Column[];
  readonly rows: readonly CsvRow<Column>[];
}

/**
 * Reads a CSV file whose first row names the columns, in English or Spanish, in any order; columns that nobody knows are left
 * out. Separator and byte order mark are recognised. Null when it is no such file or has too many rows.
 */
export function readCsv<Column extends string>(csvText: string, names: ColumnNames<Column>): CsvTable<Column> | null {
  const records = parsed(csvText);
  const [header, ...rest] = records ?? [];
  if (header === undefined || rest.length > MAX_CSV_ROWS) return null;
  const positions = positionsOf(header, names);
  if (positions.size === 0) return null;
  const rows = rest.map((cells, index) => ({
    line: index + 2,
    cell: (column: Column) => tidiedNote(cells[positions.get(column) ?? -1] ?? ''),
  }));
  return { columns: [...positions.keys()], rows };
}

/** Looks at rows one after the other without holding the thread: after some rows everybody else has a turn. */
export async function eachInTurns<Row, Value>(rows: readonly Row[], look: (row: Row) => Value): Promise<Value[]> {
  const seen: Value[] = [];
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index % ROWS_A_TURN === 0) await setImmediate();
    seen.push(look(row));
  }
  return seen;
}

function parsed(csvText: string): string[][] | null {
  if (csvText.includes('\u0000')) return null;
  const text = csvText.startsWith('\ufeff') ? csvText.slice(1) : csvText;
  try {
    return parse(text, {
      delimiter: detectSeparator(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
    });
  } catch {
    return null;
  }
}

function positionsOf<Column extends string>(
  header: readonly string[],
  names: ColumnNames<Column>,
): Map<Column, number> {
  const folded = header.map((name) =>
    foldForSearch(name)
      .replace(/[^a-z0-9]+/g, ' ')
      .trim(),
  );
  const positions = new Map<Column, number>();
  for (const [column, known] of Object.entries(names) as [Column, readonly string[]][]) {
    const position = folded.findIndex((name) => known.includes(name));
    if (position >= 0) positions.set(column, position);
  }
  return positions;
}
