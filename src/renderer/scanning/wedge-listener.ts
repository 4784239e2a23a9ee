import {
  continuedBurst,
  DEFAULT_WEDGE_THRESHOLDS,
  NO_BURST,
  silenceAfterMs,
  stepWedge,
  type WedgeState,
  type WedgeStep,
} from '#shop/scanning/wedge.ts';
import { type FieldBefore, fillWhole, isOnlyTyped, putBack, rememberField, typeInto } from './field-before.ts';
import type { RawScan } from './raw-scans.ts';

/** After a scan its Enter must press nothing, not even by the click that a button makes of it. */
const CLICK_GUARD_MS = 100;

/** A busy machine brings keys late, but a person's own keys are never kept back longer for it than this. */
const LONGEST_LATE_MS = 200;

/** A key kept back until it is known whether a person pressed it. */
interface HeldKey {
  readonly target: EventTarget;
  readonly init: KeyboardEventInit;
}

interface Listening {
  wedge: WedgeState;
  /** The field that had the focus when the burst began, as it was. */
  field: FieldBefore | null;
  held: HeldKey[];
  /** The last burst that was taken for typing: a key that was only late goes on with it. */
  givenUp: { readonly wedge: WedgeState; readonly field: FieldBefore | null } | null;
  /** When the window had dealt with the last key; null until then. */
  freeAtMs: number | null;
  silence: ReturnType<typeof setTimeout> | null;
  guardUntilMs: number;
  isReplaying: boolean;
  readonly swallowedCodes: Set<string>;
  readonly onScan: (scan: RawScan) => void;
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function holdKey(state: Listening, event: KeyboardEvent): void {
  const { key, code, shiftKey, location } = event;
  if (event.target !== null) {
    state.held.push({
      target: event.target,
      init: { key, code, shiftKey, location, bubbles: true, cancelable: true, composed: true },
    });
  }
  state.swallowedCodes.add(code);
  stop(event);
}

/** Gives keys that turned out to be a person's back to where they were pressed, or to the field that opened there. */
function replay(state: Listening): void {
  const held = state.held;
  state.held = [];
  state.isReplaying = true;
  for (const { target, init } of held) {
    // A field that has opened meanwhile is where they were meant to go: a made key writes nothing by itself.
    const field = document.activeElement;
    if (init.key?.length === 1 && field !== target && typeInto(field, init.key)) continue;
    // Nor does what has the focus no more hear it: a dialog that has opened over it does.
    const to = field ?? target;
    to.dispatchEvent(new KeyboardEvent('keydown', init));
    to.dispatchEvent(new KeyboardEvent('keyup', init));
  }
  state.isReplaying = false;
}

/** Hands a scan on: to the field that asked for codes, or to the window's one route. */
function finishScan(state: Listening, text: string, before: WedgeState): void {
  const { field } = state;
  state.field = null;
  state.held = [];
  if (field?.box.dataset.scan === 'accept') {
    fillWhole(field, text);
    return;
  }
  if (field !== null) putBack(field);
  const gaps = Math.max(1, before.text.length - 1);
  state.onScan({ text, source: 'HID', atMs: Date.now(), averageGapMs: (before.lastAtMs - before.firstAtMs) / gaps });
}

/** `lateMs` is how long after it was pressed the last key came here: the next of the same burst may be as late again. */
function waitForSilence(state: Listening, lateMs: number): void {
  if (state.silence !== null) clearTimeout(state.silence);
  state.silence = setTimeout(() => {
    const before = state.wedge;
    const { state: wedge, meaning } = stepWedge(before, { kind: 'silence', atMs: performance.now() });
    state.wedge = wedge;
    if (meaning.kind === 'scan') finishScan(state, meaning.text, before);
    else if (meaning.kind === 'typing') giveUp(state, before);
    else if (wedge.text !== '') waitForSilence(state, lateMs);
  }, silenceAfterMs(DEFAULT_WEDGE_THRESHOLDS) + lateMs);
}

function giveUp(state: Listening, wedge: WedgeState): void {
  state.givenUp = { wedge, field: state.field };
  state.field = null;
  replay(state);
}

/** Takes a burst up again that was given up too early, where this key belongs to it and to the same field. */
function goOn(state: Listening, { target, timeStamp }: KeyboardEvent): void {
  const last = state.wedge.text === '' ? state.givenUp : { wedge: state.wedge, field: state.field };
  state.givenUp = null;
  if (last === null || !isOnlyTyped(last.field, target, last.wedge.text.length)) return;
  const wedge = continuedBurst({ state: last.wedge, freeAtMs: state.freeAtMs }, timeStamp);
  if (wedge === null) return;
  state.wedge = wedge;
  state.field = last.field;
}

/** Notes when the window has dealt with this key and can hear others. */
function noteWhenFree(state: Listening): void {
  state.freeAtMs = null;
  setTimeout(() => {
    state.freeAtMs ??= performance.now();
  }, 0);
}

/** A key that may be part of a burst: fields get it at once while a person may be typing, all else waits 60 ms. */
function takePart(state: Listening, event: KeyboardEvent, kind: 'start' | 'more' | 'certain'): void {
  waitForSilence(state, Math.min(LONGEST_LATE_MS, Math.max(0, performance.now() - event.timeStamp)));
  if (kind === 'start') {
    if (state.held.length > 0) replay(state);
    state.field = rememberField(event.target);
  }
  if (state.field !== null) {
    if (kind !== 'certain') return;
    if (state.field.box.dataset.scan !== 'accept') putBack(state.field);
    stop(event);
    return;
  }
  // A first space presses a button as it always did.
  if (kind === 'start' && event.code === 'Space') return;
  holdKey(state, event);
}

function takeStep(state: Listening, event: KeyboardEvent, before: WedgeState, step: WedgeStep): void {
  const { meaning, scanBefore } = step;
  state.wedge = step.state;
  if (scanBefore !== null) finishScan(state, scanBefore, before);
  if (meaning.kind === 'scan') {
    if (state.silence !== null) clearTimeout(state.silence);
    state.guardUntilMs = event.timeStamp + CLICK_GUARD_MS;
    state.swallowedCodes.add(event.code);
    stop(event);
    finishScan(state, meaning.text, before);
  } else if (meaning.kind === 'typing') giveUp(state, NO_BURST);
  else if (meaning.kind !== 'none') takePart(state, event, meaning.kind);
}

/**
 * Hears a hand scanner on the whole window, before anything else does. A burst becomes one scan: fields are put back to
 * their value and selection, nothing is pressed, focus never moves. Returns the function that stops listening.
 */
export function listenForWedge(target: Window, onScan: (scan: RawScan) => void): () => void {
  const state: Listening = {
    wedge: NO_BURST,
    field: null,
    held: [],
    givenUp: null,
    freeAtMs: null,
    silence: null,
    guardUntilMs: 0,
    isReplaying: false,
    swallowedCodes: new Set(),
    onScan,
  };
  const down = (event: KeyboardEvent): void => {
    if (state.isReplaying || event.isComposing) return;
    const { code, shiftKey: shift, ctrlKey: ctrl, altKey: alt, metaKey: meta, timeStamp: atMs } = event;
    goOn(state, event);
    const before = state.wedge;
    takeStep(
      state,
      event,
      before,
      stepWedge(before, { kind: 'key', code, shift, ctrl, alt, meta, atMs, isRepeat: event.repeat }),
    );
    noteWhenFree(state);
  };
  const up = (event: KeyboardEvent): void => {
    if (!state.isReplaying && state.swallowedCodes.delete(event.code)) stop(event);
  };
  const guard = (event: Event): void => {
    // A pointer's click has a count of at least 1; what a key makes of a button or form has none.
    const isByKey = !(event instanceof MouseEvent) || event.detail === 0;
    if (isByKey && event.timeStamp < state.guardUntilMs) stop(event);
  };
  target.addEventListener('keydown', down, true);
  target.addEventListener('keyup', up, true);
  target.addEventListener('click', guard, true);
  target.addEventListener('submit', guard, true);
  return () => {
    if (state.silence !== null) clearTimeout(state.silence);
    target.removeEventListener('keydown', down, true);
    target.removeEventListener('keyup', up, true);
    target.removeEventListener('click', guard, true);
    target.removeEventListener('submit', guard, true);
  };
}
