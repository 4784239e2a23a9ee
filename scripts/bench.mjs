// `npm run bench`: runs each bench/*.bench.ts in a process of its own, one after another, and prints one table.
// A bench prints its results as lines of JSON: { "measure", "value", "unit", "target"?, "isMet"? , ... }.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { CACHE_FOLDER } from './stand-in/cache.mjs';
import { findProjectNode, PROJECT_FOLDER } from './launch/project.mjs';
import { runMain, Stop, say } from './launch/sentences.mjs';

const BENCH_FOLDER = join(PROJECT_FOLDER, 'bench');
const ONE_BENCH = join(PROJECT_FOLDER, 'scripts', 'testing', 'one-bench.mjs');

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const files = existsSync(BENCH_FOLDER) ? readdirSync(BENCH_FOLDER).filter((name) => name.endsWith('.bench.ts')) : [];
  const chosen = files.sort().filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  if (chosen.length === 0) throw new Stop(`No bench matches ${wanted.join(' ') || 'bench/*.bench.ts'}.`);
  const { ensureBuild } = await import('./launch/build.mjs');
  await ensureBuild();

  const results = [];
  const failed = [];
  for (const name of chosen) {
    say(`\n=== ${name}`);
    const { code, lines } = await runBench(join(BENCH_FOLDER, name));
    if (code !== 0) failed.push(name);
    results.push(...lines.map((line) => ({ bench: name.replace('.bench.ts', ''), ...line })));
  }
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    load1: Number((loadavg()[0] ?? 0).toFixed(2)),
    node: process.version,
  };
  mkdirSync(CACHE_FOLDER, { recursive: true });
  writeFileSync(join(CACHE_FOLDER, 'bench.json'), `${JSON.stringify({ machine, results }, null, 1)}\n`);
  printTable(machine, results);
  if (failed.length > 0) throw new Stop(`Did not finish: ${failed.join(', ')}.`);
  return 0;
});

function runBench(file) {
  return new Promise((resolve) => {
    const child = spawn(findProjectNode(), ['--expose-gc', ONE_BENCH, file], {
      cwd: PROJECT_FOLDER,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const heard = [];
    child.stdout.on('data', (chunk) => heard.push(chunk));
    child.on('close', (code) => {
      const lines = Buffer.concat(heard).toString().split('\n');
      for (const line of lines.filter((text) => text !== '' && !text.startsWith('{'))) say(line);
      resolve({ code, lines: lines.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text)) });
    });
  });
}

function printTable(machine, results) {
  say(
    `\n${machine.cores} cores, ${machine.processor}, ${machine.memoryGib} GiB, load ${machine.load1}, Node ${machine.node}`,
  );
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
