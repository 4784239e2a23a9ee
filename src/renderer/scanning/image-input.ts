import { createDecoder, pixelsOf } from './decoder.ts';
import type { RawScan } from './raw-scans.ts';

/** Reads a code from picture files, the first that has one; null when none has. */
export async function readPictures(files: readonly File[]): Promise<string | null> {
  const decoder = createDecoder();
  try {
    for (const file of files) {
      const decoded = await decoder.decode(await pixelsOf(file));
      if (decoded !== null) return decoded.text;
    }
    return null;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

function picturesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"]') !== null;
}

/** Takes pictures and codes that are pasted outside fields, and pictures dropped anywhere on the window. */
export function listenForPictures(target: Window, onScan: (scan: RawScan) => void, onNothing: () => void): () => void {
  const read = async (files: readonly File[]): Promise<void> => {
    const text = await readPictures(files);
    if (text === null) onNothing();
    else onScan({ text, source: 'GALLERY', atMs: Date.now(), averageGapMs: null });
  };
  const paste = (event: ClipboardEvent): void => {
    const files = picturesOf(event.clipboardData);
    if (files.length > 0) {
      event.preventDefault();
      void read(files);
      return;
    }
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    if (text === '' || isTyping(event.target)) return;
    onScan({ text, source: 'MANUAL', atMs: Date.now(), averageGapMs: null });
  };
  const over = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    if (event.defaultPrevented) return;
    const files = picturesOf(event.dataTransfer);
    // Without this the window would leave the console and show the picture.
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    if (files.length > 0) void read(files);
  };
  target.addEventListener('paste', paste);
  target.addEventListener('dragover', over);
  target.addEventListener('drop', drop);
  return () => {
    target.removeEventListener('paste', paste);
    target.removeEventListener('dragover', over);
    target.removeEventListener('drop', drop);
  };
}
