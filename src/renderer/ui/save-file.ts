const TYPES = {
  'text/csv': 'text/csv;charset=utf-8',
  'application/json': 'application/json;charset=utf-8',
  'image/svg+xml': 'image/svg+xml;charset=utf-8',
  'image/png': 'image/png',
} as const;

/** Hands a text, or parts of one, to the person as a file. */
export function saveFile(fileName: string, content: string | readonly string[], type: keyof typeof TYPES): void {
  saveBlob(fileName, new Blob(typeof content === 'string' ? [content] : [...content], { type: TYPES[type] }));
}

/** Hands something that is made already to the person as a file. */
export function saveBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
