import { spawn } from 'node:child_process';
import { expect, type TestConsole, test } from './support/console.ts';
import { giveToPlainUser, hasElectron, prepareElectron } from './support/electron-runtime.ts';
import { command } from './support/page-api.ts';
import { addProducts, openShop, readRows, tileOf } from './support/shop.ts';

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
const IN_USE = 'Another console is using this data folder. Close it first, or choose another folder with --data.';
const COULD_NOT_START = 3;

interface Ended {
  readonly code: number | null;
  readonly words: string;
}

/** Starts another console on the till's folder and waits until it has ended by itself. */
function startAnother(till: TestConsole, host: 'web' | 'electron', folder: string): Promise<Ended> {
  const shop = { NODE_ENV: 'production', REGULARS_DATA: till.dataFolder, REGULARS_NO_BROWSER: '1' };
  if (host === 'web') return run(process.execPath, ['out/main/web.cjs'], { ...shop, REGULARS_PORT: '0' });
  const { executable, env, isSandboxed } = prepareElectron(folder);
  giveToPlainUser(folder);
  return run(executable, [...(isSandboxed ? [] : ['--no-sandbox']), '.'], { ...shop, ...env });
}

function run(executable: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const child = spawn(executable, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const heard: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => heard.push(String(chunk)));
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, words: heard.join('') })));
}

const shopOf = (till: TestConsole) =>
  readRows(till, 'SELECT (SELECT count(*) FROM operations) AS commands, (SELECT max(seq) FROM audit_logs) AS rows');

async function sellOne(till: TestConsole): Promise<void> {
  await tileOf(till.page, COFFEE.name).click();
  await till.page.keyboard.press('F9');
  await till.page.getByRole('button', { name: /^Paid / }).click();
  await expect(till.page.getByRole('complementary', { name: 'Paid' })).toContainText('T1-1-000001');
}

for (const second of ['web', 'electron'] as const) {
  test(`F25: a second start as ${second} on the same folder changes nothing, says why, and the first goes on selling`, async ({
    till,
  }, testInfo) => {
    const needsDisplay = second === 'electron' && till.host === 'web';
    test.skip(
      needsDisplay && (!hasElectron() || process.env.DISPLAY === undefined),
      'a window needs Electron and a display',
    );
    await openShop(till.page);
    await addProducts(till.page, [COFFEE]);
    await command(till.page, 'till.openShift', { floatMinor: 0 });
    await till.page.reload();
    await expect(tileOf(till.page, COFFEE.name)).toBeVisible();
    const before = shopOf(till);

    const { code, words } = await startAnother(till, second, till.dataFolder.replace(/\/shop$/, ''));
    await testInfo.attach('what the second said', { body: words });
    if (second === 'electron' && till.host === 'electron') {
      expect({ code, words }).toMatchObject({ code: 0, words: expect.stringContaining('The console is already open') });
      await expect
        .poll(() => till.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
        .toBe(1);
    } else {
      expect({ code, words }).toMatchObject({ code: COULD_NOT_START, words: expect.stringContaining(IN_USE) });
    }
    expect(shopOf(till)).toEqual(before);
    await sellOne(till);
  });
}
