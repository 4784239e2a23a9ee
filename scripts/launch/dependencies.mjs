// Installs what package-lock.json names, when it is not there yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from './project.mjs';
import { Stop, say } from './sentences.mjs';

/** Returns true when it had to install. */
export function ensureDependencies() {
  if (areDependenciesCurrent()) return false;
  say('Installing what the console needs (npm ci).');
  const result = spawnSync(npmCommand(), ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) throw new Stop('npm ci did not finish: the lines above say why.');
  return true;
}

/**
 * Compares the lock with the record npm keeps of what it installed (written last, so a broken install has none).
 * Packages of other platforms are in the lock and not installed: those may be missing.
 */
export function areDependenciesCurrent(folder = PROJECT_FOLDER) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const installed = packagesOf(record);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const found = installed[path];
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

function npmCommand() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}
