// Decides what opens the console on this machine: Electron, the Electron 25 stand-in, or a browser; and why.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_FOLDER } from '../stand-in/cache.mjs';
import { ensureStandIn, STAND_IN_VERSION } from '../stand-in/runtime.mjs';
import { ensureSqliteAddon } from '../stand-in/sqlite-addon.mjs';
import { PROJECT_FOLDER } from './project.mjs';
import { run } from './run.mjs';
import { say } from './sentences.mjs';

const DOWNLOAD_LIMIT_MS = 10 * 60_000;
/** A download that failed slowly is not tried again for a day, so that every start is not slow. */
const RETRY_AFTER_MS = 24 * 60 * 60_000;
const SLOW_FAILURE_MS = 5_000;

/**
 * Returns { kind: 'electron', executable, addon, version, why } or { kind: 'web', why }.
 * `why` completes a sentence ("… because WHY"), and is null when there was nothing to explain.
 */
export async function chooseHost({ wanted }) {
  if (wanted === 'web') return { kind: 'web', why: 'you asked for it' };
  const obstacle = findObstacleToWindows();
  if (obstacle !== null) return { kind: 'web', why: obstacle };
  const electron = await findElectron();
  return electron.missing ? { kind: 'web', why: electron.missing } : { kind: 'electron', ...electron };
}

/**
 * The best Electron to be had here: { executable, version, addon, why } or { missing }.
 * `needsSandbox: false` is for tests that run as root; the product always needs it.
 */
export async function findElectron({ needsSandbox = true } = {}) {
  const newest = await findNewestElectron({ needsSandbox });
  if (newest.executable) return { ...newest, addon: null, why: null };
  const standIn = await findStandIn({ needsSandbox });
  if (standIn.missing) return { missing: `${newest.missing}, and ${standIn.missing}` };
  return { ...standIn, why: newest.missing };
}

/** Why no window can be opened here at all, or null. */
export function findObstacleToWindows({
  platform = process.platform,
  env = process.env,
  uid = process.getuid?.(),
} = {}) {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'this machine has no display for a window';
  if (uid === 0) return "Electron's sandbox does not work for the root user";
  return null;
}

/** The Electron that package.json names, downloading its binary where the network lets us. */
async function findNewestElectron({ needsSandbox }) {
  const folder = join(PROJECT_FOLDER, 'node_modules', 'electron');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const missing = `Electron ${version} could not be downloaded`;
  if (!existsSync(join(folder, 'path.txt')) && !(await downloadElectron(folder, version))) return { missing };
  const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
  if (!existsSync(executable)) return { missing };
  const obstacle = findObstacleToRunning(executable, needsSandbox);
  return obstacle === null ? { executable, version } : { missing: obstacle };
}

async function downloadElectron(folder, version) {
  const failedBefore = join(CACHE_FOLDER, `electron-${version}-not-downloadable`);
  if (existsSync(failedBefore) && Date.now() - statSync(failedBefore).mtimeMs < RETRY_AFTER_MS) return false;
  say(`Fetching Electron ${version}, once.`);
  const startedAtMs = Date.now();
  try {
    await run(process.execPath, [join(folder, 'install.js')], { timeoutMs: DOWNLOAD_LIMIT_MS });
    return true;
  } catch {
    if (Date.now() - startedAtMs > SLOW_FAILURE_MS && existsSync(CACHE_FOLDER)) writeFileSync(failedBefore, '');
    return false;
  }
}

async function findStandIn({ needsSandbox }) {
  const runtime = await ensureStandIn({ say });
  if (runtime.missing) return runtime;
  const executable = join(runtime.folder, 'electron');
  const obstacle = findObstacleToRunning(executable, needsSandbox);
  if (obstacle !== null) return { missing: obstacle };
  const addon = await ensureSqliteAddon({ say });
  if (addon.missing) return addon;
  return { executable, addon: addon.path, version: STAND_IN_VERSION };
}

/** What keeps an Electron that is here from running: libraries, or a kernel that lets it have no sandbox. */
function findObstacleToRunning(executable, needsSandbox) {
  if (process.platform !== 'linux') return null;
  const libraries = missingLibraries(executable);
  if (libraries.length > 0) return `Electron needs libraries that are not installed (${libraries.join(', ')})`;
  if (!needsSandbox) return null;
  const helper = join(executable, '..', 'chrome-sandbox');
  const isHelperSetUp = existsSync(helper) && statSync(helper).uid === 0 && (statSync(helper).mode & 0o4000) !== 0;
  if (isHelperSetUp || areUserNamespacesAllowed()) return null;
  return 'this system does not let Electron set up its sandbox';
}

function missingLibraries(executable) {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1]);
}

function areUserNamespacesAllowed() {
  const read = (name) => (existsSync(name) ? readFileSync(name, 'utf8').trim() : null);
  return (
    read('/proc/sys/kernel/unprivileged_userns_clone') !== '0' &&
    read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1' &&
    read('/proc/sys/user/max_user_namespaces') !== '0'
  );
}
