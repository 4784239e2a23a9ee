import { mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '../..');

/** Bundles the sale writer, the check and the workers as the product is bundled; returns the sale writer to run with Node. */
export function buildSaleWriter(): Promise<string> {
  return buildForNode('sale-writer', {
    'sale-writer': 'tests/durability/sale-writer.ts',
    'check-child': 'tests/durability/check-child.ts',
    'read-worker': 'src/backend/db/read-worker.ts',
    'checkpoint-worker': 'src/backend/db/checkpoint-worker.ts',
    'copy-worker': 'src/backend/db/copy-worker.ts',
  });
}

/** Bundles programs by their names, files below the project's root; returns the named one to run with Node. */
export async function buildForNode(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  // Below the project, so that the two native packages are found as they are in the product.
  const outDir = mkdtempSync(join(ROOT, 'node_modules', `.${name}-`));
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
        input: Object.fromEntries(Object.entries(files).map(([entry, path]) => [entry, join(ROOT, path)])),
        external: ['better-sqlite3', '@node-rs/argon2'],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}
