import { afterAll, beforeAll, expect, test } from 'vitest';
import { customerRouter } from '#backend/customer-screen/customer-router.ts';
import { appRouter } from '#backend/router.ts';
import { startWebServer, type WebServer } from '../../src/web/http.ts';
import { createPairing, type Pairing } from '../../src/web/pairing.ts';
import { createTestBackend, type TestBackend } from '../support/test-backend.ts';
import { fuzzCorpus } from './fuzz-corpus.ts';
import { digestOf } from './procedures.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const CASES = Number(process.env.FUZZ_CASES ?? 12);

let backend: TestBackend;
let server: WebServer;
let pairing: Pairing;
const errors: unknown[] = [];

beforeAll(async () => {
  backend = await createTestBackend();
  const env = { ...backend.env, logError: (_code: string, cause: unknown) => void errors.push(cause) };
  pairing = createPairing({ nowMs: () => Date.now(), onClientGone: () => undefined });
  server = await startWebServer({
    router: appRouter,
    customerRouter,
    createContext: ({ clientId }) => ({ env, clientId }),
    pairing,
    files: { get: () => undefined } as never,
    port: 0,
  });
});

afterAll(async () => {
  await server.close();
  backend.close();
});

async function call(token: string, name: string, inputText: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${server.port}/trpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-regulars-token': token },
    body: inputText,
  });
  return { status: response.status, text: await response.text() };
}

test('X2 X6: over HTTP a browser without a sign-in changes nothing, whatever it sends, and no answer tells SQL or a path', async () => {
  const { token } = await pairAs(pairing);
  const before = { digest: digestOf(backend.env) };
  for (const { name, inputText, isPublic } of fuzzCorpus(CASES, SEED)) {
    const { status, text } = await call(token, name, inputText);
    const where = `${name} seed ${SEED}: ${inputText.slice(0, 300)} -> ${status} ${text.slice(0, 300)}`;
    expect(status, where).toBeLessThan(500);
    if (!isPublic) {
      expect(status, where).toBeGreaterThanOrEqual(400);
      expect(digestOf(backend.env), where).toBe(before.digest);
    } else before.digest = digestOf(backend.env);
    expect(text, where).not.toMatch(/SELECT |INSERT |UPDATE |\.ts:|node_modules|at \w+ \(/);
  }
  expect(errors).toEqual([]);
}, 120_000);

test('X2: over HTTP nothing at all is answered without a paired token', async () => {
  for (const { name, inputText } of fuzzCorpus(1, SEED)) {
    const { status } = await call('not-a-token', name, inputText);
    expect(status, name).toBeGreaterThanOrEqual(401);
  }
}, 60_000);

async function pairAs(known: Pairing): Promise<{ token: string }> {
  const token = known.exchange(known.issueCode('till'));
  if (token === null) throw new Error('the fresh code was not taken');
  return { token };
}
