import {
  createTRPCClient,
  createWSClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
  wsLink,
} from '@trpc/client';
import { EventSource as FetchEventSource } from 'eventsource';
import type { CustomerRouter } from '#backend/customer-screen/customer-router.ts';
import type { AppRouter } from '#backend/router.ts';

const TOKEN_HEADER = 'x-regulars-token';
/** Set on answers of the host itself; the router's own 401 (nobody signed in) has none. */
const REFUSAL_HEADER = 'x-regulars-refusal';
/** Where a tab keeps its token, and the address that stays when the one-time code was taken out of it. */
const TILL = { tokenKey: 'regulars.token', address: '#/' };
const CUSTOMER = { tokenKey: 'regulars.customer-token', address: '#/customer' };

/** What the preload script puts on the window in Electron. */
interface TillBridge {
  open(handlers: { opened(): void; message(text: string): void; closed(): void }): {
    send(text: string): void;
    close(): void;
  };
}

declare global {
  interface Window {
    readonly till?: TillBridge;
  }
}

export interface Api {
  readonly client: TRPCClient<AppRouter>;
  readonly host: 'electron' | 'web';
  /** Tells when this browser has no valid sign-in address any more (web host only). Returns its undoing. */
  whenAccessLost(listener: () => void): () => void;
  /** Tells when the line to the engine breaks (false) and when it is back (true). Returns its undoing. */
  whenConnectionChanges(listener: (isConnected: boolean) => void): () => void;
  close(): void;
}

/** The line of the customer's screen: the host serves it a small router and nothing of the till's. */
export type CustomerApi = Omit<Api, 'client'> & { readonly client: TRPCClient<CustomerRouter> };

/** Makes the typed client: over IPC where the preload script offers a line, else over HTTP to the page's own origin. */
export function createApi(): Api {
  return window.till === undefined ? createWebApi(TILL) : createElectronApi(window.till);
}

/** True where the address is that of the customer's screen, not of a till. */
export function isCustomerAddress(hash: string): boolean {
  return /^#\/customer(?:\?|$)/.test(hash);
}

/** Makes the customer's screen's client, over the same lines; what is asked of it is typed by its own router. */
export function createCustomerApi(): CustomerApi {
  const api = window.till === undefined ? createWebApi(CUSTOMER) : createElectronApi(window.till);
  return { ...api, client: api.client as unknown as TRPCClient<CustomerRouter> };
}

/** A new operation id (UUID version 7): made when an action starts and reused by every retry of it. */
export function newOperationId(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint32(0, Math.floor(nowMs / 0x1_0000));
  new DataView(bytes.buffer).setUint16(4, nowMs % 0x1_0000);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Paged queries name the direction they page in; every procedure here pages one way and takes no such input. */
const withoutPageDirection: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.type !== 'query' || typeof op.input !== 'object' || op.input === null || !('direction' in op.input))
      return next(op);
    const { direction: _direction, ...input } = op.input;
    return next({ ...op, input });
  };

function createElectronApi(bridge: TillBridge): Api {
  const connection = createSignal<boolean>();
  const wsClient = createWSClient({
    url: 'ipc://till',
    WebSocket: createIpcWebSocket(bridge) as unknown as typeof WebSocket,
    onOpen: () => connection.tell(true),
    onClose: () => connection.tell(false),
  });
  return {
    client: createTRPCClient<AppRouter>({ links: [withoutPageDirection, wsLink({ client: wsClient })] }),
    host: 'electron',
    whenAccessLost: () => () => {},
    whenConnectionChanges: connection.listen,
    close: () => void wsClient.close(),
  };
}

function createWebApi(tab: typeof TILL): Api {
  const access = createSignal<void>();
  const connection = createSignal<boolean>();
  const url = new URL('/trpc', window.location.href).href;
  const token = claimToken(tab);

  const guardedFetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set(TOKEN_HEADER, (await token) ?? '');
    const response = await fetch(input, { ...init, headers }).catch((error: unknown) => {
      if (!init?.signal?.aborted) connection.tell(false);
      throw error;
    });
    connection.tell(true);
    if (response.headers.get(REFUSAL_HEADER) === 'pairing-required') access.tell();
    return response;
  };
  const streamLink: TRPCLink<AppRouter> = httpSubscriptionLink<AppRouter, typeof FetchEventSource>({
    url,
    EventSource: FetchEventSource,
    eventSourceOptions: { fetch: (input, init) => guardedFetch(input, init as RequestInit) },
  });
  // A batch of one: without input there would be no body at all, and the host takes JSON only.
  const callLink = httpBatchLink<AppRouter>({ url, methodOverride: 'POST', maxItems: 1, fetch: guardedFetch as never });
  return {
    client: createTRPCClient<AppRouter>({
      links: [
        withoutPageDirection,
        splitLink({ condition: (operation) => operation.type === 'subscription', true: streamLink, false: callLink }),
      ],
    }),
    host: 'web',
    whenAccessLost: access.listen,
    whenConnectionChanges: connection.listen,
    close: () => {},
  };
}

/**
 * The token of this tab. A one-time code in the address is exchanged for it, once, and removed from the address and
 * the history. It is kept in sessionStorage: it survives a reload, and is gone with the tab rather than staying
 * behind on a shared machine. Cookies would be sent to every port of this machine, so there are none.
 */
async function claimToken({ tokenKey, address }: typeof TILL): Promise<string | null> {
  const code = /[?&]pair=([\w-]+)/.exec(window.location.hash)?.[1];
  if (code === undefined) return sessionStorage.getItem(tokenKey);
  window.history.replaceState(null, '', address);
  try {
    const response = await fetch('/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (!response.ok) return sessionStorage.getItem(tokenKey);
    const { token } = (await response.json()) as { token: string };
    sessionStorage.setItem(tokenKey, token);
    return token;
  } catch {
    return sessionStorage.getItem(tokenKey);
  }
}

function createSignal<T>(): { tell(value: T): void; listen(listener: (value: T) => void): () => void } {
  const listeners = new Set<(value: T) => void>();
  return {
    tell(value) {
      for (const listener of [...listeners]) listener(value);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A WebSocket in everything tRPC's client looks at, carried by the bridge's line. */
function createIpcWebSocket(bridge: TillBridge) {
  return class IpcWebSocket extends EventTarget {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    // The client reads these from the instance; without them an unsubscribe never reaches the other side.
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSING = 2;
    readonly CLOSED = 3;
    readyState = 0;
    readonly #line: ReturnType<TillBridge['open']>;

    constructor() {
      super();
      this.#line = bridge.open({
        opened: () => {
          this.readyState = 1;
          this.dispatchEvent(new Event('open'));
        },
        message: (text) => this.dispatchEvent(new MessageEvent('message', { data: text })),
        closed: () => {
          this.readyState = 3;
          this.dispatchEvent(new CloseEvent('close', { code: 1000 }));
        },
      });
    }

    send(text: string): void {
      this.#line.send(text);
    }

    close(): void {
      if (this.readyState >= 2) return;
      this.readyState = 2;
      this.#line.close();
    }
  };
}
