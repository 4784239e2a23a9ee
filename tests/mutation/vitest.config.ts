import { defineConfig } from 'vitest/config';

/** The tests that the mutants of points, till and offers must not survive. */
export default defineConfig({
  test: { include: ['src/shop/{points,till,offers}/**/*.test.ts', 'tests/offers/**/*.test.ts'], testTimeout: 30_000 },
});
