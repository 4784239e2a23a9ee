/** What came back for one call. */
export type LineAnswer =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly reason: string }
  /** An error that is no refusal; `fault` names the disk's. */
  | { readonly kind: 'failed'; readonly fault: string | null; readonly text: string }
  /** The host went away before it answered. */
  | { readonly kind: 'gone' };

/** How a client talks to a running host: HTTP with a token, or the window's bridge. */
export interface Line {
  call(kind: 'query' | 'mutation', path: string, input?: unknown): Promise<LineAnswer>;
}

interface WireAnswer {
  readonly result?: { readonly data?: unknown };
  readonly error?: {
    readonly data?: { readonly refusal?: { readonly reason: string } | null; readonly fault?: string };
  };
}

/** Signs in at the web host with its one-time address, as a browser does, and returns the line that the token opens. */
export async function pairWith(address: string): Promise<Line> {
  const { origin, hash } = new URL(address);
  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...headers },
      body,
    });
  const code = /pair=([\w-]+)/.exec(hash)?.[1];
  const { token } = (await (await post('/pair', JSON.stringify({ code }), {})).json()) as { token: string };
  return {
    call: async (_kind, path, input) => {
      try {
        const body = input === undefined ? '{}' : JSON.stringify({ 0: input });
        const answer = await post(`/trpc/${path}?batch=1`, body, { 'x-regulars-token': token });
        return readAnswer(await answer.text());
      } catch {
        return { kind: 'gone' };
      }
    },
  };
}

/** Reads an answer of the router as it crossed the wire, alone or as the only one of its batch. */
export function readAnswer(text: string): LineAnswer {
  const [wire] = [JSON.parse(text) as WireAnswer | WireAnswer[]].flat();
  if (wire === undefined) throw new Error('an empty batch');
  if (wire.error === undefined) return { kind: 'done', value: wire.result?.data };
  const { refusal, fault } = wire.error.data ?? {};
  if (refusal !== undefined && refusal !== null) return { kind: 'refused', reason: refusal.reason };
  return { kind: 'failed', fault: fault ?? null, text };
}

/** Asks and returns the value; throws with the whole answer when it is not one. */
export async function ask<Value>(line: Line, path: string, input?: unknown): Promise<Value> {
  const answer = await line.call('query', path, input);
  if (answer.kind !== 'done') throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer.value as Value;
}

/** Gives a command under an operation id; throws with the whole answer when it is not done. */
export async function command<Value>(line: Line, path: string, operationId: string, input: unknown): Promise<Value> {
  const answer = await line.call('mutation', path, { operationId, input });
  if (answer.kind !== 'done') throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer.value as Value;
}
