import { type SoundKind, usePreferences } from './preferences.ts';

interface Note {
  readonly hertz: number;
  readonly ms: number;
}

/** The brief's table: rising is good, low is not, a tick is an item. */
const NOTES: Readonly<Record<SoundKind, readonly Note[]>> = {
  found: [
    { hertz: 880, ms: 60 },
    { hertz: 1320, ms: 60 },
  ],
  item: [{ hertz: 1200, ms: 30 }],
  unknown: [{ hertz: 220, ms: 180 }],
  refused: [
    { hertz: 196, ms: 120 },
    { hertz: 196, ms: 120 },
  ],
  busy: [{ hertz: 220, ms: 180 }],
  paid: [
    { hertz: 784, ms: 70 },
    { hertz: 988, ms: 70 },
    { hertz: 1319, ms: 110 },
  ],
};

const GAP_MS = 40;
const EDGE_MS = 300;
const FULL_GAIN = 0.35;

const audio: { context: AudioContext | null } = { context: null };

function schedule(context: AudioContext, notes: readonly Note[], gain: number): void {
  let at = context.currentTime;
  for (const { hertz, ms } of notes) {
    const oscillator = context.createOscillator();
    const envelope = context.createGain();
    const seconds = ms / 1000;
    oscillator.frequency.value = hertz;
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(gain, at + 0.005);
    envelope.gain.setValueAtTime(gain, at + seconds - 0.008);
    envelope.gain.linearRampToValueAtTime(0, at + seconds);
    oscillator.connect(envelope).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + seconds);
    at += seconds + GAP_MS / 1000;
  }
}

function flashEdge(kind: SoundKind): void {
  const root = document.documentElement;
  root.dataset.edge = kind;
  setTimeout(() => {
    if (root.dataset.edge === kind) delete root.dataset.edge;
  }, EDGE_MS);
}

/** Plays a sound unless it is muted; never the only sign of anything. */
export function playSound(kind: SoundKind): void {
  const { soundVolume, mutedSounds, hasEdgeFlash } = usePreferences.getState();
  if (hasEdgeFlash) flashEdge(kind);
  if (soundVolume === 0 || mutedSounds.includes(kind)) return;
  try {
    audio.context ??= new AudioContext();
    void audio.context.resume();
    schedule(audio.context, NOTES[kind], (soundVolume / 100) * FULL_GAIN);
  } catch {
    // A machine without sound output still sells.
  }
}
