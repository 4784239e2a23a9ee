const LONGEST = 80;

/** A name for one PDF in one folder: no separators, no control characters, not hidden, at most 84 characters. */
export function safeFileName(name: string): string {
  const plain = name
    .replace(/\.pdf$/i, '')
    .replace(/[^\p{L}\p{N} _-]+/gu, '-')
    .slice(0, LONGEST)
    .replace(/^[-\s]+|[-\s]+$/g, '');
  return `${plain === '' ? 'receipt' : plain}.pdf`;
}
