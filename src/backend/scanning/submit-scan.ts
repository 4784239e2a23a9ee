import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { classifyScan, SCAN_SOURCES, type ScanClass } from '#shop/scanning/classify.ts';
import {
  judgeFailedCodes,
  judgeSameCode,
  judgeScanRate,
  RATE_WINDOW_MS,
  type RiskFinding,
  SAME_CODE_WINDOW_MS,
  worstRisk,
} from '#shop/scanning/scan-risk.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import { runCommand } from '../command.ts';
import type { CommandScope } from '../command-scope.ts';
import type { BackendEnv, RequestContext, ShopIdentity } from '../context.ts';
import { selectCreditAccount } from '../credit/credit-accounts-store.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import { selectMember } from '../points/accounts-store.ts';
import { writePublic } from '../public-write.ts';
import { exposeToExperiments } from '../value/settle-experiments.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { selectVoucher } from '../vouchers/vouchers-store.ts';
import { recentReadsOf } from './recent-reads.ts';
import { loggedText, resolveScan, type ScanFinding, scanHash, subjectOf } from './resolve-scan.ts';
import {
  countFailedCodes,
  countRepeat,
  insertScan,
  type NewScan,
  selectReadsOfCustomer,
  selectReadsSince,
} from './scans-store.ts';

/** Longer than any scan that is read (4096); longer input is refused with its reason, not taken for a bad request. */
const LONGEST_SUBMITTED = 20_000;
/** A reader's clock is ours when it differs by less than this. */
const CLOCK_TOLERANCE_MS = 10_000;

export const submitScanSchema = z.strictObject({
  /** Anything at all: what cannot be read is answered as such. */
  text: z.string().max(LONGEST_SUBMITTED),
  source: z.enum(SCAN_SOURCES),
  symbology: lineText({ max: 40 }).optional(),
  screen: z.enum(['till', 'customers', 'award', 'other', 'sign-in']),
  /** Of the sale that is open: who scanned a voucher (S0-8). */
  customerId: idSchema.nullable().optional(),
  atMs: z.int().min(0),
});
/** What was read, and who held it up: a customer only at their own screen, which no till can say of itself. */
export type SubmitScanInput = z.output<typeof submitScanSchema> & { readonly scannedBy?: 'CUSTOMER' };

export type ScanOutcome =
  | Exclude<ScanFinding, { kind: 'customer' } | { kind: 'voucher' } | { kind: 'gift-card' } | { kind: 'unknown' }>
  | { readonly kind: 'voucher'; readonly voucherId: string; readonly code: string; readonly name: string }
  | { readonly kind: 'gift-card'; readonly accountId: string; readonly code: string }
  | {
      readonly kind: 'customer';
      readonly customerId: string;
      readonly displayName: string;
      readonly balance: number;
      readonly status: string;
    }
  | (Extract<ScanFinding, { kind: 'unknown' }> & { readonly shownText: string })
  | { readonly kind: 'repeat'; readonly ofKind: string };

export interface ScanAnswer extends RiskFinding {
  readonly scanId: string | null;
  readonly outcome: ScanOutcome;
  readonly riskReason: RiskFinding['reason'];
}

interface Stored {
  readonly scanId: string;
  readonly finding: ScanFinding;
  readonly risk: RiskFinding['risk'];
  readonly riskReason: RiskFinding['reason'];
}

/**
 * Takes one scan from any source and any screen: reads it as data, drops repeats (C-44), looks it up, judges the rate, and
 * logs it with source, result and actor in one transaction. While nobody is signed in only a staff badge is recognised, and
 * the scan is logged without an actor, a few a minute at most. The stored answer holds ids; names are read anew for each answer.
 */
export function submitScan(
  ctx: RequestContext,
  input: SubmitScanInput,
  operationId: string,
): Outcome<Omit<ScanAnswer, 'reason'>> {
  const { env } = ctx;
  const shop = env.shop();
  if (shop === null) return refuse('sign-in-required');
  const scan = classifyScan(input.text);
  const session = env.sessions.of(ctx.clientId);
  if (session === null || session.isLocked) return scanOfNobody(env, shop, input, scan, operationId);
  const memory = recentReadsOf(env);
  const nowMs = env.time.now().wallMs;
  const atMs = Math.abs(input.atMs - nowMs) < CLOCK_TOLERANCE_MS ? input.atMs : nowMs;
  const repeated = memory.repeats({
    operationId,
    key: scanHash(env, scan),
    source: input.source,
    subject: subjectOf(env.db.read, shop.merchantId, scan),
    atMs,
  });
  if (repeated !== null) {
    const { scanId, kind } = repeated;
    if (scanId !== null) env.db.write((db) => countRepeat(db, scanId));
    return done({ scanId, outcome: { kind: 'repeat', ofKind: kind }, risk: 'LOW', riskReason: null });
  }
  const definition = { action: 'scanning.submit', permission: 'scan' as const, handle: handleScan };
  const outcome = runCommand(env, definition, { clientId: ctx.clientId, operationId, input });
  if (outcome.kind === 'refused') return outcome;
  const { scanId, finding, risk, riskReason } = outcome.value;
  memory.became(operationId, scanId, finding.kind);
  return done({ scanId, outcome: withNames(env, shop, finding, scan), risk, riskReason });
}

/** What one scan does inside its command, for somebody who is signed in: looked up, judged and logged. */
export function handleScan(scope: CommandScope, input: SubmitScanInput): Outcome<Stored> {
  const { db, shop, session, moment } = scope;
  const scan = classifyScan(input.text);
  const finding = resolveScan(db, shop.merchantId, scan);
  const codeHash = scanHash(scope.env, scan);
  const { risk, reason } = riskOf(scope, scan, finding, codeHash);
  const customerId = customerOf(scope, input, finding);
  const read = { input, scan, finding, customerId, codeHash, risk, riskReason: reason };
  const row = newScan(scope.env, scope.newId(), read);
  scope.fact('qr_scan_logs', insertScan({ db, shop, moment, staffId: session.staffId }, row));
  if (finding.kind === 'customer') {
    exposeToExperiments(scope, finding.customerId);
    scope.event({
      type: 'customer.scanned',
      category: 'ACTION',
      customerId: finding.customerId,
      data: { scanId: row.id, source: input.source, screen: input.screen, terminalName: shop.terminalName },
    });
  }
  scope.touch('scans');
  return done({ scanId: row.id, finding, risk, riskReason: reason });
}

/** Whose scan it was: of their own code, or of a voucher while they are the customer of the sale. */
function customerOf({ db, shop }: CommandScope, { customerId }: SubmitScanInput, finding: ScanFinding): string | null {
  if (finding.kind === 'customer') return finding.customerId;
  if (finding.kind !== 'voucher' || customerId == null) return null;
  return selectMember(db, shop.merchantId, customerId) === null ? null : customerId;
}

/** The rate of the device; and, where the code is a customer's, what failed before it and how often it was read itself. */
function riskOf(scope: CommandScope, scan: ScanClass, finding: ScanFinding, codeHash: string): RiskFinding {
  if (scan.kind !== 'code' && scan.kind !== 'signed-token') return { risk: 'LOW', reason: null };
  const { atMs } = scope.moment;
  const { merchantId, terminalId, shopId } = scope.shop;
  const minute = { merchantId, terminalId, sinceMs: atMs - RATE_WINDOW_MS };
  const rate = judgeScanRate([...selectReadsSince(scope.db, { ...minute, codeHash }), atMs], atMs);
  const failed = judgeFailedCodes(countFailedCodes(scope.db, minute));
  if (finding.kind === 'voucher' || finding.kind === 'gift-card') return worstRisk([rate, failed]);
  if (finding.kind !== 'customer') return rate;
  const { customerId } = finding;
  const same = selectReadsOfCustomer(scope.db, { customerId, shopId, sinceMs: atMs - SAME_CODE_WINDOW_MS });
  return worstRisk([rate, failed, judgeSameCode([...same, atMs], atMs)]);
}

function scanOfNobody(
  env: BackendEnv,
  shop: ShopIdentity,
  input: SubmitScanInput,
  scan: ScanClass,
  operationId: string,
): Outcome<Omit<ScanAnswer, 'reason'>> {
  const finding: ScanFinding =
    scan.kind === 'staff-badge' ? { kind: 'staff-badge' } : { kind: 'unknown', reason: 'not-known' };
  const memory = recentReadsOf(env);
  const atMs = env.time.now().trustedMs;
  const key = `nobody ${scanHash(env, scan)}`;
  const repeated = memory.repeats({ operationId, key, source: input.source, subject: 'person', atMs });
  if (repeated !== null) {
    const outcome = { kind: 'repeat' as const, ofKind: finding.kind };
    return done({ scanId: repeated.scanId, outcome, risk: 'LOW', riskReason: null });
  }
  const outcome = withNames(env, shop, finding, scan);
  if (!memory.mayLogForNobody(atMs)) return done({ scanId: null, outcome, risk: 'LOW', riskReason: null });
  const row = newScan(env, env.newId(), {
    input,
    scan,
    finding,
    customerId: null,
    codeHash: scanHash(env, scan),
    risk: 'LOW',
    riskReason: null,
  });
  writePublic(
    env,
    shop,
    { action: 'scanning.submit', operationId, staffId: null, sessionId: null },
    ({ db, moment, touch }) => {
      insertScan({ db, shop, moment, staffId: null }, row);
      touch('scans');
      return done({});
    },
  );
  memory.became(operationId, row.id, finding.kind);
  return done({ scanId: row.id, outcome, risk: 'LOW', riskReason: null });
}

function newScan(
  env: BackendEnv,
  id: string,
  read: {
    readonly input: SubmitScanInput;
    readonly scan: ScanClass;
    readonly finding: ScanFinding;
    readonly customerId: string | null;
    readonly codeHash: string;
    readonly risk: RiskFinding['risk'];
    readonly riskReason: RiskFinding['reason'];
  },
): NewScan {
  const { input, scan, finding } = read;
  return {
    id,
    customerId: read.customerId,
    voucherId: finding.kind === 'voucher' ? finding.voucherId : null,
    productId: finding.kind === 'product' ? finding.productId : null,
    transactionId: finding.kind === 'receipt' ? finding.saleId : null,
    scanType: input.scannedBy ?? 'BUSINESS',
    scanSource: input.source,
    codeKind: scan.kind,
    scanResult: finding.kind === 'unknown' ? finding.reason : finding.kind,
    codeHash: read.codeHash,
    risk: read.risk,
    riskReason: read.riskReason,
    deviceInfo: JSON.stringify({ host: env.host, appVersion: env.appVersion, os: process.platform }),
    userAgent: `Regulars/${env.appVersion}`,
    metadata: JSON.stringify({
      screen: input.screen,
      ...loggedText(scan, finding),
      ...(input.symbology === undefined ? {} : { symbology: input.symbology }),
    }),
  };
}

function withNames(env: BackendEnv, shop: ShopIdentity, finding: ScanFinding, scan: ScanClass): ScanOutcome {
  if (finding.kind === 'unknown') return { ...finding, shownText: scan.shownText };
  if (finding.kind === 'voucher') return voucherOutcome(env, shop, finding);
  if (finding.kind === 'gift-card') {
    const card = selectCreditAccount(env.db.read, shop.merchantId, finding.accountId);
    return { ...finding, code: card?.code ?? '' };
  }
  if (finding.kind !== 'customer') return finding;
  const customer = selectCustomer(env.db.read, shop.merchantId, finding.customerId);
  if (customer === null) return { kind: 'unknown', reason: 'not-known', shownText: scan.shownText };
  const { personal, code, balance, status } = customer;
  return { ...finding, displayName: personal.fullName === '' ? code : personal.fullName, balance, status };
}

function voucherOutcome(
  { db }: BackendEnv,
  { merchantId }: ShopIdentity,
  { voucherId }: Extract<ScanFinding, { kind: 'voucher' }>,
): ScanOutcome {
  const { code, campaignId } = mustHave(selectVoucher(db.read, merchantId, voucherId), 'the voucher of a scan');
  const { name } = mustHave(selectCampaign(db.read, merchantId, campaignId), 'the campaign of a voucher');
  return { kind: 'voucher', voucherId, code, name };
}
