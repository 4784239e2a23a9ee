import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import type { CustomerRouter } from '#backend/customer-screen/customer-router.ts';
import type { AppRouter } from '#backend/router.ts';
import { isAppUrl } from './app-protocol.ts';

const MAX_MESSAGE_CHARS = 1024 * 1024;
const MAX_LINES_PER_WINDOW = 8;

type HandlerOptions = Parameters<typeof getWSConnectionHandler<AppRouter>>[0];
type Connect = ReturnType<typeof getWSConnectionHandler<AppRouter>>;
type RouterContext = Awaited<ReturnType<HandlerOptions['createContext'] & {}>>;

/** What answers the lines: the back end of the shop. */
interface Served {
  readonly router: AppRouter;
  /** All that the customer's window is answered by. */
  readonly customerRouter: CustomerRouter;
  readonly createContext: (client: { clientId: string }) => RouterContext;
  readonly onClientGone: (clientId: string) => void;
}

interface Deps {
  /** May still be opening: what a page sends meanwhile waits, in order. */
  readonly served: Promise<Served>;
  /** Told when a page has its preload script, which it waits for with everything else. */
  readonly onAwake: () => void;
  /** Whether a page is that of the customer's window, by which window it was made as. */
  readonly isCustomers: (contents: WebContents) => boolean;
  /** Told of every message that came from somewhere it must not come from. */
  readonly onRefused: (channel: string, url: string | null) => void;
}

/**
 * Mounts the router on IPC: each line a page opens is one socket of tRPC's WebSocket protocol.
 * Lines end with their page (navigation, crash, closing). A window is one client for its whole life, so a reload
 * keeps the person signed in. The customer's window is answered by its own small router.
 */
export function serveRouterOverIpc({ served, onAwake, isCustomers, onRefused }: Deps): void {
  const windows = new Map<WebContents, Map<string, IpcLine>>();

  function linesOf(contents: WebContents): Map<string, IpcLine> {
    const known = windows.get(contents);
    if (known !== undefined) return known;
    const lines = new Map<string, IpcLine>();
    const clientId = `window-${contents.id}`;
    const closeAll = () => {
      for (const line of [...lines.values()]) line.end();
    };
    windows.set(contents, lines);
    // Both moments: the old page may open a line again after the navigation began and before it is gone.
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) closeAll();
    });
    contents.on('did-navigate', closeAll);
    contents.on('render-process-gone', closeAll);
    contents.once('destroyed', () => {
      closeAll();
      windows.delete(contents);
      void served.then(({ onClientGone }) => onClientGone(clientId)).catch(() => undefined);
    });
    return lines;
  }

  /** Sender check: only the top frame of our own page. Frames are read now, while the event is being handled. */
  function trusted(channel: string, event: IpcMainEvent, texts: readonly unknown[]): boolean {
    const frame = senderFrameOf(event);
    const isTop = frame !== null && frame === event.sender.mainFrame;
    if (isTop && isAppUrl(frame.url) && texts.every((text) => typeof text === 'string')) return true;
    onRefused(channel, frame?.url ?? null);
    return false;
  }

  const connectFor = (contents: WebContents, { router, customerRouter, createContext }: Served): Connect =>
    getWSConnectionHandler<AppRouter>({
      router: isCustomers(contents) ? customerRouter : router,
      createContext: () => createContext({ clientId: `window-${contents.id}` }),
    } as unknown as HandlerOptions);

  ipcMain.on('till:awake', (event) => {
    if (trusted('till:awake', event, [])) onAwake();
  });
  ipcMain.on('till:open', (event, id: unknown) => {
    if (!trusted('till:open', event, [id])) return;
    const contents = event.sender;
    const lines = linesOf(contents);
    if (lines.has(id as string) || lines.size >= MAX_LINES_PER_WINDOW) {
      onRefused('till:open', contents.getURL());
      return;
    }
    const line = new IpcLine(contents, id as string, () => lines.delete(id as string));
    lines.set(id as string, line);
    const request = { url: '/trpc', headers: {}, method: 'GET' } as unknown as IncomingMessage;
    const connect = (backend: Served): void => {
      if (line.readyState !== line.OPEN) return;
      connectFor(contents, backend)(line as unknown as Parameters<Connect>[0], request);
      line.tell('till:opened');
    };
    // A back end that cannot be opened ends the program: nobody is left waiting for it.
    served.then(connect, () => line.end());
  });
  ipcMain.on('till:send', (event, id: unknown, text: unknown) => {
    if (!trusted('till:send', event, [id, text])) return;
    const line = windows.get(event.sender)?.get(id as string);
    if ((text as string).length > MAX_MESSAGE_CHARS) line?.refuse(text as string);
    else line?.receive(text as string);
  });
  ipcMain.on('till:close', (event, id: unknown) => {
    if (!trusted('till:close', event, [id])) return;
    windows
      .get(event.sender)
      ?.get(id as string)
      ?.end();
  });
}

/** The frame that sent a message, or null for one that is gone; older Electrons throw then, as one of a page being left does. */
function senderFrameOf(event: IpcMainEvent): IpcMainEvent['senderFrame'] {
  try {
    return event.senderFrame;
  } catch {
    return null;
  }
}

/** What tRPC's adapter expects of a WebSocket, over one line to one page. */
class IpcLine extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  readonly #contents: WebContents;
  readonly #id: string;
  readonly #onEnd: () => void;

  constructor(contents: WebContents, id: string, onEnd: () => void) {
    super();
    this.#contents = contents;
    this.#id = id;
    this.#onEnd = onEnd;
  }

  send(text: string): void {
    this.tell('till:message', text);
  }

  receive(text: string): void {
    this.emit('message', Buffer.from(text), false);
  }

  /** Answers a message that is too long to be read, as the web host answers a body: 413, and nothing is done. */
  refuse(text: string): void {
    const id = /^\{"id":(\d{1,15})[,}]/.exec(text.slice(0, 64))?.[1];
    const data = { code: 'PAYLOAD_TOO_LARGE', httpStatus: 413 };
    if (id === undefined) return;
    this.send(JSON.stringify({ id: Number(id), error: { code: -32013, message: 'too long', data } }));
  }

  end(): void {
    if (this.readyState !== 1) return;
    this.tell('till:closed');
    this.readyState = 3;
    this.#onEnd();
    this.emit('close', 1000, Buffer.alloc(0));
  }

  close(): void {
    this.end();
  }

  terminate(): void {
    this.end();
  }

  tell(channel: string, text?: string): void {
    if (this.readyState !== 1 || this.#contents.isDestroyed() || this.#contents.isCrashed()) return;
    if (text === undefined) this.#contents.send(channel, this.#id);
    else this.#contents.send(channel, this.#id, text);
  }
}
