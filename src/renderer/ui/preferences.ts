import { create } from 'zustand';

export type Theme = 'system' | 'light' | 'dark';
export type SoundKind = 'found' | 'item' | 'unknown' | 'refused' | 'busy' | 'paid';

/** How this window looks and sounds; null follows the shop. Kept on this machine, never part of the shop's data. */
export interface Preferences {
  readonly language: 'en' | 'es' | null;
  readonly theme: Theme | null;
  /** 90, 100, 115, 130 or 150; null is automatic by width. */
  readonly scalePercent: number | null;
  /** 0 to 100. */
  readonly soundVolume: number;
  readonly mutedSounds: readonly SoundKind[];
  /** A coloured edge for 300 ms after each scan, for noisy shops and deaf staff. */
  readonly hasEdgeFlash: boolean;
  readonly cameraId: string | null;
}

const KEY = 'regulars.preferences';

const DEFAULTS: Preferences = {
  language: null,
  theme: null,
  scalePercent: null,
  soundVolume: 60,
  mutedSounds: [],
  hasEdgeFlash: false,
  cameraId: null,
};

function read(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...DEFAULTS, ...(typeof kept === 'object' && kept !== null ? kept : {}) };
  } catch {
    return DEFAULTS;
  }
}

export const usePreferences = create<Preferences>()(() => read());

/** Changes preferences at once and keeps them for the next start. */
export function setPreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(usePreferences.getState()));
  } catch {
    // Storage can be full or forbidden; the change then lasts until the window closes.
  }
}
