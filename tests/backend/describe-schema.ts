import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { allMigrations, migrate } from '#backend/db/migrate.ts';

const GLOSSARY = resolve(import.meta.dirname, '../../docs/glossary.md');

/** Under which heading the tables of a migration stand, where it is not the name of its own file. */
const AREAS: Readonly<Record<number, string>> = {
  45: 'customers',
  120: 'sales',
  130: 'scans',
  135: 'staff',
  100: 'operations and what waits to be sent',
  240: 'jobs',
  251: 'points',
  260: 'points',
  280: 'sales',
  281: 'customers',
  300: 'vouchers',
  310: 'store credit',
  345: 'staff',
  360: 'customers',
  370: 'staff',
  410: 'vouchers',
  411: 'vouchers',
};

/** What tables are for, where neither their migration nor the glossary says so of this table alone. */
const PURPOSES: Readonly<Record<string, string>> = {
  system_settings: 'What the shop has set, by key; typed and checked where it is read.',
  staff_members: 'Who works here, with the hash of their PIN.',
  customers: 'Who buys here: the card, the counters, nothing that names a person.',
  customer_pii: 'What names a person, apart, so that it can be erased.',
  customer_consents: 'Who agreed to which wording or took it back: when, how and before whom.',
  tax_rates: 'Taxes by name and rate; one is the default.',
  categories: 'Groups of products, in the order of the till.',
  products: 'What is sold, with its price, tax and category.',
  product_barcodes: 'Codes printed on products; one code is one product.',
  customer_merge_lots: 'Which points went along with a merge, so that undoing it gives back just those.',
  segment_members: 'Who is in a segment now, and since when.',
  consent_notes: 'What was noted of a consent; apart, so that it can be erased.',
  refund_tenders: 'How the money of a refund went back.',
  programme_balances: 'Points by customer and programme, kept by triggers.',
  sale_entries:
    'One signed line for every sale, refund and cancellation, goods and stored value apart: what totals and figures are sums of.',
  merchant_daily_analytics: 'A day of the shop in sums, kept by triggers.',
  merchant_hourly_analytics: 'An hour of the day in sums, kept by triggers.',
  customer_visits: 'The days on which a customer bought.',
  campaign_days: 'A campaign’s uses and cost by day, kept by triggers.',
};

interface Made {
  readonly table: string;
  readonly area: string;
  readonly file: string;
  readonly purpose: string;
}

interface Column {
  readonly name: string;
  readonly isKey: boolean;
  readonly isNull: boolean;
  readonly parent: string | null;
  readonly meaning: string;
}

/** The comment lines that stand right above a line, as one sentence. */
function commentAbove(lines: readonly string[], at: number): string {
  let from = at;
  while (from > 0 && /^\s*--/.test(lines[from - 1] ?? '')) from -= 1;
  const words = lines.slice(from, at).map((line) => line.replace(/^\s*--\s?/, '').trim());
  return words.join(' ').replaceAll(/ +/g, ' ');
}

/** What a migration says of itself in its first lines. */
function headOf(lines: readonly string[]): string {
  return commentAbove(
    lines,
    lines.findIndex((line) => !line.startsWith('--')),
  );
}

function sentence(words: string): string {
  return words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;
}

/** What the glossary says of a table. */
function readGlossary(): Map<string, string> {
  const meanings = new Map<string, string>();
  for (const line of readFileSync(GLOSSARY, 'utf8').split('\n')) {
    const [, , , tables = '', meaning = ''] = line.split('|').map((cell) => cell.trim());
    for (const [, table = ''] of tables.matchAll(/`(\w+)`/g)) if (!meanings.has(table)) meanings.set(table, meaning);
  }
  return meanings;
}

/** Every table with the migration that made it last and what is written above it; else what the glossary says. */
function readMade(): Made[] {
  const glossary = readGlossary();
  const made = new Map<string, Made>();
  for (const { number, name, text } of allMigrations()) {
    const lines = text.split('\n');
    const noun = name.replace(/^\d+_|\.sql$/g, '').replaceAll('_', ' ');
    const count = text.match(/^CREATE (VIRTUAL )?TABLE/gm)?.length ?? 0;
    for (const [at, line] of lines.entries()) {
      const table = /^CREATE (?:VIRTUAL )?TABLE (\w+?)(?:_next)?\s/.exec(line)?.[1];
      if (table === undefined) continue;
      const above = commentAbove(lines, at);
      const own = above === headOf(lines) && count > 1 ? '' : above;
      const area = AREAS[number] ?? noun;
      made.set(table, {
        table,
        area,
        file: `${String(number).padStart(4, '0')}_${noun.replaceAll(' ', '_')}.sql`,
        purpose: own || sentence(PURPOSES[table] ?? glossary.get(table) ?? ''),
      });
    }
  }
  return [...made.values()];
}

/** What a later migration wrote above a column that it added. */
function addedMeanings(): Map<string, string> {
  const meanings = new Map<string, string>();
  for (const { text } of allMigrations()) {
    const lines = text.split('\n');
    for (const [at, line] of lines.entries()) {
      const [, table, column] = /^ALTER TABLE (\w+) ADD COLUMN (\w+)/.exec(line) ?? [];
      if (table === undefined || column === undefined) continue;
      const above = commentAbove(lines, at);
      meanings.set(`${table}.${column}`, above === headOf(lines) && /^CREATE TABLE/m.test(text) ? '' : above);
    }
  }
  return meanings;
}

function columnsOf(db: Database.Database, table: string, added: ReadonlyMap<string, string>): Column[] {
  const { sql } = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) as {
    sql: string;
  };
  const lines = sql.split('\n');
  const infos = db.prepare('SELECT name, "notnull" AS isRequired, pk FROM pragma_table_info(?)').all(table) as {
    name: string;
    isRequired: number;
    pk: number;
  }[];
  const parents = db
    .prepare('SELECT "from" AS child, "table" AS parent FROM pragma_foreign_key_list(?)')
    .all(table) as {
    child: string;
    parent: string;
  }[];
  return infos.map(({ name, isRequired, pk }) => {
    const at = lines.findIndex((line) => new RegExp(`^\\s*"?${name}"?\\s`).test(line));
    const values = /\bIN \(('[^)]*')\)/
      .exec(lines[at] ?? '')?.[1]
      ?.replaceAll(/'|\s/g, '')
      .replaceAll(',', ', ');
    const written = added.get(`${table}.${name}`) ?? (at < 1 ? '' : commentAbove(lines, at));
    return {
      name,
      isKey: pk > 0,
      isNull: isRequired === 0 && pk === 0,
      parent: parents.find(({ child }) => child === name)?.parent ?? null,
      meaning: [sentence(written), values === undefined ? '' : `One of: ${values}.`].filter(Boolean).join(' '),
    };
  });
}

/** What triggers forbid: those called `…_frozen` and `…_kept` refuse a change or a removal of any row. */
function lawOf(db: Database.Database, table: string): string {
  const triggers = db
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? AND sql NOT LIKE '% WHEN %'")
    .all(table) as { name: string; sql: string }[];
  // A trigger on some of the columns freezes those alone.
  const isFrozen = triggers.some(({ name, sql }) => name.endsWith('_frozen') && !/ UPDATE OF /.test(sql));
  const isKept = triggers.some(({ name }) => name.endsWith('_kept'));
  if (isFrozen && isKept) return ' Append-only: rows never change and are never removed.';
  if (isFrozen) return ' Rows never change.';
  return isKept ? ' Rows are never removed.' : '';
}

function describeTable(
  db: Database.Database,
  { table, file, purpose }: Made,
  added: ReadonlyMap<string, string>,
): string {
  const columns = columnsOf(db, table, added).filter(({ name }) => name !== 'merchant_id');
  const names = columns.map(
    ({ name, isKey, isNull, parent }) =>
      `\`${name}\`${isNull ? '?' : ''}${isKey ? ' (key)' : ''}${parent === null ? '' : ` → ${parent}`}`,
  );
  const notes = columns.filter(({ meaning }) => meaning !== '').map(({ name, meaning }) => `- \`${name}\`: ${meaning}`);
  const lead = `${purpose}${lawOf(db, table)} (\`${file}\`)`.trim();
  return [`### ${table}`, '', lead, '', names.join(' · '), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

const HEAD = `# The schema

What lies in a shop's database, table by table, as the migrations make it. This page is written by
\`npx vitest run tests/backend/schema-doc.test.ts --update\` from the migrated database and from what the migrations say of themselves;
the same test fails when it is out of date. To change the schema: a new file in \`src/backend/db/migrations\`, its checksum in
\`tests/backend/migration-checksums.json\`, and this page written anew. What has been released is never edited.

Every table is STRICT. \`merchant_id\`, in every table of the business, is left out below; \`?\` may be null; \`→\` names the table that a
column refers to. Names end in their unit: \`_ms\` milliseconds since
1970, \`_minor\` the smallest unit of the currency, \`_basis_points\` hundredths of a percent, \`_thousandths\` of a piece, \`_on\` a day.`;

/** The whole page: every table of a freshly migrated database, by area. */
export function describeSchema(): string {
  const db = new Database(':memory:');
  migrate(db, 0);
  const exists = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  const made = readMade().filter(({ table }) => exists.get(table) !== undefined);
  const areas = [...new Set(made.map(({ area }) => area))];
  const added = addedMeanings();
  const chapters = areas.map((area) => {
    const tables = made.filter((entry) => entry.area === area);
    const title = `## ${area.charAt(0).toUpperCase()}${area.slice(1)}`;
    return [title, ...tables.map((entry) => describeTable(db, entry, added))].join('\n\n');
  });
  db.close();
  return `${[HEAD, ...chapters].join('\n\n')}\n`;
}

/** The tables of a freshly migrated database, but those that full-text search makes for itself and the migrations' own. */
export function tablesOfSchema(): string[] {
  const db = new Database(':memory:');
  migrate(db, 0);
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  db.close();
  const virtual = names.filter((name) => names.includes(`${name}_data`));
  return names.filter((name) => name !== 'schema_migrations' && !virtual.some((table) => name.startsWith(`${table}_`)));
}
