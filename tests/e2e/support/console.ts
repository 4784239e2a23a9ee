import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  _electron,
  type Browser,
  type BrowserContext,
  test as base,
  chromium,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import { startWebProcess, type WebProcess } from '../../support/web-process.ts';
import { giveToPlainUser, hasElectron, prepareElectron } from './electron-runtime.ts';

export { expect } from '@playwright/test';

export interface HostOptions {
  /** Which host the console is opened in; set by the project in playwright.config.ts. */
  host: 'web' | 'electron';
}

interface ConsoleOptions {
  /** File (y4m or mjpeg) that the fake camera plays, or null for a machine whose camera shows its own test picture. */
  cameraFile: string | null;
  /** Starts with the sample shop. */
  isDemo: boolean;
  windowSize: { width: number; height: number };
}

/** A console that was really started, in its own data folder. */
export interface TestConsole {
  readonly host: 'web' | 'electron';
  readonly dataFolder: string;
  /** The window, or the tab. Another object after a restart. */
  readonly page: Page;
  /** Set in Electron only. */
  readonly electron: ElectronApplication | null;
  /** True in Electron with its sandbox on. */
  readonly isSandboxed: boolean;
  /** Process id of the one that owns the data folder. */
  readonly processId: number;
  /** Closes it properly. */
  close(): Promise<void>;
  /** Ends it as a power cut of the process would: SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again on the same data folder, after `close` or `kill`. */
  open(): Promise<void>;
  /** A second tab with a sign-in of its own (web host), or null in Electron, which has one window. */
  openSecondTab(): Promise<Page | null>;
}

/** `till` is a console started for this test and closed after it. */
export const test = base.extend<ConsoleOptions & { till: TestConsole }, HostOptions>({
  host: ['web', { option: true, scope: 'worker' }],
  cameraFile: [null, { option: true }],
  isDemo: [false, { option: true }],
  windowSize: [{ width: 1440, height: 900 }, { option: true }],
  till: async ({ host, cameraFile, isDemo, windowSize }, use, testInfo) => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-e2e-'));
    mkdirSync(join(folder, 'shop'));
    const options = { folder, cameraFile, isDemo, windowSize };
    const till = host === 'web' ? new WebConsole(options) : new ElectronConsole(options);
    try {
      await till.open();
      await use(till);
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('console output', { body: till.output() });
      await till.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  },
});

interface StartOptions {
  readonly folder: string;
  readonly cameraFile: string | null;
  readonly isDemo: boolean;
  readonly windowSize: { width: number; height: number };
}

const cameraArgs = (file: string | null): string[] => [
  '--use-fake-device-for-media-stream',
  ...(file === null ? [] : [`--use-file-for-fake-video-capture=${file}`]),
];

const shopEnv = ({ isDemo }: StartOptions): Record<string, string> => ({
  LANG: 'en_US.UTF-8',
  LANGUAGE: 'en_US',
  LC_ALL: 'en_US.UTF-8',
  ...(isDemo ? { REGULARS_DEMO: '1' } : {}),
});

const ownEnv = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));

class WebConsole implements TestConsole {
  readonly host = 'web';
  readonly electron = null;
  readonly isSandboxed = false;
  readonly dataFolder: string;
  readonly #options: StartOptions;
  readonly #heard: string[] = [];
  #server: WebProcess | null = null;
  #browser: Browser | null = null;
  #context: BrowserContext | null = null;
  #page: Page | null = null;

  constructor(options: StartOptions) {
    this.#options = options;
    this.dataFolder = join(options.folder, 'shop');
  }

  get page(): Page {
    if (this.#page === null) throw new Error('The console is closed.');
    return this.#page;
  }

  get processId(): number {
    return this.#server?.processId ?? 0;
  }

  output(): string {
    return this.#heard.join('');
  }

  async open(): Promise<void> {
    this.#server = await startWebProcess({
      dataFolder: this.dataFolder,
      env: shopEnv(this.#options),
      onOutput: (text) => this.#heard.push(text),
    });
    this.#browser ??= await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--use-fake-ui-for-media-stream', ...cameraArgs(this.#options.cameraFile)],
    });
    this.#context ??= await this.#browser.newContext({ viewport: this.#options.windowSize });
    this.#page = await this.#context.newPage();
    await this.#page.goto(this.#server.address);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    this.#browser = null;
    this.#context = null;
    await this.#end('SIGTERM');
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL');
    await this.#page?.close();
    this.#page = null;
  }

  async openSecondTab(): Promise<Page> {
    if (this.#context === null) throw new Error('The console is closed.');
    const token = await this.page.evaluate(() => sessionStorage.getItem('regulars.token'));
    const tab = await this.#context.newPage();
    // The same browser: a tab that was duplicated carries the token with it, as browsers do.
    await tab.addInitScript((value) => sessionStorage.setItem('regulars.token', value), token ?? '');
    await tab.goto(new URL('/', this.page.url()).href);
    return tab;
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.#server?.end(signal);
    this.#server = null;
  }
}

const OPEN_LIMIT_MS = 25_000;
const ANSWER_LIMIT_MS = 5_000;
const CLOSE_LIMIT_MS = 30_000;

/** What `work` answers, or an error when Electron has not done it in time. */
async function within<Answer>(limitMs: number, what: string, work: () => Promise<Answer>): Promise<Answer> {
  const late = new AbortController();
  const tooLate = setTimeout(limitMs, null, { signal: late.signal }).then(() => {
    throw new Error(`Electron did not ${what} within ${limitMs / 1000} s.`);
  });
  try {
    return await Promise.race([work(), tooLate]);
  } finally {
    late.abort();
    tooLate.catch(() => null);
  }
}

class ElectronConsole implements TestConsole {
  readonly host = 'electron';
  readonly dataFolder: string;
  readonly #options: StartOptions;
  readonly #heard: string[] = [];
  #app: ElectronApplication | null = null;
  #page: Page | null = null;
  #isSandboxed = false;
  #processId = 0;

  constructor(options: StartOptions) {
    this.#options = options;
    this.dataFolder = join(options.folder, 'shop');
  }

  get electron(): ElectronApplication {
    if (this.#app === null) throw new Error('The console is closed.');
    return this.#app;
  }

  get page(): Page {
    if (this.#page === null) throw new Error('The console is closed.');
    return this.#page;
  }

  get isSandboxed(): boolean {
    return this.#isSandboxed;
  }

  get processId(): number {
    return this.#processId;
  }

  output(): string {
    return this.#heard.join('');
  }

  async open(): Promise<void> {
    if (!hasElectron()) throw new Error('There is no Electron to test with: run npm test once, it fetches one.');
    const { executable, env, isSandboxed } = prepareElectron(this.#options.folder);
    giveToPlainUser(this.#options.folder);
    this.#isSandboxed = isSandboxed;
    try {
      await this.#start({ executable, env, isSandboxed });
    } catch (error) {
      // Now and then Playwright never hears of a process that has started, or of a page that stands there and answers: that
      // one is started again, once, and the log says so.
      if (this.#app !== null && !(await this.#hasWindow())) throw error;
      console.log(`${error} ${this.#app === null ? 'It is started' : 'The page was there, and is opened'} again.`);
      await this.#endHung();
      await this.#start({ executable, env, isSandboxed });
    }
  }

  async #endHung(): Promise<void> {
    const hung = this.#app?.process();
    if (hung === undefined || hung.exitCode !== null || hung.signalCode !== null) return;
    const ended = new Promise((resolve) => hung.once('exit', resolve));
    hung.kill('SIGKILL');
    await ended;
  }

  async #start({ executable, env, isSandboxed }: ReturnType<typeof prepareElectron>): Promise<void> {
    this.#processId = 0;
    this.#app = null;
    const app = await _electron.launch({
      executablePath: executable,
      args: [...cameraArgs(this.#options.cameraFile), '.'],
      env: { ...ownEnv(), NODE_ENV: 'production', REGULARS_DATA: this.dataFolder, ...shopEnv(this.#options), ...env },
      chromiumSandbox: isSandboxed,
      timeout: OPEN_LIMIT_MS,
    });
    for (const stream of [app.process().stdout, app.process().stderr]) {
      stream?.on('data', (chunk) => this.#heard.push(String(chunk)));
    }
    this.#app = app;
    const page = await within(OPEN_LIMIT_MS, 'show its window', () => app.firstWindow());
    await within(OPEN_LIMIT_MS, 'show its page', () =>
      page.locator('#root > *').first().waitFor({ state: 'attached', timeout: 0 }),
    );
    this.#page = page;
    this.#processId = await within(OPEN_LIMIT_MS, 'answer', () => app.evaluate(() => process.pid));
    const { width, height } = this.#options.windowSize;
    await within(OPEN_LIMIT_MS, 'take its size', () =>
      app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
        { width, height },
      ),
    );
  }

  /** Whether the main process knows of a page that answers. */
  async #hasWindow(): Promise<boolean> {
    const asked = () =>
      this.#app?.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText.length > 0'),
      ) ?? Promise.resolve(false);
    return within(ANSWER_LIMIT_MS, 'say whether it has a page', asked).catch(() => false);
  }

  async close(): Promise<void> {
    const app = this.#app;
    this.#app = null;
    this.#page = null;
    if (app === null || (this.#processId > 0 && !existsSync(`/proc/${this.#processId}`))) return;
    try {
      await within(CLOSE_LIMIT_MS, 'close', () => app.close());
    } catch (error) {
      // One that hangs is ended, so that it takes no other test with it; the test that left it fails.
      app.process().kill('SIGKILL');
      if (this.#processId > 0) process.kill(this.#processId, 'SIGKILL');
      throw error;
    }
  }

  async kill(): Promise<void> {
    const app = this.#app;
    if (app === null) return;
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    process.kill(this.#processId, 'SIGKILL');
    await ended;
    this.#app = null;
    this.#page = null;
  }

  async openSecondTab(): Promise<null> {
    return null;
  }
}
