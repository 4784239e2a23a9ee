// Runs one bench file through Vite's module runner, which understands what the sources use (`import.meta.glob`).
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file] = process.argv.slice(2);
const { module } = await runnerImport(resolve(file), { logLevel: 'error', configFile: false });
await module.run?.();
