import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { bulkText } from '#shop/text/text-schema.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { selectGiftCard } from '../credit/credit-accounts-store.ts';
import { eachInTurns, MAX_CSV_LENGTH, readCsv } from '../read-csv.ts';
import { refusalError } from '../trpc.ts';
import { termsOfCodes } from './batches.ts';
import { insertBatch, selectBatch, setBatch } from './batches-store.ts';
import { CODES_A_PAGE, writeCodes } from './make-codes.ts';
import { selectVoucherByKey } from './vouchers-store.ts';

const COLUMNS = { code: ['code', 'codigo', 'codes', 'codigos', 'voucher', 'voucher code', 'cupon', 'vale'] } as const;
const MOST_IN_ALL = 1_000_000;

/**
 * Why a code of a file is left out: it is none (3 to 40 letters and digits), it stands in the file twice, this campaign
 * has it already, or something else has.
 */
export type CodeProblem = 'bad-code' | 'duplicate' | 'known' | 'taken';

/** One row of a file. */
export interface CodeRow {
  readonly line: number;
  readonly code: string;
  readonly problem: CodeProblem | null;
}

export const previewCodesSchema = z.strictObject({ campaignId: idSchema, csvText: bulkText({ max: MAX_CSV_LENGTH }) });

/**
 * Says of each row of a file whether its code can come in, writing nothing. Throws 'import-unreadable', and what refuses
 * a campaign codes of its own.
 */
export async function previewCodes(
  scope: ReadScope,
  { campaignId, csvText }: z.output<typeof previewCodesSchema>,
): Promise<{ rows: CodeRow[]; counts: Record<CodeProblem | 'good', number> }> {
  const terms = termsOfCodes(scope, campaignId);
  if ('reason' in terms) throw refusalError(terms);
  const table = readCsv(csvText, COLUMNS);
  if (table === null) throw refusalError(refuse('import-unreadable'));
  const look = createLook(scope, campaignId);
  const rows = await eachInTurns(table.rows, (row) => look(row.line, codeIn(row.cell('code'))));
  const counts = { good: 0, 'bad-code': 0, duplicate: 0, known: 0, taken: 0 };
  for (const { problem } of rows) counts[problem ?? 'good'] += 1;
  return { rows, counts };
}

export const importCodesSchema = z.strictObject({
  campaignId: idSchema,
  /** The same for all pages of a file. */
  importId: idSchema,
  rows: z
    .array(z.strictObject({ line: z.int().min(1), code: z.string().max(120) }))
    .min(1)
    .max(CODES_A_PAGE),
});

/**
 * Takes in one page of codes from a file. What a row does is decided anew: one that does not fit is left out and told.
 * All pages of a file are one batch. Refuses 'not-found', 'campaign-ended' and 'campaign-without-codes'.
 */
export function importCodes(
  scope: CommandScope,
  { campaignId, importId, rows }: z.output<typeof importCodesSchema>,
): Outcome<{ made: number; problems: { line: number; problem: CodeProblem }[] }> {
  const terms = termsOfCodes(scope, campaignId);
  if ('reason' in terms) return terms;
  const known = selectBatch(scope.db, scope.shop.merchantId, importId);
  const isOurs = known === null || (known.kind === 'imported' && known.campaignId === campaignId);
  if (!isOurs || (known?.made ?? 0) + rows.length > MOST_IN_ALL) return refuse('not-found');
  const look = createLook(scope, campaignId);
  const looked = rows.map(({ line, code }) => look(line, codeIn(code)));
  const problems = looked.flatMap(({ line, problem }) => (problem === null ? [] : [{ line, problem }]));
  const codes = looked.flatMap(({ code, problem }) => {
    const codeKey = codeKeyOf(code);
    return problem === null && codeKey !== null ? [{ code, codeKey }] : [];
  });
  const made = codes.length;
  if (made > 0) {
    const createdByStaffId = scope.session.staffId;
    putBatch(scope, { importId, campaignId, before: known?.made ?? null, added: made });
    writeCodes(scope, { campaignId, batchId: importId, createdByStaffId, ...terms }, made, () => codes);
  }
  const counts = { campaignId, made, leftOut: problems.length };
  scope.changed({ table: 'voucher_batches', recordId: importId, before: null, after: counts });
  scope.touch('vouchers');
  return done({ made, problems });
}

function putBatch(
  { db, shop, moment, session, fact }: CommandScope,
  {
    importId,
    campaignId,
    before,
    added,
  }: { importId: string; campaignId: string; before: number | null; added: number },
): void {
  const made = (before ?? 0) + added;
  const soFar = { wanted: made, made, status: 'done' as const, endedAtMs: moment.atMs };
  if (before !== null) {
    fact('voucher_batches', setBatch(db, { batchId: importId, ...soFar }));
    return;
  }
  const of = { id: importId, merchantId: shop.merchantId, campaignId, kind: 'imported' as const, pattern: '' };
  const began = { createdByStaffId: session.staffId, createdAtMs: moment.atMs };
  fact('voucher_batches', insertBatch(db, { ...of, ...soFar, ...began }));
}

/** Looks at one row after the other; remembers what stood in the rows before. */
function createLook({ db, shop }: Pick<ReadScope, 'db' | 'shop'>, campaignId: string) {
  const seen = new Set<string>();
  return (line: number, code: string): CodeRow => {
    const codeKey = code.length > 40 ? null : codeKeyOf(code);
    if (codeKey === null) return { line, code, problem: 'bad-code' };
    if (seen.has(codeKey)) return { line, code, problem: 'duplicate' };
    seen.add(codeKey);
    const owner = selectVoucherByKey(db, shop.merchantId, codeKey);
    if (owner === null) {
      const isCard = selectGiftCard(db, shop.merchantId, codeKey) !== null;
      return { line, code, problem: isCard ? 'taken' : null };
    }
    return { line, code, problem: owner.campaignId === campaignId ? 'known' : 'taken' };
  };
}

/** A code as it stands in a cell: in capitals, without the mark that keeps a spreadsheet from running it. */
function codeIn(cell: string): string {
  return cell
    .replace(/^'(?=[=+\-@])/, '')
    .trim()
    .toUpperCase();
}
