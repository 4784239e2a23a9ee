import { connect, createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { initTRPC } from '@trpc/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { RendererFiles } from '../../src/host/renderer-files.ts';
import { startWebServer, type WebServer, type WebServerDeps } from '../../src/web/http.ts';
import { createPairing } from '../../src/web/pairing.ts';
import { type RawRequest, requestText, sendRaw, statusOf } from './raw-request.ts';

// A router of our own, because what is tested here is what reaches a router at all.
const t = initTRPC.context<{ clientId: string }>().create();
const effects: string[] = [];
const standInRouter = t.router({
  ask: t.procedure.query(({ ctx }) => ({ client: ctx.clientId })),
  act: t.procedure.input(z.object({ what: z.string() })).mutation(({ input }) => {
    effects.push(input.what);
    return { done: input.what };
  }),
  watch: t.procedure.subscription(async function* () {
    yield { topics: ['sales'] };
  }),
});

const files: RendererFiles = {
  first: ['/index.html'],
  find: (path) =>
    path === '/' || path === '/index.html'
      ? {
          path: '/index.html',
          type: 'text/html; charset=utf-8',
          etag: '"1"',
          isImmutable: false,
          read: async () => Buffer.from('<p>hi</p>'),
        }
      : null,
};

const running: { server?: WebServer; token?: string } = {};

beforeEach(async () => {
  effects.length = 0;
  const pairing = createPairing({ nowMs: Date.now, onClientGone: () => {} });
  const deps = {
    router: standInRouter,
    createContext: (client: { clientId: string }) => client,
    pairing,
    files,
    port: 0,
    timeouts: { headersMs: 600, requestMs: 900 },
  };
  running.server = await startWebServer(deps as unknown as WebServerDeps);
  running.token = pairing.exchange(pairing.issueCode('till')) ?? '';
});

afterEach(() => running.server?.close());

const port = () => running.server?.port ?? 0;

/** A request that is allowed in every respect; tests spoil one thing of it. */
function act(changes: Partial<RawRequest> = {}, headers: Record<string, string | null> = {}): RawRequest {
  const own = `127.0.0.1:${port()}`;
  const all: Record<string, string | null> = {
    Host: own,
    Origin: `http://${own}`,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
    'X-Regulars-Token': running.token ?? '',
    Connection: 'close',
    ...headers,
  };
  const kept = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
  return { method: 'POST', path: '/trpc/act', body: '{"what":"sell"}', headers: kept, ...changes };
}

async function send(request: RawRequest): Promise<string> {
  return sendRaw(port(), requestText(request));
}

test('a proper request reaches the procedure, so that the refusals below mean something', async () => {
  const answer = await send(act());
  expect(statusOf(answer)).toBe(200);
  expect(effects).toEqual(['sell']);
});

test.each<[string, number, () => RawRequest]>([
  ['another host name (DNS rebinding)', 421, () => act({}, { Host: 'evil.test', Origin: 'http://evil.test' })],
  ['our host with another port', 421, () => act({}, { Host: '127.0.0.1:1' })],
  ['a host that only begins like ours', 421, () => act({}, { Host: `127.0.0.1:${port()}.evil.test` })],
  ['the null origin', 403, () => act({}, { Origin: 'null' })],
  ['another origin', 403, () => act({}, { Origin: 'http://evil.test' })],
  ['another port of this machine', 403, () => act({}, { Origin: 'http://127.0.0.1:1' })],
  ['our origin over https', 403, () => act({}, { Origin: `https://127.0.0.1:${port()}` })],
  ['no origin', 403, () => act({}, { Origin: null })],
  ['a page of another site', 403, () => act({}, { 'Sec-Fetch-Site': 'cross-site' })],
  ['a page of another port', 403, () => act({}, { 'Sec-Fetch-Site': 'same-site' })],
  ['no token', 401, () => act({}, { 'X-Regulars-Token': null })],
  ['a wrong token', 401, () => act({}, { 'X-Regulars-Token': 'A'.repeat(43) })],
  ['an empty token', 401, () => act({}, { 'X-Regulars-Token': '' })],
  [
    'a token in a cookie only',
    401,
    () => act({}, { 'X-Regulars-Token': null, Cookie: `x-regulars-token=${running.token}` }),
  ],
  [
    'a mutation by GET',
    405,
    () => act({ method: 'GET', path: '/trpc/act?input=%7B%22what%22%3A%22sell%22%7D', body: '' }),
  ],
  [
    'a mutation by GET dressed as an event stream',
    405,
    () =>
      act(
        { method: 'GET', path: '/trpc/act?input=%7B%22what%22%3A%22sell%22%7D', body: '' },
        { Accept: 'text/event-stream' },
      ),
  ],
  ['a plain text body', 415, () => act({}, { 'Content-Type': 'text/plain' })],
  ['a form body', 415, () => act({}, { 'Content-Type': 'application/x-www-form-urlencoded' })],
  ['a body without a type', 415, () => act({}, { 'Content-Type': null })],
  ['TRACE', 405, () => act({ method: 'TRACE', body: '' })],
  ['OPTIONS, which a page of another origin would ask first', 405, () => act({ method: 'OPTIONS', body: '' })],
  ['PUT', 405, () => act({ method: 'PUT' })],
  ['a body of 9 MiB', 413, () => act({ body: JSON.stringify({ what: 'x'.repeat(9 * 1024 * 1024) }) })],
  ['a body just over the limit', 413, () => act({ body: JSON.stringify({ what: 'x'.repeat(1024 * 1024) }) })],
])('%s is refused with %i and nothing happens', async (_what, status, request) => {
  expect(statusOf(await send(request()))).toBe(status);
  expect(effects).toEqual([]);
});

test('two Host headers are refused', async () => {
  const text = requestText(act()).replace('\r\n', `\r\nHost: evil.test\r\n`);
  const status = statusOf(await sendRaw(port(), text));
  expect([400, 421]).toContain(status);
  expect(effects).toEqual([]);
});

test('no answer permits another origin to read it', async () => {
  const answers = await Promise.all([
    send(act()),
    send(act({ method: 'OPTIONS', body: '' }, { Origin: 'http://evil.test' })),
    send({ ...act({ method: 'GET', path: '/', body: '' }, { Origin: null }) }),
  ]);
  for (const answer of answers) expect(answer.toLowerCase()).not.toContain('access-control-allow');
});

test('every answer carries the content policy, refusals too', async () => {
  for (const request of [act(), act({}, { Host: 'evil.test' }), act({ method: 'GET', path: '/nothing', body: '' })]) {
    const answer = (await send(request)).toLowerCase();
    expect(answer).toContain("content-security-policy: default-src 'none'");
    expect(answer).toContain("frame-ancestors 'none'");
    expect(answer).not.toContain('unsafe-');
    expect(answer).toContain('x-content-type-options: nosniff');
    expect(answer).toContain('cross-origin-resource-policy: same-origin');
  }
});

test('a body that says it is small and is not never reaches the procedure', async () => {
  const { headers } = act();
  const big = JSON.stringify({ what: 'x'.repeat(2 * 1024 * 1024) });
  const chunked = `${requestText({ ...act(), body: '', headers: { ...headers, 'Transfer-Encoding': 'chunked' } })}`;
  const answer = await sendRaw(port(), `${chunked}${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n`);
  expect(statusOf(answer)).not.toBe(200);
  expect(effects).toEqual([]);
});

test('headers that trickle in are cut off', async () => {
  const started = performance.now();
  const answer = await sendRaw(port(), 'POST /trpc/act HTTP/1.1\r\nHost: ', 6_000);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect([408, null]).toContain(statusOf(answer));
});

test('a body that stops coming is cut off, and others are served meanwhile', async () => {
  const stalled = requestText(act()).replace(/Content-Length: \d+/, 'Content-Length: 500');
  const slow = sendRaw(port(), stalled, 6_000);
  expect(statusOf(await send(act()))).toBe(200);
  const started = performance.now();
  expect([408, null]).toContain(statusOf(await slow));
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('more connections than the cap are dropped, and the host serves again when they are gone', async () => {
  const many = Array.from({ length: 300 }, () => createConnection(port(), '127.0.0.1'));
  const dropped = await Promise.all(
    many.map(
      (socket) =>
        new Promise<boolean>((resolve) => {
          socket.on('error', () => resolve(true));
          socket.on('close', () => resolve(true));
          setTimeout(() => resolve(false), 400);
        }),
    ),
  );
  expect(dropped.filter(Boolean).length).toBeGreaterThanOrEqual(300 - 64);
  for (const socket of many) socket.destroy();
  await expect.poll(async () => statusOf(await send(act()))).toBe(200);
});

test('it listens on the loopback addresses and on nothing else', async () => {
  expect(running.server?.addresses.every((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true);
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((entry) => entry !== undefined && !entry.internal && entry.family === 'IPv4');
  for (const other of others) {
    const isReached = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: other?.address ?? '', port: port() }, () => resolve(true));
      socket.on('error', () => resolve(false));
    });
    expect(isReached).toBe(false);
  }
});

test('only listed files are served, whatever the path tries', async () => {
  const get = (path: string) =>
    send(act({ method: 'GET', path, body: '' }, { Origin: null, 'X-Regulars-Token': null }));
  expect(statusOf(await get('/'))).toBe(200);
  const attempts = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%5cpackage.json',
    '/index.html%00.js',
    '//etc/passwd',
  ];
  attempts.push(
    '/assets/',
    '/renderer-manifest.json',
    '/./index.html',
    `/${'a'.repeat(8_000)}`,
    '/index.html/',
    '/INDEX.HTML',
  );
  for (const path of attempts) expect(statusOf(await get(path)), path).not.toBe(200);
});

test('a sign-in code works once and gives a token of its own', async () => {
  const pairing = createPairing({ nowMs: Date.now, onClientGone: () => {} });
  const code = pairing.issueCode('till');
  const token = pairing.exchange(code);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(pairing.exchange(code)).toBeNull();
  expect(pairing.clientOf(token ?? '')).toEqual({ clientId: expect.stringMatching(/^browser-/), role: 'till' });
  expect(pairing.clientOf('')).toBeNull();
});

test('a sign-in code is void after ten minutes, and as soon as a newer one is made', () => {
  const clock = { nowMs: 0 };
  const pairing = createPairing({ nowMs: () => clock.nowMs, onClientGone: () => {} });
  const late = pairing.issueCode('till');
  clock.nowMs = 10 * 60_000;
  expect(pairing.exchange(late)).toBeNull();
  const first = pairing.issueCode('till');
  const second = pairing.issueCode('till');
  expect(pairing.exchange(first)).toBeNull();
  expect(pairing.exchange(second)).not.toBeNull();
});

test('a token left unused for a day is dropped and its client told of', () => {
  const clock = { nowMs: 0 };
  const gone: string[] = [];
  const pairing = createPairing({ nowMs: () => clock.nowMs, onClientGone: (clientId) => gone.push(clientId) });
  const token = pairing.exchange(pairing.issueCode('till')) ?? '';
  const shown = pairing.exchange(pairing.issueCode('customer')) ?? '';
  const clientId = pairing.clientOf(token)?.clientId;
  clock.nowMs = 24 * 60 * 60_000;
  expect(pairing.clientOf(token)).toBeNull();
  expect(gone).toEqual([clientId]);
  // A screen that faces the customer is looked at, not used.
  expect(pairing.clientOf(shown)).toMatchObject({ role: 'customer' });
});

test('pairing over HTTP: a wrong code is refused, a long body too', async () => {
  const pair = (body: string) => send(act({ path: '/pair', body }, { 'X-Regulars-Token': null }));
  expect(statusOf(await pair('{"code":"wrong"}'))).toBe(401);
  expect(statusOf(await pair('not json'))).toBe(401);
  expect(statusOf(await pair(JSON.stringify({ code: 'x'.repeat(5_000) })))).toBe(413);
});
