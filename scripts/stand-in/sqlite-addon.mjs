// Builds better-sqlite3 for Node-API 8, which Electron 25 speaks. Newer runtimes use the prebuilt file in the package.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE_FOLDER, fillCache } from './cache.mjs';
import { commandExists, run } from '../launch/run.mjs';

const require = createRequire(import.meta.url);
const SHIM = fileURLToPath(new URL('./napi8-shim.hpp', import.meta.url));

/** Path of the addon in the cache, whether or not it is there yet; its name carries the driver's version. */
export function addonPath() {
  return join(CACHE_FOLDER, `better-sqlite3-${driverVersion()}-napi8-${process.platform}-${process.arch}.node`);
}

/**
 * Returns { path } of the addon, building it at the first call (about 80 seconds of one core),
 * or { missing: sentence } where it cannot be had.
 */
export async function ensureSqliteAddon({ say }) {
  const path = addonPath();
  if (existsSync(path)) return { path };
  if (process.platform !== 'linux') return { missing: 'the Node-API 8 SQLite driver is built on Linux only' };
  const absent = ['gcc', 'g++'].filter((command) => !commandExists(command));
  if (absent.length > 0) return { missing: `the SQLite driver for Electron 25 needs a compiler (Debian package g++)` };
  say('Building the SQLite driver for Electron 25, once (about a minute and a half).');
  try {
    await fillCache(path.slice(CACHE_FOLDER.length + 1), compile);
  } catch (error) {
    return { missing: `the SQLite driver for Electron 25 did not compile (${error.message})` };
  }
  return { path };
}

async function compile(folder) {
  const driver = dirname(require.resolve('better-sqlite3/package.json'));
  const headers = dirname(require.resolve('node-api-headers/package.json'));
  const wrapper = dirname(require.resolve('node-addon-api/package.json'));
  const gypi = readFileSync(join(driver, 'deps/defines.gypi'), 'utf8');
  const defines = [...gypi.matchAll(/'((?:HAVE|SQLITE)_[A-Z0-9_]+(?:=[^']*)?)'/g)].map((match) => `-D${match[1]}`);
  const shared = ['-O2', '-DNDEBUG', '-fPIC', '-fvisibility=hidden', ...defines];
  const at = (name) => join(folder, name);
  await Promise.all([
    run('gcc', ['-std=c99', '-w', ...shared, '-c', join(driver, 'deps/sqlite3/sqlite3.c'), '-o', at('sqlite3.o')]),
    run('g++', [
      '-std=c++20',
      ...shared,
      '-fvisibility-inlines-hidden',
      `-I${join(headers, 'include')}`,
      `-I${wrapper}`,
      `-I${join(driver, 'deps/sqlite3')}`,
      '-DNAPI_VERSION=8',
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      '-DBUILDING_NODE_EXTENSION',
      '-include',
      SHIM,
      '-c',
      join(driver, 'src/better_sqlite3.cpp'),
      '-o',
      at('driver.o'),
    ]),
  ]);
  const linked = at('better-sqlite3.node');
  const link = ['-shared', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-o', linked];
  await run('g++', [...link, at('driver.o'), at('sqlite3.o'), '-ldl', '-lm', '-lpthread']);
  return linked;
}

function driverVersion() {
  return JSON.parse(readFileSync(require.resolve('better-sqlite3/package.json'), 'utf8')).version;
}
