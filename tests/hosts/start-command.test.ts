import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findObstacleToWindows } from '../../scripts/launch/choose-host.mjs';
import { areDependenciesCurrent } from '../../scripts/launch/dependencies.mjs';

const scratch = { folder: '' };

beforeAll(() => {
  scratch.folder = mkdtempSync(join(tmpdir(), 'regulars-start-'));
});

afterAll(() => rmSync(scratch.folder, { recursive: true, force: true }));

/** Runs the real command to its end. */
function start(...args: string[]): Promise<{ code: number | null; said: string; complained: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['scripts/start.mjs', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const heard = { said: '', complained: '' };
    child.stdout.on('data', (chunk) => {
      heard.said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      heard.complained += chunk;
    });
    child.on('close', (code) => resolve({ code, ...heard }));
  });
}

test('--help names every option and succeeds', async () => {
  const { code, said, complained } = await start('--help');
  expect(code).toBe(0);
  expect(complained).toBe('');
  for (const option of ['--demo', '--host', '--data', '--port', '--help']) expect(said).toContain(option);
});

test.each([
  ['--frobnicate', 'Unknown option: --frobnicate.'],
  ['--port zero', '--port takes a number from 1 to 65535, not zero.'],
  ['--port 0', '--port takes a number from 1 to 65535, not 0.'],
  ['--port 65536', '--port takes a number from 1 to 65535, not 65536.'],
  ['--port=-1', '--port takes a number from 1 to 65535, not -1.'],
  ['--port', '--port needs a value after it.'],
  ['--data --demo', '--data needs a value after it.'],
  ['--host toaster', '--host takes electron or web, not toaster.'],
  ['--host electron --port 5000', '--port goes with the web host: leave it out, or use --host web.'],
  ['shop', 'Unknown option: shop.'],
])('%s: one clear sentence and a non-zero exit', async (args, sentence) => {
  const { code, said, complained } = await start(...args.split(' '));
  expect(code).toBe(2);
  expect(said).toBe('');
  expect(complained).toBe(`${sentence} Try: npm start -- --help\n`);
});

test('a data folder that cannot be made is named, with the way out', async () => {
  const file = join(scratch.folder, 'a-file');
  writeFileSync(file, '');
  const folder = join(file, 'shop');
  const { code, complained } = await start('--host', 'web', '--data', folder);
  expect(code).toBe(1);
  expect(complained).toBe(
    `The data folder ${folder} cannot be written (ENOTDIR): choose another with --data FOLDER.\n`,
  );
});

test('a port in use is named, with the way out', async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port));
  });
  const { code, complained } = await start('--port', String(port), '--data', join(scratch.folder, 'shop'));
  holder.close();
  expect(code).toBe(1);
  expect(complained).toBe(`Port ${port} is in use by another program: choose another with --port.\n`);
});

describe('what keeps a window from opening', () => {
  test('no display on Linux', () => {
    expect(findObstacleToWindows({ platform: 'linux', env: {}, uid: 1000 })).toBe(
      'this machine has no display for a window',
    );
  });
  test('the root user on Linux, because the product never switches the sandbox off', () => {
    expect(findObstacleToWindows({ platform: 'linux', env: { DISPLAY: ':0' }, uid: 0 })).toContain('root');
  });
  test('nothing, for a person at a desktop', () => {
    expect(findObstacleToWindows({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, uid: 1000 })).toBeNull();
    expect(findObstacleToWindows({ platform: 'win32', env: {}, uid: undefined })).toBeNull();
  });
});

test('dependencies are current only when what is installed is what the lock names', () => {
  expect(areDependenciesCurrent()).toBe(true);
  expect(areDependenciesCurrent(scratch.folder)).toBe(false);
});
