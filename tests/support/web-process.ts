import { type ChildProcess, spawn } from 'node:child_process';

/** The web host as `npm start` runs it: a process of its own, over the built files. */
export interface WebProcess {
  readonly processId: number;
  /** The address that signs one browser in, once. */
  readonly address: string;
  /** What it has said so far, both streams. */
  output(): string;
  /** Ends it with a signal and waits until it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface WebProcessOptions {
  readonly dataFolder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Hears what the process says as it says it. */
  readonly onOutput?: (text: string) => void;
}

/** Starts the host on a free port and resolves when it can be used. Rejects with its words when it ends before that. */
export function startWebProcess({ dataFolder, env = {}, onOutput }: WebProcessOptions): Promise<WebProcess> {
  const host = spawn(process.execPath, ['out/main/web.cjs'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      REGULARS_DATA: dataFolder,
      REGULARS_PORT: '0',
      REGULARS_NO_BROWSER: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard: string[] = [];
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      heard.push(String(chunk));
      onOutput?.(String(chunk));
      const address = /http:\/\/\S+pair=\S+/.exec(heard.join(''))?.[0];
      if (address === undefined) return;
      resolve({ processId: host.pid ?? 0, address, output: () => heard.join(''), end: (signal) => end(host, signal) });
    };
    host.stdout.on('data', listen);
    host.stderr.on('data', listen);
    host.once('exit', (code) => reject(new Error(`The web host ended (${code}): ${heard.join('')}`)));
  });
}

async function end(host: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const ended = new Promise((resolve) => host.once('exit', resolve));
  host.kill(signal);
  await ended;
}
