// `npm test`: every check and every fast test, on a machine with nothing but Node 20 and npm. `--long`: the long tests.
// Ends with a table and the line "N passed, N failed"; exits non-zero when anything failed or could not be run.
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './launch/dependencies.mjs';
import { findProjectNode, isProjectNode } from './launch/project.mjs';
import { exitCodeOf, runInForeground } from './launch/run-host.mjs';
import { runMain, Stop, say } from './launch/sentences.mjs';

const FAST_LIMIT_MINUTES = 15;
const LONG_LIMIT_MINUTES = 55;

await runMain(async () => {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== '--long');
  if (unknown !== undefined) throw new Stop(`Unknown option: ${unknown}. There is only --long.`, 2);
  ensureDependencies();
  if (!isProjectNode()) {
    return exitCodeOf(await runInForeground(findProjectNode(), [fileURLToPath(import.meta.url), ...args]));
  }
  const startedAtMs = Date.now();
  const steps = args.includes('--long') ? await runLong() : await runFast();
  return summarise(steps, (Date.now() - startedAtMs) / 1000);
});

async function runFast() {
  const { runVitest } = await import('./testing/run-step.mjs');
  const tools = await prepare();
  const checks = await runChecks();
  const build = await runBuild();
  const fast = await runVitest('tests beside the code and across folders', 'fast', FAST_LIMIT_MINUTES);
  return [...checks, build, fast, ...(await runEndToEnd(['chromium', 'electron'], tools, FAST_LIMIT_MINUTES))];
}

async function runLong() {
  const { runVitest } = await import('./testing/run-step.mjs');
  const tools = await prepare();
  const build = await runBuild();
  const long = await runVitest('long tests', 'long', LONG_LIMIT_MINUTES);
  const ends = await runEndToEnd(
    [
      ['chromium-rest', 'long-chromium'],
      ['electron-rest', 'long-electron'],
    ],
    tools,
    LONG_LIMIT_MINUTES,
  );
  return [build, long, ...ends];
}

/** Debian packages, the browser, the Electron runtime: what end-to-end tests stand on. */
async function prepare() {
  const { ensureSystemPackages, findChromium } = await import('./testing/system-packages.mjs');
  const { findElectron } = await import('./launch/choose-host.mjs');
  const missing = ensureSystemPackages();
  const electron = await findElectron({ needsSandbox: process.getuid?.() !== 0 });
  if (electron.executable) say(`Electron tests run in Electron ${electron.version}.`);
  return { missing, chromium: findChromium(), electron };
}

async function runChecks() {
  const { printNets, runNets } = await import('./check.mjs');
  say('\n=== checks');
  const nets = await runNets();
  printNets(nets);
  return nets.map(({ name, isPassed, seconds }) => ({
    name,
    passed: isPassed ? 1 : 0,
    failed: isPassed ? 0 : 1,
    skipped: 0,
    seconds,
  }));
}

async function runBuild() {
  const { ensureBuild } = await import('./launch/build.mjs');
  say('\n=== build');
  const startedAtMs = Date.now();
  const seconds = () => (Date.now() - startedAtMs) / 1000;
  try {
    await ensureBuild();
    return { name: 'build', passed: 1, failed: 0, skipped: 0, seconds: seconds() };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    say(error.message);
    return { name: 'build', passed: 0, failed: 1, skipped: 0, seconds: seconds() };
  }
}

async function runEndToEnd([browserProjects, electronProjects], { missing, chromium, electron }, limitMinutes) {
  const { notRun, runPlaywright } = await import('./testing/run-step.mjs');
  const steps = [];
  const inBrowser = 'end to end in Chromium, web host';
  if (chromium === null) steps.push(notRun(inBrowser, 'there is no Chromium; install it or name one with CHROMIUM'));
  else {
    const env = { CHROMIUM: chromium };
    steps.push(await runPlaywright(inBrowser, browserProjects, { env, needsDisplay: false, limitMinutes }));
  }
  const inElectron = 'end to end in Electron';
  if (electron.missing) steps.push(notRun(inElectron, electron.missing));
  else if (missing.includes('xvfb')) steps.push(notRun(inElectron, 'there is no Xvfb to give it a display'));
  else {
    const env = { REGULARS_ELECTRON: electron.executable, REGULARS_SQLITE_ADDON: electron.addon ?? '' };
    steps.push(await runPlaywright(inElectron, electronProjects, { env, needsDisplay: true, limitMinutes }));
  }
  return steps;
}

function summarise(steps, seconds) {
  const widest = Math.max(...steps.map(({ name }) => name.length));
  const row = (cells) => cells.map((cell, index) => (index === 0 ? cell.padEnd(widest) : cell.padStart(9))).join(' ');
  say(`\n${row(['', 'passed', 'failed', 'skipped', 'seconds'])}`);
  for (const step of steps) {
    say(row([step.name, ...[step.passed, step.failed, step.skipped].map(String), step.seconds.toFixed(1)]));
  }
  // Once more at the end, because the end is what is left of a long log.
  for (const trouble of steps.flatMap(({ troubles = [] }) => troubles)) say(`\n${trouble}`);
  const sum = (key) => steps.reduce((total, step) => total + step[key], 0);
  say(`${row(['in all', '', '', '', seconds.toFixed(1)])}\n`);
  say(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}
