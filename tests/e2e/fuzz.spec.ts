import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { runnerImport } from 'vite';
import { expect, type TestConsole, test } from './support/console.ts';
import type { fuzzCases, SentCase } from './support/fuzz-cases.ts';
import { command, type PageAnswer, sendFromPage } from './support/page-api.ts';
import { addProducts, CASHIER, MANAGER, openShop, readRows, signIn, tileOf } from './support/shop.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const CASES_SIGNED_OUT = Number(process.env.FUZZ_CASES ?? 8);
const CASES_AS_CASHIER = Math.ceil(CASES_SIGNED_OUT / 2);
const AT_ONCE = 20;
/** What an answer must never tell: statements, files, stacks. */
const INSIDES = /SELECT |INSERT |UPDATE [a-z_]+ SET|\.ts:\d|node_modules|\n? +at \w+ \(/;
/** These change who is signed in, so that those after them would prove nothing. */
const ENDS_THE_SESSION = /^staff\.(signIn|signOut|lock|changeOwnPin)$|^setup\./;
/** A real printer or save dialog would stand in the way; their permission is tested with everybody signed out. */
const OPENS_A_DIALOG = /^devices\./;

async function casesOf(count: number): Promise<SentCase[]> {
  const file = resolve('tests/e2e/support/fuzz-cases.ts');
  const { module } = await runnerImport<{ fuzzCases: typeof fuzzCases }>(file, {
    logLevel: 'error',
    configFile: false,
  });
  return module.fuzzCases(count, SEED);
}

interface Sent extends SentCase {
  readonly answer: PageAnswer;
  /** What to say when it went wrong: enough to run it again. */
  readonly where: string;
}

async function sendAll(page: Page, cases: readonly SentCase[]): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    const some = cases.slice(from, from + AT_ONCE);
    const answers = await sendFromPage(page, some);
    for (const [index, each] of some.entries()) {
      const answer = answers[index];
      if (answer === undefined) throw new Error(`${each.path}: no answer`);
      const where = `${each.path} seed ${SEED}: ${each.inputText.slice(0, 300)} -> ${answer.text.slice(0, 400)}`;
      sent.push({ ...each, answer, where });
    }
  }
  return sent;
}

function expectCalm(sent: readonly Sent[]): void {
  for (const { answer, where } of sent) {
    expect(answer.status, where).toBeLessThan(500);
    expect(answer.text, where).not.toMatch(INSIDES);
  }
}

/**
 * Every fact of the shop by table: equal before and after means that nothing was done. Without what the console writes by
 * itself meanwhile: the log of refusals, the device's clock and the marks of the jobs that age things.
 */
function factsOf(till: TestConsole): Record<string, unknown[]> {
  const tables = readRows<{ name: string }>(
    till,
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'customer_search%'
      AND name NOT IN ('audit_logs', 'terminal_state', 'opened', 'job_states') ORDER BY name`,
  );
  const rowsOf = (name: string) => readRows<Record<string, unknown>>(till, `SELECT * FROM "${name}"`);
  // The daily copy is noted some seconds after the start, whatever comes in meanwhile.
  const ofCallers = (row: Record<string, unknown>) => row.action !== 'jobs.backup' && row.type !== 'jobs.backup';
  return Object.fromEntries(tables.map(({ name }) => [name, rowsOf(name).filter(ofCallers)]));
}

/** The console still does its work: somebody signs in and the till is there. */
async function expectAtWork(till: TestConsole): Promise<void> {
  const { page } = till;
  await page.reload();
  await signIn(page, MANAGER);
  await tileOf(page, 'Flat white').click();
  await expect(page.locator('[data-line]')).toHaveCount(1);
}

test.beforeEach(async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [{ name: 'Flat white', priceMinor: 22_000 }]);
  await command(page, 'staff.create', { name: CASHIER.name, roles: ['cashier'], pin: CASHIER.pin });
  await command(page, 'staff.signOut', {});
});

test('X2 X6: signed out, hostile input to every procedure is refused, changes nothing and breaks nothing', async ({
  till,
}) => {
  const cases = await casesOf(CASES_SIGNED_OUT);
  expect(new Set(cases.map(({ path }) => path)).size).toBeGreaterThan(50);
  const closed = cases.filter((each) => !each.isPublic);
  const before = factsOf(till);
  const sent = await sendAll(till.page, closed);
  expectCalm(sent);
  for (const { answer, where } of sent) expect(answer.status, where).toBeGreaterThanOrEqual(400);
  expect(factsOf(till)).toEqual(before);
  expectCalm(
    await sendAll(
      till.page,
      cases.filter((each) => each.isPublic),
    ),
  );
  await expectAtWork(till);
});

test('X1 X6: as a cashier, hostile input to every procedure breaks nothing, and none beyond the role is answered', async ({
  till,
}) => {
  const { page } = till;
  await page.reload();
  await signIn(page, CASHIER);
  const cases = (await casesOf(CASES_AS_CASHIER)).filter(
    ({ path }) => !ENDS_THE_SESSION.test(path) && !OPENS_A_DIALOG.test(path),
  );
  const beyond = cases.filter((each) => !each.mayCashier);
  const before = factsOf(till);
  const refused = await sendAll(page, beyond);
  expectCalm(refused);
  for (const { answer, where } of refused) expect(answer.status, where).toBeGreaterThanOrEqual(400);
  expect(factsOf(till)).toEqual(before);
  const allowed = cases.filter((each) => each.mayCashier);
  const answered = await sendAll(page, allowed);
  expectCalm(answered);
  // The session held to the end: otherwise the last ones proved nothing.
  expect(answered.filter(({ answer }) => answer.refusal?.reason === 'sign-in-required')).toEqual([]);
  await command(page, 'staff.signOut', {});
  await expectAtWork(till);
});
