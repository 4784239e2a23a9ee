// Builds the hosts and the renderer into out/ when a source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectNode, PROJECT_FOLDER } from './project.mjs';
import { Stop, say } from './sentences.mjs';

const STAMP = join(PROJECT_FOLDER, 'out', '.built');
const LOCK = join(PROJECT_FOLDER, '.cache', 'build.lock');
const LOCK_WAIT_MS = 120_000;
const SOURCES = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

/** Returns true when it had to build. Two builds at once take turns, and the second finds nothing left to do. */
export async function ensureBuild() {
  if (isBuildCurrent()) return false;
  await takeLock();
  try {
    if (isBuildCurrent()) return false;
    say('Building the console.');
    const startedAtMs = Date.now();
    const vite = join(PROJECT_FOLDER, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const result = spawnSync(findProjectNode(), [vite, 'build', '--logLevel', 'warn'], {
      cwd: PROJECT_FOLDER,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    if (result.status !== 0) throw new Stop(`The build failed:\n${result.stdout}${result.stderr}`);
    // Stamped with the moment the build began: a source saved meanwhile is newer and will be built next time.
    writeFileSync(STAMP, String(startedAtMs));
    return true;
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function isBuildCurrent() {
  if (!existsSync(STAMP)) return false;
  const builtAtMs = Number(readFileSync(STAMP, 'utf8'));
  return SOURCES.every((source) => newestMs(join(PROJECT_FOLDER, source)) <= builtAtMs);
}

/** The newest change below `path`. A folder counts too, because deleting a file changes only its folder. */
function newestMs(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

async function takeLock() {
  mkdirSync(join(PROJECT_FOLDER, '.cache'), { recursive: true });
  const deadlineMs = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHolderAlive() || Date.now() > deadlineMs) rmSync(LOCK, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function isHolderAlive() {
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
