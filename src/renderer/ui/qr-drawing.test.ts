import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { drawQr, qrSvg } from './qr-drawing.ts';

/** The squares that a path draws over. */
function filled(path: string): Set<string> {
  const squares = new Set<string>();
  const pen = { x: 0, y: 0 };
  for (const [, step, x = '0', y = '0', width] of path.matchAll(/([Mm])(\d+) (\d+)(?:\.5)?h(\d+)/g)) {
    Object.assign(pen, step === 'M' ? { x: Number(x), y: Number(y) } : { x: pen.x + Number(x), y: pen.y });
    for (let count = 0; count < Number(width); count += 1) squares.add(`${pen.x + count},${pen.y}`);
    pen.x += Number(width);
  }
  return squares;
}

// proves S2-22, S2-60, SC11
test.each(['BREK10', '7K3M-Q9TX-41V', 'CAFE-'.repeat(8)])(
  'SC11: the path of %s fills the dark squares and no others',
  (text) => {
    const code = encode(text, { border: 2, ecc: 'M' });
    const dark = code.data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`${x},${y}`] : [])));
    const drawing = drawQr(text);
    expect(drawing.size).toBe(code.size);
    expect(filled(drawing.path)).toEqual(new Set(dark));
    expect(qrSvg(text)).toContain(drawing.path);
    // A sheet of 240 codes is one page that the printing host takes (512 KiB).
    expect(drawing.path.length * 240).toBeLessThan(420_000);
  },
);
