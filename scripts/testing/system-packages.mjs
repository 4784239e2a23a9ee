// The programs and libraries of the system that the end-to-end tests need, and how to get them on Debian.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { commandExists } from '../launch/run.mjs';
import { say } from '../launch/sentences.mjs';

/** Debian packages: what browsers and Electron need to run, a display, a compiler, and a recorder of system calls. */
const DEBIAN_PACKAGES = [
  'chromium',
  'xvfb',
  'xauth',
  'g++',
  'strace',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
];

/** Installs what is missing where it may; returns the names of what is still missing. */
export function ensureSystemPackages() {
  if (process.platform !== 'linux' || !commandExists('dpkg-query')) return [];
  const missing = missingPackages();
  if (missing.length === 0) return [];
  if (process.getuid?.() !== 0 || !commandExists('apt-get')) {
    say(`Missing Debian packages; install them with: sudo apt-get install ${missing.join(' ')}`);
    return missing;
  }
  say(`Installing Debian packages: ${missing.join(' ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env };
  spawnSync('apt-get', ['update', '-qq'], options);
  // One at a time when all at once fails: a name that this release does not have must not cost the others.
  const install = (names) =>
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
  if (install(missing).status !== 0) for (const name of missing) install([name]);
  return missingPackages();
}

function missingPackages() {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', `\${Package} \${Status}\n`, ...namesToAsk()], {
    encoding: 'utf8',
  });
  const installed = new Set(
    [...(stdout ?? '').matchAll(/^(\S+) install ok installed$/gm)].map((match) => match[1].replace(/t64$/, '')),
  );
  return DEBIAN_PACKAGES.filter((name) => !installed.has(name));
}

/** Newer releases carry some libraries under a name ending in t64; either will do. */
function namesToAsk() {
  return DEBIAN_PACKAGES.flatMap((name) => (name.startsWith('lib') ? [name, `${name}t64`] : [name]));
}

/** The browser to test with, or null: one named by CHROMIUM, or the one that is installed. */
export function findChromium() {
  const usual = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return usual.find((path) => path !== undefined && existsSync(path)) ?? null;
}
