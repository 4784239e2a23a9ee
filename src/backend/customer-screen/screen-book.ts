import { PAID_SHOWN_MS, QUESTION_SHOWN_MS } from '#shop/customer-screen/screen-state.ts';
import type { RefusalReason } from '#shop/refusal.ts';
import type { SaleDraft, TenderKind } from '#shop/till/sale.ts';
import type { ScanAnswer } from '../scanning/submit-scan.ts';

/** What the till's window shows: the sale that is open there, and whether it is being paid. */
export interface ShownSale {
  /** The window that is to do what the customer asks for. */
  readonly clientId: string;
  readonly draft: SaleDraft | null;
  readonly moment: 'order' | 'paying';
  readonly tenderKind: TenderKind;
}

/** A sale that has just been paid. answerId: of its question; null where none is put. */
export interface PaidSale {
  readonly saleId: string;
  readonly customerId: string | null;
  readonly totalMinor: number;
  readonly changeMinor: number;
  readonly earnedPoints: number;
  readonly balancePoints: number | null;
  readonly answerId: string | null;
}

interface KeptPaid extends PaidSale {
  readonly score: number | null;
  readonly untilMs: number;
}

type ScanOfCustomer = Omit<ScanAnswer, 'reason'>;

/** What the customer did at the screen, for the till's window to do its usual way. */
export type ScreenRequest = { readonly requestId: string; readonly saleId: string } & (
  | { readonly kind: 'customer'; readonly customerId: string; readonly scan: ScanOfCustomer }
  | {
      readonly kind: 'voucher';
      readonly voucherId: string;
      readonly code: string;
      readonly name: string;
      readonly scan: ScanOfCustomer | null;
    }
);

const MOST_REQUESTS = 10;
const MOST_IN_WINDOW = { scan: 30, choice: 60 };
const RATE_WINDOW_MS = 60_000;

interface Kept {
  readonly shown: ShownSale | null;
  readonly paid: KeptPaid | null;
  readonly requests: readonly ScreenRequest[];
  readonly declined: ReadonlyMap<string, RefusalReason>;
  readonly seen: ReadonlySet<string>;
}
const NO_SALE = { requests: [], declined: new Map<string, RefusalReason>(), seen: new Set<string>() };
const NOTHING: Kept = { shown: null, paid: null, ...NO_SALE };

/** The memory of the customer's screen: one per till, gone with the process. Instants are trusted time, UTC ms. */
export class ScreenBook {
  #kept: Kept = NOTHING;
  readonly #watchers = new Set<() => void>();
  readonly #recent = { scan: [] as number[], choice: [] as number[] };

  /** Whether a screen listens. */
  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  /** The till's window that is in front, and its sale. */
  get shown(): ShownSale | null {
    return this.#kept.shown;
  }

  get requests(): readonly ScreenRequest[] {
    return this.#kept.requests;
  }

  /** Vouchers that the till was asked for and refused, with the reason. */
  get declined(): ReadonlyMap<string, RefusalReason> {
    return this.#kept.declined;
  }

  /** Tells of every change until the returned function is called. */
  watch(onChange: () => void): () => void {
    this.#watchers.add(onChange);
    return () => void this.#watchers.delete(onChange);
  }

  /** Something that the screen reads has changed elsewhere: somebody signed in or out. */
  wake(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /**
   * Takes what a window shows. A second window without a sale takes nothing from the one that has one; the sale that has
   * just been paid stays paid.
   */
  show(shown: ShownSale): void {
    const { paid, shown: before } = this.#kept;
    const other = before?.clientId === shown.clientId ? null : (before?.draft ?? null);
    const isNothing = shown.draft === null || isUntouched(shown.draft);
    if (isNothing && other !== null && !isUntouched(other)) return;
    if (shown.draft !== null && shown.draft.saleId === paid?.saleId) return;
    const isSameSale = shown.draft?.saleId === before?.draft?.saleId;
    this.#change({ ...(isSameSale ? {} : NO_SALE), shown, ...(isNothing ? {} : { paid: null }) });
  }

  /** A sale was paid: where it is the one on the screen, that is what it shows now. */
  pay(paid: PaidSale, nowMs: number): void {
    const { shown } = this.#kept;
    if (!this.isWatched || shown?.draft?.saleId !== paid.saleId) return;
    const untilMs = nowMs + (paid.answerId === null ? PAID_SHOWN_MS : QUESTION_SHOWN_MS);
    this.#change({ ...NO_SALE, shown: { ...shown, draft: null }, paid: { ...paid, score: null, untilMs } });
  }

  /** What was paid last, as long as it is shown. */
  paidAt(nowMs: number): KeptPaid | null {
    const { paid } = this.#kept;
    return paid !== null && nowMs < paid.untilMs ? paid : null;
  }

  /** Keeps what was answered to the question that is shown: the first answer stays. */
  answered(answerId: string, score: number, nowMs: number): void {
    const { paid } = this.#kept;
    if (paid?.answerId !== answerId || paid.score !== null) return;
    this.#change({ paid: { ...paid, score, untilMs: nowMs + PAID_SHOWN_MS } });
  }

  /** Hands something to the till's window; false where that has enough to do. The same is asked for once. */
  ask(request: ScreenRequest): boolean {
    const { requests, declined } = this.#kept;
    if (requests.some((known) => subjectOf(known) === subjectOf(request))) return true;
    if (requests.length >= MOST_REQUESTS) return false;
    const left = new Map([...declined].filter(([voucherId]) => voucherId !== subjectOf(request)));
    this.#change({ requests: [...requests, request], declined: left });
    return true;
  }

  /** The window has done it, or was refused. False where there is no such request any more. */
  finish(requestId: string, reason: RefusalReason | null): boolean {
    const { requests, declined } = this.#kept;
    const request = requests.find((known) => known.requestId === requestId);
    if (request === undefined) return false;
    const isDeclined = request.kind === 'voucher' && reason !== null;
    this.#change({
      requests: requests.filter((known) => known !== request),
      declined: isDeclined ? new Map([...declined, [request.voucherId, reason]]) : declined,
    });
    return true;
  }

  /** Whether the screen may do one more of this now: a hand that plays is slowed down, nobody's purchase is. */
  mayDo(what: 'scan' | 'choice', nowMs: number): boolean {
    const recent = this.#recent[what].filter((atMs) => nowMs - atMs < RATE_WINDOW_MS);
    if (recent.length >= MOST_IN_WINDOW[what]) return false;
    this.#recent[what] = [...recent, nowMs];
    return true;
  }

  /** Those of the keys that this sale has not shown yet; they count as shown from now on. */
  unseen(keys: readonly string[]): string[] {
    const { seen } = this.#kept;
    const fresh = keys.filter((key) => !seen.has(key));
    if (fresh.length > 0) this.#kept = { ...this.#kept, seen: new Set([...seen, ...fresh]) };
    return fresh;
  }

  #change(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    this.wake();
  }
}

function subjectOf(request: ScreenRequest): string {
  return request.kind === 'voucher' ? request.voucherId : request.customerId;
}

/** Nothing in it: no line, no customer, nothing that comes back, nothing asked for. */
export function isUntouched({ lines, customerId, exchange, vouchers = [] }: SaleDraft): boolean {
  return lines.length === 0 && customerId === null && exchange === undefined && vouchers.length === 0;
}
