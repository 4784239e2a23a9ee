// Runs one step of a test run and reads its counts from the report that its runner wrote.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { findProjectNode, PROJECT_FOLDER } from '../launch/project.mjs';
import { say } from '../launch/sentences.mjs';

const LINES_OF_AN_ERROR = 12;
const RESULTS = join(PROJECT_FOLDER, 'test-results');
const bin = (...path) => join(PROJECT_FOLDER, 'node_modules', ...path);

/** Vitest, the project of that name in vitest.config.ts. */
export async function runVitest(name, project, limitMinutes) {
  const report = freshReport(`vitest-${project}.json`);
  const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json'];
  const command = [findProjectNode(), bin('vitest', 'vitest.mjs'), ...args, `--outputFile.json=${report}`];
  const ended = await run(name, command, { limitMinutes });
  const counts = readReport(report, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
    troubles: json.testResults.flatMap((file) => vitestTroubles(file)),
  }));
  return finish(name, ended, counts);
}

/** Playwright, the projects of playwright.config.ts named; under a display of its own where there is none. */
export async function runPlaywright(name, projects, { env, needsDisplay, limitMinutes }) {
  const report = freshReport(`playwright-${[projects].flat().join('-')}.json`);
  const command = [findProjectNode(), bin('@playwright', 'test', 'cli.js'), 'test'];
  command.push(...[projects].flat().map((project) => `--project=${project}`));
  command.push('--pass-with-no-tests', '--reporter=list,json');
  const hasDisplay = process.platform !== 'linux' || !needsDisplay;
  const screen = ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24'];
  const ended = await run(name, hasDisplay ? command : [...screen, ...command], {
    limitMinutes,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  const counts = readReport(report, ({ stats, suites, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    troubles: [
      ...suites.flatMap((suite) => playwrightTroubles(suite)),
      ...errors.map(({ message }) => `FAILED ${firstLines(message)}`),
    ],
  }));
  return finish(name, ended, counts);
}

/** A step that could not be run. It counts as failed, because nobody knows how it would have ended. */
export function notRun(name, reason) {
  say(`\nFAILED ${name}: not run, because ${reason}.`);
  return {
    name,
    passed: 0,
    failed: 1,
    skipped: 0,
    seconds: 0,
    troubles: [`FAILED ${name}: not run, because ${reason}`],
  };
}

function run(name, [command, ...args], { limitMinutes, env = {} }) {
  say(`\n=== ${name}`);
  return new Promise((resolve) => {
    const startedAtMs = Date.now();
    const child = spawn(command, args, {
      cwd: PROJECT_FOLDER,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      detached: process.platform !== 'win32',
    });
    const limit = setTimeout(() => {
      say(`${name} took more than ${limitMinutes} minutes and was stopped.`);
      stopGroup(child);
    }, limitMinutes * 60_000);
    const onSignal = () => {
      stopGroup(child);
      process.exit(130);
    };
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    const end = (code) => {
      clearTimeout(limit);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      resolve({ code, seconds: (Date.now() - startedAtMs) / 1000 });
    };
    child.on('error', () => end(127));
    child.on('close', end);
  });
}

function stopGroup(child) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

function freshReport(fileName) {
  const file = join(RESULTS, 'reports', fileName);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

function readReport(file, read) {
  if (!existsSync(file)) return null;
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function vitestTroubles({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((result) => result.status === 'failed');
  if (failed.length === 0 && status === 'failed') return [`FAILED ${name}\n${firstLines(message)}`];
  return failed.map(({ fullName, failureMessages }) => `FAILED ${fullName}\n${firstLines(failureMessages.join('\n'))}`);
}

function playwrightTroubles({ specs = [], suites = [] }) {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, results }) => {
        const error = results.find((result) => result.error)?.error;
        return `${status === 'flaky' ? 'FLAKY' : 'FAILED'} ${file}: ${title}\n${firstLines(error?.message)}`;
      }),
  );
  return [...own, ...suites.flatMap((suite) => playwrightTroubles(suite))];
}

/** The beginning of an error's text, without colours, indented: what one needs in order to know which error it was. */
function firstLines(text = 'no error was given') {
  const lines = stripVTControlCharacters(text).split('\n').slice(0, LINES_OF_AN_ERROR);
  return lines.map((line) => `    ${line.slice(0, 300)}`).join('\n');
}

/** A runner that fails without a failed test (a file that does not load, a crash) counts as one failure. */
function finish(name, { code, seconds }, counts) {
  const { passed, failed, skipped, troubles } = counts ?? { passed: 0, failed: 0, skipped: 0, troubles: [] };
  const isUnexplained = code !== 0 && failed === 0;
  if (isUnexplained) troubles.push(`FAILED ${name}: its runner ended with ${code} and named no failed test`);
  return { name, passed, failed: isUnexplained ? 1 : failed, skipped, seconds, troubles };
}
