import { mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');

/** Bundles the sale writer, the check and the workers as the product is bundled; returns the sale writer to run with Node. */
export async function buildSaleWriter(): Promise<string> {
  // Below the project, so that the two native packages are found as they are in the product.
  const outDir = mkdtempSync(join(ROOT, 'node_modules', '.sale-writer-'));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: {
        input: {
          'sale-writer': join(ROOT, 'tests/durability/sale-writer.ts'),
          'check-child': join(ROOT, 'tests/durability/check-child.ts'),
          'read-worker': join(ROOT, 'src/backend/db/read-worker.ts'),
          'checkpoint-worker': join(ROOT, 'src/backend/db/checkpoint-worker.ts'),
        },
        external: ['better-sqlite3', '@node-rs/argon2'],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return join(outDir, 'sale-writer.mjs');
}
