// `npm run test:mutation`: breaks the rules of points, till, offers and what is of value one small change at a time and counts how many a
// test sees. Prints the changes that none saw and a table per folder; ends with 1 where a folder is below 90 %.
// `npm run test:mutation -- points/lots offers` tries only files whose paths contain one of the words.
// What was tried before and has not changed since, nor its tests, is not tried again; `--fresh` forgets it. Needs the
// registry once.
import { spawnSync } from 'node:child_process';
import fs, { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './launch/dependencies.mjs';
import { findProjectNode, isProjectNode, PROJECT_FOLDER } from './launch/project.mjs';
import { exitCodeOf, runInForeground } from './launch/run-host.mjs';
import { runMain, Stop, say } from './launch/sentences.mjs';
import { complaintsOf, missedChanges, scoreByFolder, tableOf } from './testing/mutation-score.mjs';

const FOLDER = join(PROJECT_FOLDER, 'tests', 'mutation');
const STRYKER = join(FOLDER, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const REPORT = join(PROJECT_FOLDER, '.cache', 'mutation', 'report.json');
const KNOWN = join(PROJECT_FOLDER, '.cache', 'mutation', 'known.json');
const RULES = 'src/shop/{points,till,offers,vouchers,credit,passes,experiments}/**/*.ts';

await runMain(async () => {
  ensureDependencies();
  const args = process.argv.slice(2);
  if (!isProjectNode()) {
    return exitCodeOf(await runInForeground(findProjectNode(), [fileURLToPath(import.meta.url), ...args]));
  }
  if (!existsSync(STRYKER)) install();
  const words = args.filter((word) => word !== '--fresh');
  if (args.includes('--fresh')) rmSync(KNOWN, { force: true });
  const files = fs
    .globSync(RULES, { cwd: PROJECT_FOLDER })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.test.ts') && (words.length === 0 || words.some((word) => path.includes(word))));
  if (files.length === 0) throw new Stop(`No rule matches ${words.join(' ')}.`);
  say(`Breaking ${files.length} files, one change at a time; what is known from before is not tried again.`);
  rmSync(REPORT, { force: true });
  const settings = [join(FOLDER, 'stryker.config.json'), '--incremental', '--incrementalFile', KNOWN];
  settings.push('--concurrency', String(Math.max(1, availableParallelism() - 1)));
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', ...settings, '--mutate', files.join(',')], {
    cwd: PROJECT_FOLDER,
    stdio: 'inherit',
  });
  if (status !== 0 || !existsSync(REPORT)) throw new Stop('The changes could not be tried: see above.');
  return printScore(new Set(files));
});

/** Says what no test saw and how many were seen, of the files asked for; 1 where that is too few. */
function printScore(chosen) {
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  const files = Object.fromEntries(Object.entries(report.files).filter(([path]) => chosen.has(path)));
  const missed = missedChanges(files);
  if (missed.length > 0) say(['\nNo test saw:', ...missed].join('\n'));
  const rows = scoreByFolder(files);
  say(['', ...tableOf(rows), ''].join('\n'));
  const complaints = complaintsOf(rows);
  say(complaints.join('\n') || 'Enough.');
  return complaints.length === 0 ? 0 : 1;
}

function install() {
  say('Fetching Stryker, once.');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Stop('Stryker could not be fetched: the registry does not answer.');
}
