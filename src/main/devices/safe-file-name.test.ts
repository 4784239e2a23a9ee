import { expect, test } from 'vitest';
import { safeFileName } from './safe-file-name.ts';

test.each([
  ['Receipt 2026-0042', 'Receipt 2026-0042.pdf'],
  ['Recibo Ñandú.pdf', 'Recibo Ñandú.pdf'],
  ['../../etc/passwd', 'etc-passwd.pdf'],
  ['C:\\Windows\\x', 'C-Windows-x.pdf'],
  ['.hidden', 'hidden.pdf'],
  ['a\u0000b\u202Ec', 'a-b-c.pdf'],
  ['', 'receipt.pdf'],
  ['x'.repeat(500), `${'x'.repeat(80)}.pdf`],
])('%j becomes the one file name %j', (given, expected) => {
  expect(safeFileName(given)).toBe(expected);
});
