// `npm run check`: the four nets, side by side. Also the first steps of `npm test`.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PROJECT_FOLDER } from './launch/project.mjs';

export const NETS = [
  { name: 'format and lint', script: 'check:format' },
  { name: 'types', script: 'check:types' },
  { name: 'dependency rule', script: 'check:deps' },
  { name: 'unused code', script: 'check:unused' },
];

/** Runs the nets at once and resolves with { name, isPassed, seconds, output } for each, in order. */
export function runNets() {
  return Promise.all(NETS.map(runNet));
}

function runNet({ name, script }) {
  return new Promise((resolve) => {
    const startedAtMs = Date.now();
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: PROJECT_FOLDER,
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const heard = [];
    child.stdout.on('data', (chunk) => heard.push(chunk));
    child.stderr.on('data', (chunk) => heard.push(chunk));
    const end = (isPassed) =>
      resolve({ name, isPassed, seconds: (Date.now() - startedAtMs) / 1000, output: Buffer.concat(heard).toString() });
    child.on('error', () => end(false));
    child.on('close', (code) => end(code === 0));
  });
}

export function printNets(nets) {
  for (const net of nets) {
    process.stdout.write(`${net.isPassed ? 'ok    ' : 'FAILED'} ${net.name} (${net.seconds.toFixed(1)} s)\n`);
    if (!net.isPassed) process.stdout.write(`${net.output}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const nets = await runNets();
  printNets(nets);
  process.exitCode = nets.every((net) => net.isPassed) ? 0 : 1;
}
