import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

const VIDEO = { width: 640, height: 480, framesPerSecond: 10, frames: 10 };
const QR_SHARE_OF_HEIGHT = 0.8;
const WHITE = 235;
const BLACK = 16;

/** Writes a video (y4m) for the fake camera that shows the QR code of `text`, or an all-black one for null. */
export function writeCameraVideo(file: string, text: string | null): void {
  const { width, height, framesPerSecond, frames } = VIDEO;
  const luma = text === null ? Buffer.alloc(width * height, BLACK) : drawQr(text, width, height);
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(file, Buffer.concat([header, ...Array.from({ length: frames }, () => frame)]));
}

/** The QR code of `text` as a PNG picture, `size` pixels square. */
export function qrPng(text: string, size = 480): Buffer {
  const grey = drawQr(text, size, size);
  const rows = Array.from({ length: size }, (_, y) => [Buffer.from([0]), grey.subarray(y * size, (y + 1) * size)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.concat(rows.flat()));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** One byte of brightness per pixel: the code in the middle, in whole pixels, on white. */
function drawQr(text: string, width: number, height: number): Buffer {
  const { data, size } = encode(text, { border: 4 });
  const scale = Math.max(1, Math.floor((height * QR_SHARE_OF_HEIGHT) / size));
  const left = Math.floor((width - size * scale) / 2);
  const top = Math.floor((height - size * scale) / 2);
  const picture = Buffer.alloc(width * height, WHITE);
  for (let y = 0; y < size * scale; y += 1) {
    for (let x = 0; x < size * scale; x += 1) {
      const isDark = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
      if (isDark) picture[(top + y) * width + left + x] = BLACK;
    }
  }
  return picture;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const framed = Buffer.alloc(8 + body.length);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), 4 + body.length);
  return framed;
}
