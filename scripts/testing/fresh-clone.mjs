// `npm run bench -- --fresh`: what somebody waits who clones the project: `npm start -- --demo` until the console answers,
// the same again once installed, and `npm test`. Packages come from npm's cache where it has them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../launch/sentences.mjs';

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\S*/;
const LONGEST_START_MS = 10 * 60_000;

/** Clones the committed state of `projectFolder` to a temporary folder, times the three and removes it. Seconds. */
export async function timeFreshClone(projectFolder) {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-fresh-'));
  try {
    const clone = join(folder, 'regulars');
    const cloned = spawnSync('git', ['clone', '--quiet', '--no-hardlinks', projectFolder, clone], { stdio: 'inherit' });
    if (cloned.status !== 0) throw new Error('git clone failed');
    const first = await secondsToAnswer(clone, join(folder, 'shop-1'));
    say(`Started in ${first.toFixed(1)} s. Starting again.`);
    const again = await secondsToAnswer(clone, join(folder, 'shop-2'));
    say(`Started in ${again.toFixed(1)} s. Running the tests.`);
    const test = await secondsOfTest(clone);
    return [
      result('npm start -- --demo from a fresh clone: install, build, sample shop, answering', first),
      result('the same once installed and built', again),
      { ...result('npm test, after installing', test.seconds), isMet: test.code === 0, note: test.summary },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const result = (measure, seconds) => ({ measure, value: Number(seconds.toFixed(1)), unit: 's' });

/** Starts the web host as a person would and waits until its page can be fetched; then stops it as Ctrl+C does. */
async function secondsToAnswer(clone, dataFolder) {
  const startedMs = performance.now();
  const args = ['start', '--', '--demo', '--host', 'web', '--data', dataFolder];
  const child = spawn('npm', args, { cwd: clone, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    const address = await addressSaid(child);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`the console answered ${answer.status}`);
    return (performance.now() - startedMs) / 1000;
  } finally {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await ended;
  }
}

function addressSaid(child) {
  return new Promise((resolve, reject) => {
    const heard = [];
    const timer = setTimeout(() => reject(new Error(`no address was said: ${heard.join('')}`)), LONGEST_START_MS);
    child.stdout.on('data', (chunk) => {
      heard.push(chunk);
      const address = ADDRESS.exec(heard.join(''))?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`npm start ended with ${code}: ${heard.join('')}`));
    });
  });
}

async function secondsOfTest(clone) {
  const startedMs = performance.now();
  const child = spawn('npm', ['test'], { cwd: clone, stdio: ['ignore', 'pipe', 'inherit'] });
  const heard = [];
  child.stdout.on('data', (chunk) => heard.push(chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const summary = heard.join('').trim().split('\n').at(-1) ?? '';
  return { seconds: (performance.now() - startedMs) / 1000, code, summary };
}
