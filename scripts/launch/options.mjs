// The options of `npm start`.
import { resolve } from 'node:path';
import { Stop } from './sentences.mjs';

export const HELP = `Regulars: a console for the shop counter.

  npm start                      open the console
  npm start -- --demo            open it with a sample shop, kept apart from your own
  npm start -- --host web        use a browser on this machine instead of a window of its own
  npm start -- --host electron   use a window of its own, or stop if it cannot be had
  npm start -- --data FOLDER     keep the shop's data in FOLDER
  npm start -- --port N          let the browser reach the console at port N (1 to 65535, web host only)
  npm start -- --help            show this text
`;

const HOSTS = ['electron', 'web'];
const USAGE_EXIT_CODE = 2;

/** Reads the arguments. Throws a Stop with a sentence for anything it does not understand. */
export function readOptions(args, { folder = process.cwd() } = {}) {
  const options = { isDemo: false, host: null, data: null, port: null, isHelp: false };
  const rest = args.flatMap((arg) => (/^--[a-z]+=/.test(arg) ? splitOnce(arg) : [arg]));
  while (rest.length > 0) {
    const name = rest.shift();
    if (name === '--help' || name === '-h') options.isHelp = true;
    else if (name === '--demo') options.isDemo = true;
    else if (name === '--host') options.host = readHost(nextValue(name, rest));
    else if (name === '--data') options.data = resolve(folder, nextValue(name, rest));
    else if (name === '--port') options.port = readPort(nextValue(name, rest));
    else throw usage(`Unknown option: ${name}.`);
  }
  if (options.port !== null && options.host === 'electron') {
    throw usage('--port goes with the web host: leave it out, or use --host web.');
  }
  // A port means something to the web host alone.
  if (options.port !== null) options.host = 'web';
  return options;
}

function readHost(value) {
  if (!HOSTS.includes(value)) throw usage(`--host takes electron or web, not ${value}.`);
  return value;
}

function readPort(value) {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65_535) throw usage(`--port takes a number from 1 to 65535, not ${value}.`);
  return port;
}

function nextValue(name, rest) {
  const value = rest.shift();
  if (value === undefined || value === '' || value.startsWith('--')) throw usage(`${name} needs a value after it.`);
  return value;
}

function splitOnce(arg) {
  const at = arg.indexOf('=');
  return [arg.slice(0, at), arg.slice(at + 1)];
}

function usage(sentence) {
  return new Stop(`${sentence} Try: npm start -- --help`, USAGE_EXIT_CODE);
}
