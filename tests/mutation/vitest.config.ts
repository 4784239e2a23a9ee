import { defineConfig } from 'vitest/config';

/** The tests that the mutants of these rules must not survive. Pure rules: files need no worker of their own. */
export default defineConfig({
  test: {
    include: [
      'src/shop/{points,till,offers,vouchers,credit,passes,experiments}/**/*.test.ts',
      'tests/offers/**/*.test.ts',
    ],
    isolate: false,
    testTimeout: 30_000,
  },
});
