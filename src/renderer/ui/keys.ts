import { use, useEffect, useRef } from 'react';
import { create } from 'zustand';
import { LayerContext, useOverlays } from './overlay-depth.ts';

/** Handlers by key: 'F2', 'Shift+F7', 'Ctrl+Enter', 'Alt+1', 'Delete', '+'. Return false to let others have it. */
export type KeyMap = Readonly<Record<string, ((event: KeyboardEvent) => unknown) | undefined>>;

interface KeyEntry {
  readonly layer: number;
  readonly isEverywhere: boolean;
  readonly read: () => KeyMap;
}

const useKeyEntries = create<{ readonly entries: readonly KeyEntry[] }>()(() => ({ entries: [] }));

/** The name of what was pressed, as KeyMap spells it. Control and Command count as one. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const isNamed = event.key.length > 1;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const key = event.altKey && digit !== undefined ? digit : isNamed ? event.key : event.key.toUpperCase();
  const shift = event.shiftKey && isNamed ? 'Shift+' : '';
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift}${key}`;
}

function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

/**
 * Plain keys belong to the field or button that has the focus; F-keys and combinations belong to the screen, and so
 * does Escape in an empty field, which has nothing to undo.
 */
function belongsToTarget(name: string, target: EventTarget | null): boolean {
  if (name === 'Escape' && target instanceof HTMLInputElement && target.value === '') return false;
  if (/(^|\+)F\d{1,2}$/.test(name) || name.startsWith('Alt+')) return false;
  if (isEditable(target)) return name !== 'Ctrl+Enter' && name !== 'Ctrl+K' && name !== 'Ctrl+L' && name !== 'Ctrl+P';
  if (name !== 'Enter' && name !== ' ') return false;
  return target instanceof HTMLElement && target.closest('button, a, [role="option"], [role="menuitem"]') !== null;
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = keyName(event);
  if (belongsToTarget(name, event.target)) return;
  const depth = useOverlays.getState().layers.length;
  for (const entry of useKeyEntries.getState().entries.toReversed()) {
    if (!entry.isEverywhere && entry.layer !== depth) continue;
    const handler = entry.read()[name];
    if (handler === undefined || handler(event) === false) continue;
    event.preventDefault();
    return;
  }
}

/** Starts listening; the app does this once and stops it on leaving. */
export function listenForKeys(): () => void {
  window.addEventListener('keydown', dispatch);
  return () => window.removeEventListener('keydown', dispatch);
}

/**
 * Binds keys while the component is mounted. On a screen they rest while a dialog is open; inside a dialog they
 * belong to that dialog. `isEverywhere` is for the frame alone (palette, lock).
 */
export function useKeys(map: KeyMap, options: { isEverywhere?: boolean } = {}): void {
  const layer = use(LayerContext);
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  const isEverywhere = options.isEverywhere === true;
  useEffect(() => {
    const entry: KeyEntry = { layer, isEverywhere, read: () => latest.current };
    useKeyEntries.setState((state) => ({ entries: [...state.entries, entry] }));
    return () => useKeyEntries.setState((state) => ({ entries: state.entries.filter((known) => known !== entry) }));
  }, [layer, isEverywhere]);
}
