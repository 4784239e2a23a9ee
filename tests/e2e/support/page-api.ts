import type { Page } from '@playwright/test';

export interface PageCall {
  readonly path: string;
  readonly kind: 'query' | 'mutation';
  /** JSON text as it crosses the line; undefined for a procedure without input. */
  readonly inputText: string | undefined;
}

export interface PageAnswer {
  /** 200, or the status of the error. */
  readonly status: number;
  readonly data: unknown;
  readonly refusal: { readonly reason: string; readonly facts?: Record<string, unknown> } | null;
  /** The whole answer as it came. */
  readonly text: string;
}

/**
 * Sends calls from inside the page over the line that its host offers: the preload's bridge in Electron, HTTP with the
 * tab's token in a browser. All at once, so that they race; answers in the order of the calls.
 */
export async function sendFromPage(page: Page, calls: readonly PageCall[]): Promise<PageAnswer[]> {
  const texts = await page.evaluate(
    async (given) => {
      interface Line {
        send(text: string): void;
        close(): void;
      }
      interface Handlers {
        opened(): void;
        message(text: string): void;
        closed(): void;
      }
      const { till } = window as never as { till?: { open(handlers: Handlers): Line } };
      if (till === undefined) {
        const token = sessionStorage.getItem('regulars.token') ?? '';
        const headers = { 'content-type': 'application/json', 'x-regulars-token': token };
        return Promise.all(
          given.map(async ({ path, inputText }) => {
            const body = inputText === undefined ? '{}' : `{"0":${inputText}}`;
            const answer = await fetch(`/trpc/${path}?batch=1`, { method: 'POST', headers, body });
            return `{"status":${answer.status},"batch":${await answer.text()}}`;
          }),
        );
      }
      return new Promise<string[]>((resolve, reject) => {
        const answers: string[] = [];
        const late = setTimeout(() => {
          const open = given.filter((_, index) => answers[index] === undefined);
          const words = open.map(({ path, inputText }) => `${path} ${inputText?.slice(0, 300) ?? 'nothing'}`);
          reject(new Error(`no answer to ${words.join(' | ')}`));
        }, 20_000);
        let count = 0;
        const line = till.open({
          opened: () => {
            for (const [index, { path, kind, inputText }] of given.entries()) {
              const input = inputText === undefined ? '' : `,"input":${inputText}`;
              line.send(`{"id":${index},"method":"${kind}","params":{"path":"${path}"${input}}}`);
            }
          },
          message: (text) => {
            const { id } = JSON.parse(text) as { id?: number | null };
            if (typeof id !== 'number' || answers[id] !== undefined) return;
            answers[id] = text;
            count += 1;
            if (count < given.length) return;
            clearTimeout(late);
            line.close();
            resolve(answers);
          },
          closed: () => reject(new Error('the line was closed')),
        });
        if (given.length === 0) resolve([]);
      });
    },
    calls.map(({ path, kind, inputText }) => ({ path, kind, inputText })),
  );
  return texts.map(readAnswer);
}

interface WireAnswer {
  readonly result?: { readonly data?: unknown };
  readonly error?: { readonly data?: { readonly httpStatus?: number; readonly refusal?: PageAnswer['refusal'] } };
}

function readAnswer(text: string): PageAnswer {
  const whole = JSON.parse(text) as WireAnswer & { status?: number; batch?: WireAnswer[] | WireAnswer };
  const wire = whole.batch === undefined ? whole : Array.isArray(whole.batch) ? whole.batch[0] : whole.batch;
  const failed = wire?.error !== undefined;
  const status = failed ? (wire.error?.data?.httpStatus ?? whole.status ?? 500) : (whole.status ?? 200);
  return { status, data: wire?.result?.data, refusal: wire?.error?.data?.refusal ?? null, text };
}

const hexOf = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** An id as the console makes them: UUID version 7. */
export function newId(): string {
  const atMs = Date.now();
  const random = Array.from({ length: 20 }, () => hexOf(Math.floor(Math.random() * 16), 1)).join('');
  const time = hexOf(atMs, 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

/** Asks the console from inside the page; throws with the whole answer when it is refused. */
export async function ask<Answer>(page: Page, path: string, input?: unknown): Promise<Answer> {
  const inputText = input === undefined ? undefined : JSON.stringify(input);
  const [answer] = await sendFromPage(page, [{ path, kind: 'query', inputText }]);
  return dataOf<Answer>(path, answer);
}

/** Gives the console a command from inside the page, with an operation id of its own; throws when it is refused. */
export async function command<Answer>(page: Page, path: string, input: unknown): Promise<Answer> {
  const inputText = JSON.stringify({ operationId: newId(), input });
  const [answer] = await sendFromPage(page, [{ path, kind: 'mutation', inputText }]);
  return dataOf<Answer>(path, answer);
}

function dataOf<Answer>(path: string, answer: PageAnswer | undefined): Answer {
  if (answer === undefined || answer.status >= 300) throw new Error(`${path}: ${answer?.text}`);
  return answer.data as Answer;
}
