import { createDecoder } from './decoder.ts';

/** Why there is no picture, each with its own words. */
export type CameraTrouble = 'none' | 'denied' | 'busy' | 'unplugged' | 'slow' | 'black' | 'insecure';

const OPEN_WITHIN_MS = 8000;
const BLACK_AFTER_MS = 3000;
const BLACK_BELOW = 6;
/** At most ten pictures a second, so that a till of 4 GB keeps up with everything else. */
const FRAME_EVERY_MS = 100;
const FRAME_WIDTH = 800;
const REPEAT_WITHIN_MS = 1500;

function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'none';
}

/** Opens a camera within 8 s, or says why not. */
export async function openCamera(deviceId: string | null): Promise<MediaStream | CameraTrouble> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return 'insecure';
  const video: MediaTrackConstraints = {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    ...(deviceId === null ? { facingMode: 'environment' } : { deviceId: { exact: deviceId } }),
  };
  const opening = devices.getUserMedia({ video, audio: false });
  const late = new Promise<'slow'>((resolve) => setTimeout(() => resolve('slow'), OPEN_WITHIN_MS));
  try {
    const first = await Promise.race([opening, late]);
    if (first === 'slow') void opening.then((stream) => stopCamera(stream)).catch(() => undefined);
    return first;
  } catch (error) {
    if (deviceId !== null && error instanceof DOMException && error.name === 'OverconstrainedError')
      return openCamera(null);
    return troubleOf(error);
  }
}

export function stopCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The video control of the scanning library, loaded when somebody opens a camera and not before. */
async function videoControl() {
  return (await import('@zxing/browser')).BrowserCodeReader;
}

/** Cameras to choose from; they have names only after one was allowed. */
export async function listCameras(): Promise<{ id: string; label: string }[]> {
  const devices = await (await videoControl()).listVideoInputDevices();
  return devices.map((device, index) => ({ id: device.deviceId, label: device.label || `${index + 1}` }));
}

/** Shows the stream in the video element and plays it; false when the browser would not play it. */
export async function playIn(video: HTMLVideoElement, stream: MediaStream): Promise<boolean> {
  const control = await videoControl();
  control.addVideoSource(video, stream);
  return control.isVideoPlaying(video) || control.tryPlayVideo(video);
}

/** Takes the stream out of the video element. */
export function clearVideo(video: HTMLVideoElement): void {
  void videoControl().then((control) => control.cleanVideoSource(video));
}

function isBlack(image: ImageData): boolean {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < image.data.length; at += 4 * 997) {
    sum += (image.data[at] ?? 0) + (image.data[at + 1] ?? 0) + (image.data[at + 2] ?? 0);
    count += 3;
  }
  return count > 0 && sum / count < BLACK_BELOW;
}

interface Watching {
  readonly video: HTMLVideoElement;
  readonly onCode: (text: string) => void;
  readonly onTrouble: (trouble: CameraTrouble | null) => void;
}

/** Reads codes from a playing video until stopped: one picture at a time, at a bounded rate. */
export function watchVideo({ video, onCode, onTrouble }: Watching): () => void {
  const decoder = createDecoder();
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const state = { isStopped: false, blackSinceMs: null as number | null, lastText: '', lastAtMs: 0 };

  const look = async (): Promise<void> => {
    if (context === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return;
    canvas.width = Math.min(FRAME_WIDTH, video.videoWidth);
    canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const image = context.getImageData(0, 0, canvas.width, canvas.height);
    const nowMs = Date.now();
    state.blackSinceMs = isBlack(image) ? (state.blackSinceMs ?? nowMs) : null;
    onTrouble(state.blackSinceMs !== null && nowMs - state.blackSinceMs > BLACK_AFTER_MS ? 'black' : null);
    const decoded = await decoder.decode(image);
    if (decoded === null || state.isStopped) return;
    const isRepeat = decoded.text === state.lastText && nowMs - state.lastAtMs < REPEAT_WITHIN_MS;
    state.lastText = decoded.text;
    state.lastAtMs = nowMs;
    if (!isRepeat) onCode(decoded.text);
  };
  const loop = async (): Promise<void> => {
    while (!state.isStopped) {
      const startedAtMs = Date.now();
      await look();
      await new Promise((resolve) => setTimeout(resolve, Math.max(10, FRAME_EVERY_MS - (Date.now() - startedAtMs))));
    }
  };
  void loop();
  return () => {
    state.isStopped = true;
    decoder.close();
  };
}
