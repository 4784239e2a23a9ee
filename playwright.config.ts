import { defineConfig } from '@playwright/test';
import type { HostOptions } from './tests/e2e/support/console.ts';

const IN_BROWSER_ONLY = /web-[^/]*\.spec\.ts$/;
const IN_ELECTRON_ONLY = /electron-[^/]*\.spec\.ts$/;
/** What a window, its keys, scans, prints and processes differ in: in both hosts at once. The rest of them can wait. */
const IN_ELECTRON_AT_ONCE =
  /(electron-[^/]*|badge|camera|codes|disk-fault|fuzz|host-smoke|journey|parallel-redemptions|power-cut|scanner|second-start|sign-in|till-credit|till-receipt|two-windows)\.spec\.ts$/;
const LONG_LIMIT_MS = 20 * 60_000;

// A spec runs in both hosts, unless its file name begins with the one host it is about. Where the hosts do not differ,
// Electron has its turn in the long tests.
export default defineConfig<HostOptions>({
  globalSetup: './tests/e2e/support/build-first.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env.CI === 'true',
  // On a busy machine a window can be slow to open; what passes only again is reported as flaky, never hidden.
  retries: process.env.CI === 'true' ? 2 : 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: { actionTimeout: 10_000, screenshot: 'only-on-failure', trace: 'off' },
  projects: [
    { name: 'chromium', testDir: 'tests/e2e', testIgnore: IN_ELECTRON_ONLY, use: { host: 'web' } },
    { name: 'electron', testDir: 'tests/e2e', testMatch: IN_ELECTRON_AT_ONCE, use: { host: 'electron' } },
    {
      name: 'electron-rest',
      testDir: 'tests/e2e',
      testIgnore: [IN_BROWSER_ONLY, IN_ELECTRON_AT_ONCE],
      use: { host: 'electron' },
    },
    {
      name: 'long-chromium',
      testDir: 'tests/long',
      testMatch: '**/*.spec.ts',
      testIgnore: IN_ELECTRON_ONLY,
      timeout: LONG_LIMIT_MS,
      use: { host: 'web' },
    },
    {
      name: 'long-electron',
      testDir: 'tests/long',
      testMatch: '**/*.spec.ts',
      testIgnore: IN_BROWSER_ONLY,
      timeout: LONG_LIMIT_MS,
      use: { host: 'electron' },
    },
  ],
});
