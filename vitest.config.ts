import { defineConfig } from 'vitest/config';

const LONG_TEST_LIMIT_MS = 30 * 60_000;
const LONG_TESTS = ['**/*.long.test.ts', 'tests/long/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest would leave one processor idle, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
          exclude: [...LONG_TESTS, 'tests/e2e/**', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: LONG_TESTS,
          exclude: ['**/node_modules/**', 'tests/e2e/**'],
          testTimeout: LONG_TEST_LIMIT_MS,
          hookTimeout: LONG_TEST_LIMIT_MS,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'bench',
          include: ['bench/**/*.bench.ts'],
          testTimeout: LONG_TEST_LIMIT_MS,
          hookTimeout: LONG_TEST_LIMIT_MS,
          pool: 'forks',
          execArgv: ['--expose-gc'],
          fileParallelism: false,
          disableConsoleIntercept: true,
        },
      },
    ],
  },
});
