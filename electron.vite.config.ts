import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const OUT_RENDERER = resolve('out/renderer');

// CommonJS everywhere outside the renderer: Electron before 28 has no ES module main, a sandboxed preload never has.
const cjs = {
  format: 'cjs' as const,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs',
};

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * Lists every built renderer file in out/renderer-manifest.json: the hosts serve what is listed and nothing else. `first`
 * names what the page asks for before any of its code runs.
 */
function rendererManifest(): Plugin {
  return {
    name: 'renderer-manifest',
    apply: 'build',
    closeBundle() {
      if (!existsSync(OUT_RENDERER)) return;
      const files = readdirSync(OUT_RENDERER, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const file = join(entry.parentPath, entry.name);
          const type = MEDIA_TYPES[extname(entry.name)];
          if (type === undefined) throw new Error(`No media type is known for ${entry.name}.`);
          const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
          return { path: `/${relative(OUT_RENDERER, file).replaceAll('\\', '/')}`, type, sha256 };
        })
        .sort((a, b) => (a.path < b.path ? -1 : 1));
      const page = readFileSync(join(OUT_RENDERER, 'index.html'), 'utf8');
      const asked = [...page.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path]) => path);
      const manifest = { first: ['/index.html', ...asked], files };
      writeFileSync(resolve('out/renderer-manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
    },
  };
}

const workers = Object.fromEntries(
  ['read-worker', 'checkpoint-worker', 'copy-worker']
    .map((name) => [name, resolve(`src/backend/db/${name}.ts`)] as const)
    .filter(([, file]) => existsSync(file)),
);

export default defineConfig({
  main: {
    build: {
      target: 'node18.15',
      externalizeDeps: { include: ['better-sqlite3', '@node-rs/argon2'] },
      rolldownOptions: {
        input: { index: resolve('src/main/index.ts'), web: resolve('src/web/index.ts'), ...workers },
        output: cjs,
      },
    },
  },
  preload: {
    build: {
      target: 'node18.15',
      externalizeDeps: false,
      rolldownOptions: { input: { index: resolve('src/preload/index.ts') }, output: cjs },
    },
  },
  renderer: {
    root: resolve('src/renderer'),
    plugins: [react(), rendererManifest()],
    worker: { format: 'es' },
    build: {
      target: 'chrome114',
      minify: true,
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve('src/renderer/index.html') },
    },
  },
});
