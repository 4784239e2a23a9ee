// `npm run bench`: runs each bench/**/*.bench.ts, one after another, and prints one table.
// The same table, as docs/benchmarks.md wants it, is left in .cache/bench.md.
// A bench prints each result as a line `BENCH {json}`: { "measure", "value", "unit", "target"?, "isMet"?, … }.
// `npm run bench -- customers till` runs the files whose names contain one of the words; `--fresh` times a fresh clone instead.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { findProjectNode, PROJECT_FOLDER } from './launch/project.mjs';
import { runMain, Stop, say } from './launch/sentences.mjs';
import { CACHE_FOLDER } from './stand-in/cache.mjs';

const BENCH_FOLDER = join(PROJECT_FOLDER, 'bench');
const VITEST = join(PROJECT_FOLDER, 'node_modules', 'vitest', 'vitest.mjs');
const RESULT_MARK = 'BENCH ';

await runMain(async () => {
  const words = process.argv.slice(2);
  if (words.includes('--fresh')) {
    const { timeFreshClone } = await import('./testing/fresh-clone.mjs');
    printTable(describeMachine(), await timeFreshClone(PROJECT_FOLDER));
    return 0;
  }
  const files = existsSync(BENCH_FOLDER) ? readdirSync(BENCH_FOLDER, { recursive: true }).sort() : [];
  const benches = files.filter((name) => name.endsWith('.bench.ts'));
  const chosen = benches.filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
  if (chosen.length === 0) throw new Stop(`No bench matches ${words.join(' ') || 'bench/**/*.bench.ts'}.`);
  const { ensureBuild } = await import('./launch/build.mjs');
  await ensureBuild();

  const startedMs = performance.now();
  const results = [];
  const failed = [];
  for (const name of chosen) {
    say(`\n=== ${name}`);
    const { code, lines } = await runBench(`bench/${name.replaceAll('\\', '/')}`);
    if (code !== 0) failed.push(name);
    results.push(...lines.map((line) => ({ bench: name.replace('.bench.ts', ''), ...line })));
  }
  const machine = describeMachine();
  mkdirSync(CACHE_FOLDER, { recursive: true });
  writeFileSync(join(CACHE_FOLDER, 'bench.json'), `${JSON.stringify({ machine, results }, null, 1)}\n`);
  writeFileSync(join(CACHE_FOLDER, 'bench.md'), markdownOf(machine, results));
  printTable(machine, results);
  say(`\n${results.length} results in ${Math.round((performance.now() - startedMs) / 60_000)} min.`);
  if (failed.length > 0) throw new Stop(`Did not finish: ${failed.join(', ')}.`);
  return 0;
});

function runBench(file) {
  return new Promise((resolve) => {
    const command = [findProjectNode(), VITEST, 'run', '--project', 'bench', file];
    const needsDisplay = process.platform === 'linux' && process.env.DISPLAY === undefined;
    const [program, ...args] = needsDisplay ? ['xvfb-run', '-a', ...command] : command;
    const child = spawn(program, args, { cwd: PROJECT_FOLDER, stdio: ['ignore', 'pipe', 'inherit'] });
    const heard = [];
    child.stdout.on('data', (chunk) => heard.push(chunk));
    child.on('error', () => resolve({ code: 127, lines: [] }));
    child.on('close', (code) => {
      const lines = Buffer.concat(heard).toString().split('\n');
      const isResult = (line) => line.startsWith(RESULT_MARK);
      for (const line of lines.filter((text) => text.trim() !== '' && !isResult(text))) say(line);
      const results = lines.filter(isResult).map((line) => JSON.parse(line.slice(RESULT_MARK.length)));
      resolve({ code, lines: results });
    });
  });
}

function describeMachine() {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    load1: Number((loadavg()[0] ?? 0).toFixed(2)),
    node: process.version,
  };
}

function markdownOf({ cores, processor, memoryGib, load1, node }, results) {
  const rows = results.map(({ target = '–', measure, value, unit, isMet, note = '' }) => {
    const met = isMet === undefined ? '–' : isMet ? 'yes' : '**no**';
    return `| ${target} | ${measure} | ${value} ${unit} | ${met} | ${note} |`;
  });
  const head = ['| target | what | result | met | detail |', '| --- | --- | --- | --- | --- |'];
  const machine = `${cores} cores, ${processor}, ${memoryGib} GiB, load ${load1}, Node ${node}`;
  return `${[machine, '', ...head, ...rows].join('\n')}\n`;
}

function printTable({ cores, processor, memoryGib, load1, node }, results) {
  say(`\n${cores} cores, ${processor}, ${memoryGib} GiB, load ${load1}, Node ${node}`);
  const columns = [...new Set(results.flatMap((result) => Object.keys(result)))];
  const rows = [columns, ...results.map((result) => columns.map((column) => String(result[column] ?? '')))];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index].length)));
  for (const row of rows)
    say(
      row
        .map((cell, index) => cell.padEnd(widths[index]))
        .join('  ')
        .trimEnd(),
    );
}
