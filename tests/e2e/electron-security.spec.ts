import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from './support/console.ts';

// Runtime assertions of the Electron security checklist (RELIABILITY.md section 6); the number is the row.

test.beforeEach(async ({ till }) => {
  await expect(till.page.getByRole('heading').first()).toBeVisible();
});

const windowCount = (electron: ElectronApplication | null) =>
  electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

/** Does `action` in the page and returns the address a moment later, which must be the same as before. */
async function addressAfter(page: Page, action: () => void): Promise<string> {
  await page.evaluate(action);
  await page.waitForTimeout(300);
  return page.url();
}

test('row 1, 8: a page loads nothing that is not its own, and everything it asked for came from app://', async ({
  till,
}) => {
  const seen: string[] = [];
  till.page.on('request', (request) => seen.push(request.url()));
  await till.page.reload();
  await expect(till.page.getByRole('heading').first()).toBeVisible();
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter((url) => !/^(app:\/\/till\/|blob:app:\/\/till\/|data:)/.test(url))).toEqual([]);
});

test('row 2, 9, 10: no Node in the page, and its preferences are the approved ones', async ({ till }) => {
  const kinds = await till.page.evaluate(() =>
    ['require', 'process', 'Buffer', 'module', 'global'].map((name) => typeof (window as never)[name]),
  );
  expect(kinds).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined']);
  const preferences = await till.electron?.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  });
  for (const unsafe of [
    'nodeIntegrationInWorker',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'spellcheck',
  ]) {
    expect(preferences?.[unsafe] ?? false).toBe(false);
  }
  expect(preferences?.enableBlinkFeatures ?? '').toBe('');
});

test('row 3: a page that breaks its own built-ins does not reach the bridge', async ({ till }) => {
  const answer = await till.page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const spoil = () => {
          throw new Error('spoilt');
        };
        Object.assign(Function.prototype, { bind: spoil });
        const bridge = (window as never as { till: { open(handlers: object): { send(text: string): void } } }).till;
        const line = bridge.open({
          opened: () => line.send('{"id":1,"method":"query","params":{"path":"system.status"}}'),
          message: (text: string) => resolve(text),
          closed: () => resolve('closed'),
        });
      }),
  );
  expect(JSON.parse(answer)).toMatchObject({ id: 1, result: { data: { host: 'electron' } } });
});

test('row 4: the renderer runs in the operating system sandbox', async ({ till }) => {
  test.skip(!till.isSandboxed, 'the tests run as root, and no plain user can read the project here');
  const switches = await till.electron?.evaluate(({ app }) => app.commandLine.hasSwitch('no-sandbox'));
  expect(switches).toBe(false);
});

test('row 5: of all permissions only the camera is granted', async ({ till }) => {
  const outcome = await till.page.evaluate(async () => {
    const tried = async (constraints: MediaStreamConstraints) => {
      try {
        const stream = await navigator.mediaDevices.getUserMedia(constraints);
        for (const track of stream.getTracks()) track.stop();
        return 'granted';
      } catch (error) {
        return (error as DOMException).name;
      }
    };
    const state = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      video: await tried({ video: true }),
      audio: await tried({ audio: true }),
      both: await tried({ video: true, audio: true }),
      notifications: await Notification.requestPermission(),
      geolocation: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          (error) => resolve(error.code),
        ),
      ),
      midi: await state('midi'),
      hid: await (navigator as never as { hid: { getDevices(): Promise<unknown[]> } }).hid.getDevices().then(
        (devices) => devices.length,
        () => 'denied',
      ),
    };
  });
  expect(outcome).toEqual({
    video: 'granted',
    audio: 'NotAllowedError',
    both: 'NotAllowedError',
    notifications: 'denied',
    geolocation: 1,
    midi: 'denied',
    hid: 'denied',
  });
});

test('row 6, 18: another origin cannot be read, and nobody else is app://till', async ({ till }) => {
  const tries = await till.page.evaluate(async () => {
    const reach = async (url: string) => {
      try {
        return (await fetch(url)).status;
      } catch {
        return 'blocked';
      }
    };
    return [
      await reach('https://example.com/'),
      await reach('app://evil/index.html'),
      await reach('file:///etc/passwd'),
    ];
  });
  expect(tries).toEqual(['blocked', 'blocked', 'blocked']);
});

test('row 7: the content policy holds when attacked', async ({ till }) => {
  const outcome = await till.page.evaluate(async () => {
    const broken: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
    const marks = window as never as Record<string, unknown>;
    const add = (tag: string, set: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(set)) element.setAttribute(name, value);
      document.body.append(element);
      return element;
    };
    const inline = document.createElement('script');
    inline.textContent = 'window.ranInline = true';
    document.body.append(inline);
    // In a turn of its own, because what a test evaluates directly is exempt from the policy.
    const isEvalBlocked = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          new Function('window.ranEval = true')();
          resolve(false);
        } catch {
          resolve(true);
        }
      });
    });
    add('img', { src: 'data:,x', onerror: 'window.ranOnError = true' });
    add('script', { src: 'https://example.com/x.js' });
    add('base', { href: 'https://example.com/' });
    add('iframe', { src: 'https://example.com/' });
    add('style', {}).textContent = 'body { --ran: 1 }';
    (add('form', { action: 'https://example.com/', method: 'post' }) as HTMLFormElement).submit();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const ran = ['ranInline', 'ranEval', 'ranOnError'].filter((name) => marks[name] !== undefined);
    const style = getComputedStyle(document.body).getPropertyValue('--ran');
    return {
      ran,
      isEvalBlocked,
      style,
      base: document.baseURI.startsWith('app://till/'),
      broken: [...new Set(broken)].sort(),
    };
  });
  expect(outcome).toMatchObject({ ran: [], isEvalBlocked: true, style: '', base: true });
  const expected = [
    'base-uri',
    'form-action',
    'frame-src',
    'script-src',
    'script-src-attr',
    'script-src-elem',
    'style-src-elem',
  ];
  expect(outcome.broken).toEqual(expect.arrayContaining(expected));
  expect(till.page.url()).toMatch(/^app:\/\/till\//);
});

test('row 11, 12: a webview tag gets no guest', async ({ till }) => {
  await till.page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://example.com/');
    document.body.append(view);
  });
  await till.page.waitForTimeout(300);
  const kinds = await till.electron?.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((each) => each.getType()),
  );
  expect(kinds).toEqual(['window']);
});

test('row 13: the page stays where it is', async ({ till }) => {
  const { page } = till;
  const before = page.url();
  const leave = [
    () => location.assign('https://example.com/'),
    () => location.replace('app://evil/'),
    () => location.assign('file:///etc/passwd'),
    () => location.assign('data:text/html,evil'),
    () => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.com/' });
      document.body.append(link);
      link.click();
    },
    () => {
      const meta = Object.assign(document.createElement('meta'), {
        httpEquiv: 'refresh',
        content: '0;url=https://example.com/',
      });
      document.head.append(meta);
    },
  ];
  for (const action of leave) expect(await addressAfter(page, action)).toBe(before);
});

test('row 14: no second window, however it is asked for', async ({ till }) => {
  await till.page.evaluate(() => {
    window.open('https://example.com/');
    window.open('/', 'named');
    const link = Object.assign(document.createElement('a'), { href: '/', target: '_blank' });
    document.body.append(link);
    link.click();
    link.dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true }));
    link.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }));
  });
  await till.page.waitForTimeout(300);
  expect(await windowCount(till.electron)).toBe(1);
});

test('row 17: messages from anywhere but the top frame of our page are refused', async ({ till }) => {
  const heard = await till.electron?.evaluate(async ({ BrowserWindow, ipcMain, webContents }, preload) => {
    // A stranger's window that got hold of our preload script: same bridge, other origin.
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    });
    await stranger.loadURL('data:text/html,<p>stranger</p>').catch(() => undefined);
    const answer = await stranger.webContents.executeJavaScript(`new Promise((resolve) => {
      const line = window.till.open({ opened: () => resolve('opened'), message: () => resolve('message'), closed: () => resolve('closed') });
      line.send('{"id":1,"method":"query","params":{"path":"system.status"}}');
      setTimeout(() => resolve('silence'), 500);
    })`);
    stranger.destroy();
    // A frame that is gone by the time its message is looked at.
    const [contents] = webContents.getAllWebContents();
    for (const channel of ['till:open', 'till:send', 'till:close']) {
      ipcMain.emit(channel, { senderFrame: null, sender: contents }, '9', '{}');
    }
    return answer;
  }, `${process.cwd()}/out/preload/index.cjs`);
  expect(heard).toBe('silence');
  await till.page.reload();
  await expect(till.page.getByRole('heading').first()).toBeVisible();
});

test('row 18: only listed files are served', async ({ till }) => {
  const statuses = await till.page.evaluate(async () => {
    const paths = [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%5cpackage.json',
      '/index.html%00',
      '//etc/passwd',
      '/renderer-manifest.json',
    ];
    paths.push(`/${'a'.repeat(5_000)}`, '/assets/', '/%5c%5cserver%5cshare');
    return Promise.all(
      paths.map(async (path) => (await fetch(`app://till${path}`).catch(() => ({ status: 404 }))).status),
    );
  });
  expect(statuses).toEqual(statuses.map(() => 404));
});

test('row 20: the bridge is one frozen function, and nothing else was added to the window', async ({ till }) => {
  const bridge = await till.page.evaluate(() => {
    const { till: exposed } = window as never as { till: Record<string, unknown> };
    try {
      Object.assign(exposed, { open: 'replaced' });
    } catch {
      // Frozen, as it should be.
    }
    const suspicious = Object.keys(window).filter((name) => /electron|ipc|node|require|native/i.test(name));
    return { keys: Object.keys(exposed), kind: typeof exposed.open, isFrozen: Object.isFrozen(exposed), suspicious };
  });
  expect(bridge).toEqual({ keys: ['open'], kind: 'function', isFrozen: true, suspicious: [] });
});

test('the console holds the lock that makes it the only one of its shop', async ({ till }) => {
  const second = await till.electron?.evaluate(({ app }) => app.hasSingleInstanceLock());
  expect(second).toBe(true);
});
