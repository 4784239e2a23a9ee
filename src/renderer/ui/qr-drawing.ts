import { encode } from 'uqr';

/** The side of a QR code in squares with its quiet zone, and its dark squares as one path of lines that are one wide. */
export interface QrDrawing {
  readonly size: number;
  readonly path: string;
}

/** Draws a text as a QR code of error correction M. */
export function drawQr(text: string): QrDrawing {
  const { data, size } = encode(text, { border: 2, ecc: 'M' });
  return { size, path: data.map(runsOf).join('') };
}

/** The dark runs of a line: one move to the first, short ones on to the others, because hundreds of codes fit into one page. */
function runsOf(line: readonly boolean[], y: number): string {
  const steps: string[] = [];
  let at = 0;
  for (let x = 0; x < line.length; x += 1) {
    if (line[x] !== true) continue;
    const start = x;
    while (line[x + 1] === true) x += 1;
    steps.push(steps.length === 0 ? `M${start} ${y}.5h${x + 1 - start}` : `m${start - at} 0h${x + 1 - start}`);
    at = x + 1;
  }
  return steps.join('');
}

/** A QR code as a file of its own: black on white, sharp at every size. */
export function qrSvg(text: string): string {
  const { size, path } = drawQr(text);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * 8}" height="${size * 8}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" stroke="#000"/></svg>\n`;
}
