// The engine at a ledger of 1,000,000 entries: a preview against the raw reads that it needs; points of 100,000 lots that
// end, against raw writes of the same rows; and for how long the till has to wait meanwhile. LOYALTY_CUSTOMERS and
// LOYALTY_LOTS make it smaller.
import Database from 'better-sqlite3';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { test } from 'vitest';
import type { Job, JobPage, JobTurn } from '#backend/jobs/job.ts';
import { EXPIRE } from '#backend/jobs/lot-jobs.ts';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { copyOfShop, loadedShop } from './support/bench-shop.ts';
import { loadedId } from './support/loaded-history.ts';
import { letLotsEnd, type LoyaltyShop, openLoyaltyShop, publishFullProgramme } from './support/loyalty-shop.ts';
import { median, pairs, percentile, report, round, sample, seeded, timed } from './support/measure.ts';
import { threeLineSale } from './support/sale-input.ts';

const CUSTOMERS = Number(process.env.LOYALTY_CUSTOMERS ?? 1_000_000);
const LOTS = Number(process.env.LOYALTY_LOTS ?? 100_000);
const SLICES = 10;
const PREVIEWS = 300;
/** The loaded history ends on 2026-11-20; the lots end just before, so that they are due. */
const LOTS_END_AT_MS = Date.UTC(2026, 10, 19);
const LONGEST_WAIT_MS = 50;

test('preview at a large ledger', async () => {
  const copy = copyOfShop(await loadedShop(CUSTOMERS));
  const shop = openLoyaltyShop(copy);
  await measurePreview(shop, copy.databasePath, 'one plain rule');
  await publishFullProgramme(shop);
  await measurePreview(shop, copy.databasePath, 'ends, tiers, rewards');
  await shop.close();
  copy.remove();
}, 3_600_000);

async function measurePreview(shop: LoyaltyShop, databasePath: string, what: string): Promise<void> {
  const saleOf = await threeLineSale(shop.caller);
  const random = seeded(17);
  const drafts = Array.from({ length: PREVIEWS }, () => {
    const customerId = loadedId('customer', 1 + Math.floor(random() * CUSTOMERS));
    return { draft: saleOf(shop.env.newId, customerId).input.draft };
  });
  const raw = new Database(databasePath, { readonly: true });
  raw.pragma('cache_size = -32768');
  raw.pragma('mmap_size = 268435456');
  const prepared = new Map<string, Database.Statement>();
  const reads: { statement: Database.Statement; parameters: object }[][] = [];
  for (const draft of drafts) {
    await shop.noting.till.preview(draft);
    reads.push(
      shop.readsSince().map(({ statement, parameters }) => {
        const known = prepared.get(statement) ?? raw.prepare(statement);
        prepared.set(statement, known);
        return { statement: known, parameters };
      }),
    );
  }
  const measured = await pairs(
    9,
    () =>
      sample(PREVIEWS, (index) => {
        for (const { statement, parameters } of reads[index] ?? []) statement.all(parameters);
      }),
    () => sample(PREVIEWS, (index) => shop.caller.till.preview(drafts[index] as (typeof drafts)[number])),
  );
  raw.close();
  const { ratio, ours, raw: base } = measured;
  report({
    measure: `preview at ${CUSTOMERS} entries, ${what}, p50`,
    value: round(ratio.p50, 2),
    unit: 'x raw reads',
    target: 'engine: <= 3',
    isMet: ratio.p50 <= 3,
    note: `${round(ours.p50Ms)} ms against ${round(base.p50Ms)} ms, ${reads[0]?.length ?? 0} reads; p99 ${round(ours.p99Ms)} against ${round(base.p99Ms)}`,
  });
}

test('points of many lots end', async () => {
  const ours = copyOfShop(await loadedShop(CUSTOMERS));
  letLotsEnd(ours.databasePath, LOTS, LOTS_END_AT_MS);
  const raw = copyOfShop(ours);
  const shop = openLoyaltyShop(ours);
  const base = new Database(raw.databasePath);
  base.pragma('synchronous = FULL');
  base.pragma('foreign_keys = ON');
  const reader = new Database(ours.databasePath, { readonly: true });
  const slices: { oursMs: number; rawMs: number; oursCpuMs: number; rawCpuMs: number }[] = [];
  const waits: number[] = [];
  const longestPages: number[] = [];
  const rawPagesMs: number[] = [];
  for (let slice = 0; slice < SLICES; slice += 1) {
    const before = heads(reader);
    const expired = await timed(async () => {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      await runJobs(shop.env, [sliceOf(EXPIRE, Math.ceil(LOTS / SLICES))]);
      delay.disable();
      waits.push(delay.max / 1e6);
    });
    const { longestMs } = reader
      .prepare("SELECT longest_ms AS longestMs FROM job_states WHERE job = 'expire'")
      .get() as { longestMs: number };
    longestPages.push(longestMs);
    const pages = rowsSince(reader, before);
    const write = rawWriter(base);
    const again = await timed(async () => {
      for (const page of pages) {
        const start = performance.now();
        write(page);
        rawPagesMs.push(performance.now() - start);
      }
    });
    slices.push({ oursMs: expired.ms, rawMs: again.ms, oursCpuMs: expired.cpuMs, rawCpuMs: again.cpuMs });
  }
  const written = (
    reader.prepare("SELECT COUNT(*) AS n FROM points_transactions WHERE kind = 'expire'").get() as { n: number }
  ).n;
  reader.close();
  base.close();
  await shop.close();
  ours.remove();
  raw.remove();
  reportExpiry(slices, {
    written,
    waitMs: Math.max(...waits),
    pageMs: Math.max(...longestPages),
    rawMs: percentile(rawPagesMs, 1),
  });
}, 3_600_000);

function reportExpiry(
  slices: readonly { oursMs: number; rawMs: number; oursCpuMs: number; rawCpuMs: number }[],
  given: { written: number; waitMs: number; pageMs: number; rawMs: number },
): void {
  const sum = (pick: (slice: (typeof slices)[number]) => number) =>
    slices.reduce((total, slice) => total + pick(slice), 0);
  const ratio = median(slices.map(({ oursMs, rawMs }) => oursMs / rawMs));
  report({
    measure: `points of ${given.written} lots end, ledger of ${CUSTOMERS}`,
    value: round(ratio, 2),
    unit: 'x raw writes of the same rows',
    target: 'engine: <= 2',
    isMet: ratio <= 2 && given.written === LOTS,
    note: `${round(sum((one) => one.oursMs) / 1000, 1)} s against ${round(sum((one) => one.rawMs) / 1000, 1)} s, cpu x ${round(median(slices.map((one) => one.oursCpuMs / one.rawCpuMs)), 2)}, median of ${SLICES} slices`,
  });
  report({
    measure: 'longest that the till waits while points end',
    value: round(given.waitMs, 1),
    unit: 'ms',
    target: `engine: < ${LONGEST_WAIT_MS}`,
    isMet: given.waitMs < LONGEST_WAIT_MS,
    note: `longest page ${given.pageMs} ms; the longest of the raw ones ${round(given.rawMs, 1)} ms`,
  });
}

/** The job, ended after about so many things. */
function sliceOf(job: Job, most: number): Job {
  return {
    ...job,
    pages: function* (turn: JobTurn): Generator<JobPage> {
      let written = 0;
      for (const page of job.pages(turn) as Iterable<JobPage>) {
        yield page;
        written += page.count;
        if (written >= most) return;
      }
    },
  };
}

type Row = Record<string, string | number | null>;
type Page = Readonly<Record<string, readonly Row[]>>;

function heads(db: Database.Database): { audit: number } {
  return db.prepare('SELECT MAX(seq) AS audit FROM audit_logs').get() as { audit: number };
}

/** What the job wrote, page by page as it was committed; computed columns and numbers are the database's. */
function rowsSince(db: Database.Database, before: { audit: number }): Page[] {
  const audits = db.prepare('SELECT * FROM audit_logs WHERE seq > ?').all(before.audit) as Row[];
  const of = (table: string, column: string) => db.prepare(`SELECT * FROM ${table} WHERE ${column} = ?`);
  const entries = db.prepare(
    "SELECT e.* FROM points_transactions e WHERE e.id IN (SELECT json_extract(data, '$.entryId') FROM customer_events WHERE group_id = ?)",
  );
  const tables = {
    customer_events: of('customer_events', 'group_id'),
    operations: of('operations', 'id'),
    outbox: of('outbox', 'id'),
  };
  return audits.map((audit) => {
    const id = audit.operation_id;
    const rows = Object.entries(tables).map(([table, statement]) => [table, statement.all(id) as Row[]]);
    return { points_transactions: entries.all(id) as Row[], ...Object.fromEntries(rows), audit_logs: [audit] };
  });
}

/** Writes the rows of a page with prepared statements and no app code, in one immediate transaction. */
function rawWriter(db: Database.Database): (page: Page) => void {
  const statements = new Map<string, Database.Statement>();
  const statementOf = (table: string, row: Row): Database.Statement => {
    const known = statements.get(table);
    if (known !== undefined) return known;
    const columns = Object.keys(row).filter((column) => column !== 'seq' || table === 'outbox');
    const made = db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`,
    );
    statements.set(table, made);
    return made;
  };
  return db.transaction((page: Page) => {
    for (const [table, rows] of Object.entries(page)) for (const row of rows) statementOf(table, row).run(row);
  }).immediate;
}
