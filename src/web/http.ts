import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CreateHTTPHandlerOptions, createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { CustomerRouter } from '#backend/customer-screen/customer-router.ts';
import type { AppRouter } from '#backend/router.ts';
import type { RendererFiles } from '../host/renderer-files.ts';
import { SECURITY_HEADERS } from '../host/security-headers.ts';
import type { Pairing } from './pairing.ts';
import { areaOf, checkRequest, REFUSAL_HEADER, TOKEN_HEADER } from './request-checks.ts';

/** A page of CSV import rows fits; nothing the till sends comes near it. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_PAIRING_BODY_BYTES = 1024;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 64;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_TIMEOUT_MS = 5_000;
const TIMEOUT_CHECK_INTERVAL_MS = 1_000;

type RouterContext = Awaited<ReturnType<NonNullable<CreateHTTPHandlerOptions<AppRouter>['createContext']>>>;

export interface WebServerDeps {
  readonly router: AppRouter;
  /** All that a tab which was paired as the customer's screen is answered by. */
  readonly customerRouter: CustomerRouter;
  readonly createContext: (client: { clientId: string }) => RouterContext;
  readonly pairing: Pairing;
  readonly files: RendererFiles;
  /** Port to listen on; 0 lets the system choose a free one. */
  readonly port: number;
  /** Shorter time-outs for tests. */
  readonly timeouts?: { readonly headersMs: number; readonly requestMs: number };
}

export interface WebServer {
  readonly port: number;
  /** Every address it listens on: loopback only. */
  readonly addresses: readonly string[];
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and, where this machine has it, ::1. Throws what `listen` throws, EADDRINUSE for one. */
export async function startWebServer(deps: WebServerDeps): Promise<WebServer> {
  const allowedHosts = new Set<string>();
  const handle = createRequestHandler(deps, allowedHosts);
  const first = newServer(handle, deps);
  await listen(first, '127.0.0.1', deps.port);
  const { port } = first.address() as AddressInfo;
  for (const name of ['127.0.0.1', 'localhost', '[::1]']) allowedHosts.add(`${name}:${port}`);
  const servers = [first];
  const second = newServer(handle, deps);
  try {
    await listen(second, '::1', port);
    servers.push(second);
  } catch {
    // No IPv6 on this machine, or the port is taken there: the address we print is the IPv4 one.
  }
  return {
    port,
    addresses: servers.map((server) => (server.address() as AddressInfo).address),
    async close() {
      await Promise.all(servers.map(closeServer));
    },
  };
}

function newServer(handle: (req: IncomingMessage, res: ServerResponse) => void, { timeouts }: WebServerDeps): Server {
  const server = createServer(
    {
      headersTimeout: timeouts?.headersMs ?? HEADERS_TIMEOUT_MS,
      requestTimeout: timeouts?.requestMs ?? REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    handle,
  );
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

function createRequestHandler(deps: WebServerDeps, allowedHosts: ReadonlySet<string>) {
  const clients = new WeakMap<IncomingMessage, string>();
  const shared = {
    basePath: '/trpc/',
    maxBodySize: MAX_BODY_BYTES,
    // A batch of one: only its `{}` can say that a procedure has no input.
    allowBatching: true,
    maxBatchSize: 1,
    allowMethodOverride: true,
    createContext: ({ req }: { readonly req: IncomingMessage }) => {
      const clientId = clients.get(req);
      if (clientId === undefined) throw new Error('A request reached a procedure without a client.');
      return deps.createContext({ clientId });
    },
  };
  const procedures = {
    till: createHTTPHandler<AppRouter>({ ...shared, router: deps.router }),
    customer: createHTTPHandler<CustomerRouter>({ ...shared, router: deps.customerRouter }),
  };

  function answerProcedure(req: IncomingMessage, res: ServerResponse): void {
    const token = req.headers[TOKEN_HEADER];
    const client = typeof token === 'string' ? deps.pairing.clientOf(token) : null;
    if (client === null) {
      refuse(res, 401, 'pairing-required');
    } else if (Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
      refuse(res, 413, 'body-too-large');
    } else {
      clients.set(req, client.clientId);
      res.setHeader('cache-control', 'no-store');
      procedures[client.role](req, res);
    }
  }

  return (req: IncomingMessage, res: ServerResponse): void => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
    const method = req.method ?? '';
    const pathname = (req.url ?? '').split(/[?#]/, 1)[0] ?? '';
    const hostCount = req.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
    const refusal = checkRequest({ method, pathname, headers: req.headers, hostCount }, allowedHosts);
    const area = areaOf(pathname);
    if (refusal !== null) refuse(res, refusal.status, refusal.reason);
    else if (area === 'procedure') answerProcedure(req, res);
    else if (area === 'pairing') void answerPairing(req, res, deps.pairing);
    else void answerFile(req, res, deps.files, pathname);
  };
}

async function answerPairing(req: IncomingMessage, res: ServerResponse, pairing: Pairing): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_PAIRING_BODY_BYTES) return refuse(res, 413, 'body-too-large');
      chunks.push(chunk);
    }
  } catch {
    return; // The browser went away while sending: there is nobody to answer.
  }
  const code = readCode(Buffer.concat(chunks).toString('utf8'));
  const token = code === null ? null : pairing.exchange(code);
  if (token === null) return refuse(res, 401, 'pairing-code-not-valid');
  res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  res.end(JSON.stringify({ token }));
}

function readCode(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    const isObject = typeof body === 'object' && body !== null && 'code' in body;
    return isObject && typeof body.code === 'string' ? body.code : null;
  } catch {
    return null;
  }
}

async function answerFile(
  req: IncomingMessage,
  res: ServerResponse,
  files: RendererFiles,
  pathname: string,
): Promise<void> {
  const file = files.find(pathname);
  if (file === null) return refuse(res, 404, 'no-such-file');
  res.setHeader('etag', file.etag);
  res.setHeader('cache-control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (req.headers['if-none-match'] === file.etag) {
    res.writeHead(304).end();
    return;
  }
  try {
    const content = await file.read();
    res.writeHead(200, { 'content-type': file.type, 'content-length': content.length });
    res.end(req.method === 'HEAD' ? undefined : content);
  } catch {
    refuse(res, 404, 'no-such-file');
  }
}

/** Answers in the shape of a procedure's error, which the client understands, and ends the connection. */
function refuse(res: ServerResponse, status: number, reason: string): void {
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    [REFUSAL_HEADER]: reason,
    connection: 'close',
  });
  const data = { code: 'HOST_REFUSED', httpStatus: status, hostRefusal: reason };
  res.end(JSON.stringify({ error: { message: reason, code: -32600, data } }));
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
