import { defineConfig } from '@playwright/test';
import type { HostOptions } from './tests/e2e/support/console.ts';

const IN_BROWSER_ONLY = /web-[^/]*\.spec\.ts$/;
const IN_ELECTRON_ONLY = /electron-[^/]*\.spec\.ts$/;
/** What the hosts do each in its own way: both are walked at once. */
const IN_BOTH_AT_ONCE = /\/(disk-fault|host-smoke|journey|parallel-redemptions|scanner)\.spec\.ts$/;
/** Devices, files, prints, windows and processes that end: in Electron at once. */
const IN_ELECTRON_FIRST =
  /\/(badge|camera|codes|fuzz|power-cut|second-start|till-credit|till-receipt|two-windows)\.spec\.ts$/;
/** Walks that take long and touch no money at the till, and those that go the ways of others with other numbers. */
const LATER =
  /\/(award-risk|clock|customer-records|events|people|programme|till-arrange|till-risk|web-backups|web-clock|web-shop-figures|web-vouchers-numbers|web-vouchers-written)\.spec\.ts$/;
const LONG_LIMIT_MS = 20 * 60_000;

// A spec runs in both hosts, unless its file name begins with the one host it is about: in one of them at once, in the
// other in the long tests, so that `npm test` stays within a quarter of an hour.
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
    {
      name: 'chromium',
      testDir: 'tests/e2e',
      testIgnore: [IN_ELECTRON_ONLY, IN_ELECTRON_FIRST, LATER],
      use: { host: 'web' },
    },
    {
      name: 'electron',
      testDir: 'tests/e2e',
      testMatch: [IN_ELECTRON_ONLY, IN_ELECTRON_FIRST, IN_BOTH_AT_ONCE],
      use: { host: 'electron' },
    },
    { name: 'chromium-rest', testDir: 'tests/e2e', testMatch: [IN_ELECTRON_FIRST, LATER], use: { host: 'web' } },
    {
      name: 'electron-rest',
      testDir: 'tests/e2e',
      testIgnore: [IN_BROWSER_ONLY, IN_ELECTRON_ONLY, IN_ELECTRON_FIRST, IN_BOTH_AT_ONCE],
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
