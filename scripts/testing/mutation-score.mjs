// What a mutation report comes to: a row per folder of rules, and the changes that no test saw.

/** Below this part of its changes seen, a folder fails. */
export const LEAST_SEEN_PERCENT = 90;
/** No more than this part of all changes may be left out by a comment in the code. */
export const MOST_LEFT_OUT_PERCENT = 2;

const SEEN = new Set(['Killed', 'Timeout']);
const MISSED = new Set(['Survived', 'NoCoverage']);

/** Stryker leaves out what runs only while a file loads and says so; whatever else is left out, a comment asked for. */
const isByComment = ({ status, statusReason = '' }) =>
  status === 'Ignored' && !statusReason.startsWith('Static mutant');

/**
 * Returns { folder, changes, seen, missed, leftOut, seenPercent } for each folder under src/shop, by name. A change that
 * does not even load counts for nothing. `files` is the report's own: { path: { mutants, source } }.
 */
export function scoreByFolder(files) {
  const rows = new Map();
  for (const [path, { mutants }] of Object.entries(files)) {
    const folder = folderOf(path);
    const row = rows.get(folder) ?? { folder, changes: 0, seen: 0, missed: 0, leftOut: 0 };
    for (const mutant of mutants) {
      if (SEEN.has(mutant.status)) row.seen += 1;
      if (MISSED.has(mutant.status)) row.missed += 1;
      if (isByComment(mutant)) row.leftOut += 1;
    }
    row.changes = row.seen + row.missed;
    rows.set(folder, row);
  }
  return [...rows.values()]
    .map((row) => ({ ...row, seenPercent: percentOf(row.seen, row.changes) }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The changes that no test saw, one line each, where to find them and what they were. */
export function missedChanges(files) {
  return Object.entries(files).flatMap(([path, { mutants, source }]) =>
    mutants
      .filter(({ status }) => MISSED.has(status))
      .sort(
        (a, b) => a.location.start.line - b.location.start.line || a.location.start.column - b.location.start.column,
      )
      .map(({ status, location: { start, end }, replacement, mutatorName }) => {
        const was = shortened(textBetween(source, start, end));
        const became = shortened(replacement ?? mutatorName);
        const why = status === 'NoCoverage' ? '  (no test runs it)' : '';
        return `${path}:${start.line}:${start.column}  ${was}  →  ${became}${why}`;
      }),
  );
}

/** The rows as a table to print. */
export function tableOf(rows) {
  const cells = [
    ['folder', 'changes', 'seen', 'not seen', 'left out', 'part seen'],
    ...rows.map((row) => [
      row.folder,
      ...[row.changes, row.seen, row.missed, row.leftOut].map(String),
      `${row.seenPercent.toFixed(1)} %`,
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map(([folder, ...numbers]) =>
    [folder.padEnd(widths[0]), ...numbers.map((text, column) => text.padStart(widths[column + 1]))].join('   '),
  );
}

/** What is wrong with the rows, as sentences; none where all is well. */
export function complaintsOf(rows) {
  const changes = rows.reduce((sum, row) => sum + row.changes, 0);
  const leftOut = rows.reduce((sum, row) => sum + row.leftOut, 0);
  const tooMany = percentOf(leftOut, changes + leftOut) > MOST_LEFT_OUT_PERCENT && leftOut > 0;
  return [
    ...rows
      .filter((row) => row.changes > 0 && row.seenPercent < LEAST_SEEN_PERCENT)
      .map((row) => `${row.folder}: ${row.seenPercent.toFixed(1)} % seen, ${LEAST_SEEN_PERCENT} % are asked for.`),
    ...(tooMany ? [`${leftOut} changes are left out by comments, more than ${MOST_LEFT_OUT_PERCENT} %.`] : []),
  ];
}

function percentOf(part, whole) {
  return whole === 0 ? 100 : (part / whole) * 100;
}

function folderOf(path) {
  return path.replaceAll('\\', '/').split('/').slice(0, 3).join('/');
}

/** The source from one place up to another, lines and columns counted from 1. */
function textBetween(source, start, end) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join(' ');
}

function shortened(text) {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > 70 ? `${flat.slice(0, 69)}…` : flat;
}
