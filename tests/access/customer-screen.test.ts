import { afterAll, beforeAll, expect, test } from 'vitest';
import { customerRouter } from '#backend/customer-screen/customer-router.ts';
import { appRouter } from '#backend/router.ts';
import { startWebServer, type WebServer } from '../../src/web/http.ts';
import { createPairing } from '../../src/web/pairing.ts';
import { createTestBackend, type TestBackend } from '../support/test-backend.ts';
import { allProcedures, digestOf } from './procedures.ts';

/** All that the customer's screen may call. A new one is added here on purpose. */
const OF_THE_SCREEN = ['answer', 'chooseVoucher', 'scan', 'state'];

const running = {} as { backend: TestBackend; server: WebServer; till: string; customer: string };

beforeAll(async () => {
  const backend = await createTestBackend();
  const pairing = createPairing({ nowMs: Date.now, onClientGone: () => {} });
  const server = await startWebServer({
    router: appRouter,
    customerRouter,
    // Whoever is paired would sit at the manager's till, were they let in.
    createContext: () => ({ env: backend.env, clientId: 'client-manager' }),
    pairing,
    files: { first: [], find: () => null },
    port: 0,
  });
  const codes = { till: pairing.issueCode('till'), customer: pairing.issueCode('customer') };
  const token = (code: string): string => pairing.exchange(code) ?? '';
  Object.assign(running, { backend, server, till: token(codes.till), customer: token(codes.customer) });
});
afterAll(async () => {
  await running.server.close();
  running.backend.close();
});

async function call(token: string, name: string, input: unknown): Promise<{ status: number; text: string }> {
  const origin = `http://127.0.0.1:${running.server.port}`;
  const response = await fetch(`${origin}/trpc/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-regulars-token': token, origin },
    body: JSON.stringify(input ?? {}),
  });
  return { status: response.status, text: await response.text() };
}

test('S3-1 X2: a tab that was paired as the customer’s screen finds no procedure of the till, even where a manager is signed in', async () => {
  const before = digestOf(running.backend.env, { withAudit: true });
  for (const { name } of allProcedures()) {
    const { status, text } = await call(running.customer, name, {});
    expect([name, status]).toEqual([name, 404]);
    expect(text).toContain('NOT_FOUND');
  }
  expect(digestOf(running.backend.env, { withAudit: true })).toBe(before);
  expect((await call(running.till, 'staff.list', undefined)).status).not.toBe(404);
});

test('S3-1: the customer’s screen has its few procedures, and the till has none of them', async () => {
  const { procedures } = customerRouter._def;
  expect(Object.keys(procedures).sort()).toEqual(OF_THE_SCREEN);
  for (const name of OF_THE_SCREEN) expect((await call(running.till, name, {})).status).toBe(404);
  expect(await call(running.customer, 'scan', { code: 'NOPE', source: 'MANUAL' })).toMatchObject({ status: 200 });
});

test('S3-1 X6: what does not fit is refused, and nothing of it is kept', async () => {
  const before = digestOf(running.backend.env, { withAudit: true });
  const code = 'x'.repeat(201);
  const hostile: [string, unknown][] = [
    ['scan', { code, source: 'MANUAL' }],
    ['scan', { code: 'A-1', source: 'HID' }],
    ['scan', { code: 'A-1', source: 'CAMERA', scannedBy: 'BUSINESS' }],
    ['scan', { code: { $ne: null }, source: 'CAMERA' }],
    ['chooseVoucher', { voucherId: "' OR 1=1" }],
    ['answer', { answerId: running.backend.newId(), score: 6 }],
    ['answer', { answerId: running.backend.newId(), score: 0 }],
    ['answer', { answerId: running.backend.newId(), score: 4.5 }],
  ];
  for (const [name, input] of hostile)
    expect([input, (await call(running.customer, name, input)).status]).toEqual([input, 400]);
  const unasked = await call(running.customer, 'answer', { answerId: running.backend.newId(), score: 5 });
  expect(unasked.text).toContain('"isKept":false');
  expect(digestOf(running.backend.env, { withAudit: true })).toBe(before);
});
