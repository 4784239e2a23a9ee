import { characterOf, isModifierKey, type PressedKey } from './physical-keys.ts';

/** What tells a scanner from a person, set per device by the first-run test (UX.md 7). Gaps in ms. */
export interface WedgeThresholds {
  readonly minimumCharacters: number;
  readonly averageGapMs: number;
  readonly longestGapMs: number;
  /** A prefix that the scanner is set to send makes a burst certain, whatever its speed; '' for none. */
  readonly prefix: string;
}

export const DEFAULT_WEDGE_THRESHOLDS: WedgeThresholds = {
  minimumCharacters: 4,
  averageGapMs: 35,
  longestGapMs: 60,
  prefix: '',
};

/** A burst is given up when it grows beyond this: no code is as long. */
const LONGEST_BURST = 4096;

/** The keys of a possible burst so far. */
export interface WedgeState {
  readonly text: string;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly longestGapMs: number;
}

/** Nothing pressed lately. */
export const NO_BURST: WedgeState = { text: '', firstAtMs: 0, lastAtMs: 0, longestGapMs: 0 };

/** A key going down, or nothing for a while. atMs is the event's own time stamp, any origin. */
export type WedgeEvent =
  | (PressedKey & { readonly kind: 'key'; readonly atMs: number; readonly isRepeat?: boolean })
  | { readonly kind: 'silence'; readonly atMs: number };

/**
 * What a key means. 'start': the first key of what may become a burst: remember the field as it was before it.
 * 'more': it may still be one. 'certain': enough keys came fast enough that no person types so: the field can be put
 * back now. 'scan': it was one; `endedBy` tells whether an ending key has to be swallowed. 'typing': it was not.
 * 'none': the key has nothing to do with scans.
 */
export type WedgeMeaning =
  | { readonly kind: 'none' | 'start' | 'more' | 'certain' | 'typing' }
  | { readonly kind: 'scan'; readonly text: string; readonly endedBy: 'Enter' | 'Tab' | 'silence' };

/** The state after an event and what the event means. When `scanBefore` is set, a burst had ended in silence just before. */
export interface WedgeStep {
  readonly state: WedgeState;
  readonly meaning: WedgeMeaning;
  readonly scanBefore: string | null;
}

/**
 * Takes one event and says whether keys are a scan: at least 4 characters, 35 ms apart on average and never more than
 * 60 ms, ended by Enter, Tab or 60 ms of silence. Pure: the listener keeps the state and asks after each key.
 */
export function stepWedge(
  state: WedgeState,
  event: WedgeEvent,
  thresholds: WedgeThresholds = DEFAULT_WEDGE_THRESHOLDS,
): WedgeStep {
  if (event.kind === 'silence') return stepSilence(state, event.atMs, thresholds);
  if (isModifierKey(event.code)) return { state, meaning: { kind: 'none' }, scanBefore: null };
  const isLate = state.text !== '' && gapOf(state, event.atMs) > gapLimit(state, thresholds);
  const scanBefore = isLate && isScan(state, thresholds) ? scannedText(state, thresholds) : null;
  const known = isLate ? NO_BURST : state;
  return { ...stepKey(known, event, thresholds), scanBefore };
}

/** A burst that was taken for typing, and since when the window can hear keys again. */
export interface GivenUpBurst {
  readonly state: WedgeState;
  /** Null while the window is still busy with the last key. */
  readonly freeAtMs: number | null;
}

/**
 * The burst that a key continues although it was given up, or null: its keys were pressed in time and came late; or a window
 * that was busy with the first key, as when that opens a dialog, kept the second from being sent.
 */
export function continuedBurst(
  { state, freeAtMs }: GivenUpBurst,
  atMs: number,
  thresholds: WedgeThresholds = DEFAULT_WEDGE_THRESHOLDS,
): WedgeState | null {
  if (state.text === '' || atMs < state.lastAtMs) return null;
  if (atMs - state.lastAtMs <= gapLimit(state, thresholds)) return state;
  const wasBusy = freeAtMs === null || atMs - freeAtMs <= thresholds.longestGapMs;
  return state.text.length === 1 && wasBusy ? { ...state, firstAtMs: atMs, lastAtMs: atMs } : null;
}

/** How long the listener waits after the last key before it reports silence. */
export function silenceAfterMs(thresholds: WedgeThresholds): number {
  return thresholds.longestGapMs;
}

type KeyEvent = Extract<WedgeEvent, { kind: 'key' }>;

function stepKey(state: WedgeState, event: KeyEvent, thresholds: WedgeThresholds): Omit<WedgeStep, 'scanBefore'> {
  if (event.code === 'Enter' || event.code === 'NumpadEnter' || event.code === 'Tab') {
    const isPlain = event.ctrl !== true && event.alt !== true && event.meta !== true;
    if (!isPlain || !isScan(state, thresholds)) {
      return { state: NO_BURST, meaning: { kind: state.text === '' ? 'none' : 'typing' } };
    }
    const endedBy = event.code === 'Tab' ? 'Tab' : 'Enter';
    return { state: NO_BURST, meaning: { kind: 'scan', text: scannedText(state, thresholds), endedBy } };
  }
  const character = event.isRepeat === true ? null : characterOf(event);
  if (character === null || state.text.length >= LONGEST_BURST) {
    return { state: NO_BURST, meaning: { kind: state.text === '' ? 'none' : 'typing' } };
  }
  if (state.text === '') {
    const started = { text: character, firstAtMs: event.atMs, lastAtMs: event.atMs, longestGapMs: 0 };
    return { state: started, meaning: { kind: 'start' } };
  }
  const grown: WedgeState = {
    text: state.text + character,
    firstAtMs: state.firstAtMs,
    lastAtMs: event.atMs,
    longestGapMs: Math.max(state.longestGapMs, gapOf(state, event.atMs)),
  };
  return { state: grown, meaning: { kind: isScan(grown, thresholds) ? 'certain' : 'more' } };
}

function stepSilence(state: WedgeState, atMs: number, thresholds: WedgeThresholds): WedgeStep {
  const isOver = state.text !== '' && gapOf(state, atMs) >= gapLimit(state, thresholds);
  if (!isOver) return { state, meaning: { kind: 'none' }, scanBefore: null };
  const meaning: WedgeMeaning = isScan(state, thresholds)
    ? { kind: 'scan', text: scannedText(state, thresholds), endedBy: 'silence' }
    : { kind: 'typing' };
  return { state: NO_BURST, meaning, scanBefore: null };
}

function isScan(state: WedgeState, thresholds: WedgeThresholds): boolean {
  if (hasPrefix(state, thresholds)) return state.text.length > thresholds.prefix.length;
  const { length } = state.text;
  if (length < thresholds.minimumCharacters || state.longestGapMs > thresholds.longestGapMs) return false;
  return state.lastAtMs - state.firstAtMs <= thresholds.averageGapMs * (length - 1);
}

function scannedText(state: WedgeState, thresholds: WedgeThresholds): string {
  return hasPrefix(state, thresholds) ? state.text.slice(thresholds.prefix.length) : state.text;
}

function hasPrefix(state: WedgeState, { prefix }: WedgeThresholds): boolean {
  return prefix !== '' && state.text.startsWith(prefix);
}

function gapOf(state: WedgeState, atMs: number): number {
  return Math.max(0, atMs - state.lastAtMs);
}

/** A scanner that announced itself by its prefix may be slow: a radio link stalls for up to a fifth of a second. */
function gapLimit(state: WedgeState, thresholds: WedgeThresholds): number {
  return hasPrefix(state, thresholds) ? Math.max(200, thresholds.longestGapMs) : thresholds.longestGapMs;
}
