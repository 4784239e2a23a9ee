import { spawn } from 'node:child_process';
import { expect, test } from './support/console.ts';

/** Runs the start command until it has said `until`, or to its end. */
function start(args: string[], until: RegExp) {
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, REGULARS_NO_BROWSER: '1' },
  });
  const heard = { text: '' };
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const said = new Promise<string>((resolve) => {
    const listen = (chunk: Buffer) => {
      heard.text += chunk;
      if (until.test(heard.text)) resolve(heard.text);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void ended.then(() => resolve(heard.text));
  });
  return { child, said, ended };
}

test('F25: npm start on a folder in use ends with the reason', async ({ till }) => {
  const second = start(['--host', 'web', '--data', till.dataFolder], /^$/);
  expect(await second.ended).toBe(3);
  expect(await second.said).toContain('Another console is using this data folder.');
});

test('the sign-in address works once', async ({ till }) => {
  await expect(till.page.getByRole('heading').first()).toBeVisible();
  expect(till.page.url()).not.toContain('pair=');
  const token = await till.page.evaluate(() => sessionStorage.getItem('regulars.token'));
  expect(token).toMatch(/^[\w-]{43}$/);
  const again = await till.page.request.post(new URL('/pair', till.page.url()).href, {
    headers: { origin: new URL(till.page.url()).origin },
    data: { code: token },
  });
  expect(again.status()).toBe(401);
});

test('npm start says what it did and why, and closes cleanly when it is told to stop', async ({ till }) => {
  const started = start(['--host', 'web', '--data', `${till.dataFolder}-2`], /pair=\S+/);
  const text = await started.said;
  expect(text).toContain('Serving the console to a browser on this machine, because you asked for it.');
  expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#\/\?pair=[\w-]{43}/);
  started.child.kill('SIGTERM');
  expect(await started.ended).toBe(0);
});
