// `npm start`: installs, builds, chooses what opens the console, opens it, and says so in one sentence.
// Plain JavaScript for Node 20 without dependencies, because it runs before anything is installed.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HELP, readOptions } from './launch/options.mjs';
import { checkDataFolder, checkPort } from './launch/preflight.mjs';
import { exitCodeOf, runInForeground } from './launch/run-host.mjs';
import { findProjectNode, isProjectNode, PROJECT_FOLDER, readPackage } from './launch/project.mjs';
import { runMain, Stop, say } from './launch/sentences.mjs';

/** An Electron that ends badly this soon never showed its window. */
const FAILED_AT_ONCE_MS = 15_000;
/** The host's own exit code for a start that could not succeed, after it has said why. */
const HOST_SAID_WHY = 3;

await runMain(async () => {
  const options = readOptions(process.argv.slice(2), { folder: process.env.INIT_CWD ?? process.cwd() });
  if (options.isHelp) {
    process.stdout.write(HELP);
    return 0;
  }
  if (options.data !== null) checkDataFolder(options.data);
  if (options.port !== null) await checkPort(options.port);

  const { ensureDependencies } = await import('./launch/dependencies.mjs');
  ensureDependencies();
  if (!isProjectNode()) {
    return exitCodeOf(
      await runInForeground(findProjectNode(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)]),
    );
  }
  const { ensureBuild } = await import('./launch/build.mjs');
  await ensureBuild();
  return open(options);
});

async function open(options) {
  const { chooseHost } = await import('./launch/choose-host.mjs');
  const host = await chooseHost({ wanted: options.host });
  if (options.host === 'electron' && host.kind === 'web') {
    throw new Stop(`A window cannot be opened, because ${host.why}. Start with --host web to use a browser instead.`);
  }
  const env = environmentFor(options);
  if (host.kind === 'web') return openWeb(env, host.why);

  const because = host.why === null ? '' : `, because ${host.why}`;
  say(`Opening the console in Electron ${host.version}${because}.`);
  const electronEnv = host.addon === null ? env : { ...env, REGULARS_SQLITE_ADDON: host.addon };
  const result = await runInForeground(host.executable, [PROJECT_FOLDER], { env: electronEnv, cwd: PROJECT_FOLDER });
  const isBad = result.signal !== null || (result.code !== 0 && result.code !== HOST_SAID_WHY);
  if (isBad && !result.wasStopped && result.ranMs < FAILED_AT_ONCE_MS && options.host === null) {
    return openWeb(env, `Electron ${host.version} ended at once (${result.signal ?? result.code})`);
  }
  return exitCodeOf(result);
}

async function openWeb(env, why) {
  say(`Serving the console to a browser on this machine, because ${why}.`);
  const result = await runInForeground(process.execPath, [join(PROJECT_FOLDER, 'out/main/web.cjs')], { env });
  return exitCodeOf(result);
}

function environmentFor({ data, port, isDemo }) {
  const env = { ...process.env, NODE_ENV: 'production', REGULARS_VERSION: readPackage().version };
  // Set by a shell that runs Electron as Node: it would keep the window from ever opening.
  delete env.ELECTRON_RUN_AS_NODE;
  for (const name of ['REGULARS_DATA', 'REGULARS_PORT', 'REGULARS_DEMO', 'REGULARS_SQLITE_ADDON']) delete env[name];
  if (data !== null) env.REGULARS_DATA = data;
  if (port !== null) env.REGULARS_PORT = String(port);
  if (isDemo) env.REGULARS_DEMO = '1';
  return env;
}
