import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  GlobalHistogramBinarizer,
  HybridBinarizer,
  InvertedLuminanceSource,
  type LuminanceSource,
  MultiFormatReader,
  RGBLuminanceSource,
} from '@zxing/library';

interface Picture {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: ArrayBuffer;
}

const FORMATS = [
  BarcodeFormat.QR_CODE,
  BarcodeFormat.EAN_13,
  BarcodeFormat.EAN_8,
  BarcodeFormat.UPC_A,
  BarcodeFormat.UPC_E,
  BarcodeFormat.CODE_128,
  BarcodeFormat.CODE_39,
  BarcodeFormat.ITF,
  BarcodeFormat.DATA_MATRIX,
  BarcodeFormat.PDF_417,
];

const reader = new MultiFormatReader();
reader.setHints(
  new Map<DecodeHintType, unknown>([
    [DecodeHintType.POSSIBLE_FORMATS, FORMATS],
    [DecodeHintType.TRY_HARDER, true],
  ]),
);

/** One byte of brightness per pixel, weighted as eyes and scanners see it. */
function brightnessOf({ width, height, pixels }: Picture): Uint8ClampedArray {
  const colours = new Uint8ClampedArray(pixels);
  const grey = new Uint8ClampedArray(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = ((colours[at * 4] ?? 0) * 77 + (colours[at * 4 + 1] ?? 0) * 150 + (colours[at * 4 + 2] ?? 0) * 29) >> 8;
  }
  return grey;
}

function tryRead(bitmap: BinaryBitmap): { text: string; symbology: string } | null {
  try {
    const result = reader.decodeWithState(bitmap);
    return { text: result.getText(), symbology: BarcodeFormat[result.getBarcodeFormat()] ?? 'unknown' };
  } catch {
    // The engine throws when it finds nothing, which is the usual case.
    return null;
  } finally {
    reader.reset();
  }
}

function decode(picture: Picture): { text: string; symbology: string } | null {
  const source: LuminanceSource = new RGBLuminanceSource(brightnessOf(picture), picture.width, picture.height);
  return (
    tryRead(new BinaryBitmap(new HybridBinarizer(source))) ??
    tryRead(new BinaryBitmap(new GlobalHistogramBinarizer(source))) ??
    tryRead(new BinaryBitmap(new HybridBinarizer(new InvertedLuminanceSource(source))))
  );
}

self.onmessage = ({ data }: MessageEvent<Picture>) => {
  self.postMessage({ id: data.id, decoded: decode(data) });
};
