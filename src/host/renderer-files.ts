import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface ListedFile {
  readonly path: string;
  readonly type: string;
  readonly sha256: string;
}

export interface RendererFile {
  readonly path: string;
  readonly type: string;
  /** Strong validator made of the content's hash. */
  readonly etag: string;
  /** True when the name changes with the content, so that it may be kept for ever. */
  readonly isImmutable: boolean;
  read(): Promise<Buffer<ArrayBuffer>>;
}

export interface RendererFiles {
  /** What the page asks for before any of its code runs. */
  readonly first: readonly string[];
  /** The file served at `pathname` (as it stands in the URL, not decoded), or null. */
  find(pathname: string): RendererFile | null;
}

/**
 * Opens the built renderer in `outFolder`. Only what the build listed can be found, by exact comparison of the
 * undecoded path: no path is ever put together from what a page asked for, so there is nothing to traverse.
 */
export function openRendererFiles(outFolder: string): RendererFiles {
  const manifest = JSON.parse(readFileSync(join(outFolder, 'renderer-manifest.json'), 'utf8')) as {
    first: string[];
    files: ListedFile[];
  };
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  return {
    first: manifest.first,
    find(pathname) {
      const file = listed.get(pathname === '/' ? '/index.html' : pathname);
      if (file === undefined) return null;
      return {
        path: file.path,
        type: file.type,
        etag: `"${file.sha256.slice(0, 32)}"`,
        isImmutable: file.path.startsWith('/assets/'),
        read: () => readFile(join(outFolder, 'renderer', file.path)),
      };
    },
  };
}
