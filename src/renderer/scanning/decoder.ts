/** A code read from a picture; `symbology` as the engine names it, such as 'QR_CODE'. */
export interface Decoded {
  readonly text: string;
  readonly symbology: string;
}

/** The one thing an engine must do; which engine is behind it is nobody's business but the worker's. */
export interface Decoder {
  decode(image: ImageData): Promise<Decoded | null>;
  close(): void;
}

interface Answer {
  readonly id: number;
  readonly decoded: Decoded | null;
}

/** A decoder in a worker of its own, made when first needed; pictures are handed over, not copied. */
export function createDecoder(): Decoder {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (decoded: Decoded | null) => void>();
  const ids = { next: 1 };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data.decoded);
    waiting.delete(data.id);
  };
  return {
    decode: (image) =>
      new Promise((resolve) => {
        const id = ids.next++;
        waiting.set(id, resolve);
        worker.postMessage({ id, width: image.width, height: image.height, pixels: image.data.buffer }, [
          image.data.buffer,
        ]);
      }),
    close: () => {
      worker.terminate();
      for (const resolve of waiting.values()) resolve(null);
      waiting.clear();
    },
  };
}

const LARGEST_SIDE = 1600;

/** A picture file as pixels, at most 1600 on its longer side: enough for a QR code, small enough for a till. */
export async function pixelsOf(file: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2d canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
