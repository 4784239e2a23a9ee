import { useRef } from 'react';
import { type KeyMap, useKeys } from '../../ui/keys.ts';
import { ONE_THOUSANDTHS } from './sale-draft.ts';
import {
  canRingUp,
  moveSelection,
  openOverlay,
  setQuantity,
  startSale,
  typeQuantity,
  useTillState,
} from './till-state.ts';

/** A key that a scanner might have sent waits this long for a sign that it was one. */
const PATIENCE_MS = 70;

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

function selectedLine() {
  const { draft, selectedLineId } = useTillState.getState();
  return draft.lines.find((line) => line.lineId === selectedLineId);
}

function step(pieces: 1 | -1, onRemove: (lineId: string) => void): void {
  const line = selectedLine();
  if (line === undefined || line.quantityThousandths % ONE_THOUSANDTHS !== 0) return;
  const next = line.quantityThousandths + pieces * ONE_THOUSANDTHS;
  if (next <= 0) onRemove(line.lineId);
  else setQuantity(line.lineId, next);
}

function enterQuantity(): boolean {
  const { typedQuantity } = useTillState.getState();
  const line = selectedLine();
  if (typedQuantity === '' || line === undefined) return false;
  const pieces = Number(typedQuantity);
  typeQuantity('');
  if (pieces > 0 && line.quantityThousandths % ONE_THOUSANDTHS === 0)
    setQuantity(line.lineId, pieces * ONE_THOUSANDTHS);
  return true;
}

/** Whether the arrows belong to something else that has the focus: the tiles, a menu, a list. */
function hasOwnArrows(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    target.closest('.till-grid, .till-categories, [role="menu"], [role="listbox"]') !== null
  );
}

/**
 * The keys of the selected line: plus, minus, Delete, arrows, digits and Enter. A plus, a minus or a digit from a scanner
 * is followed at once by another key, so each waits a moment and is dropped when one comes.
 */
export function useLineKeys(onRemove: (lineId: string) => void): void {
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout> | null; atMs: number }>({ timer: null, atMs: 0 });
  const unhurried = (event: KeyboardEvent, act: () => void): void => {
    const before = waiting.current;
    if (before.timer !== null) clearTimeout(before.timer);
    const isBurst = event.timeStamp - before.atMs < PATIENCE_MS;
    waiting.current = { timer: isBurst ? null : setTimeout(act, PATIENCE_MS), atMs: event.timeStamp };
  };
  const whenRinging = (event: KeyboardEvent, act: () => void): unknown => {
    const state = useTillState.getState();
    if (state.view.kind !== 'order' || selectedLine() === undefined) return false;
    return unhurried(event, act);
  };
  const digits: Record<string, (event: KeyboardEvent) => unknown> = Object.fromEntries(
    DIGITS.map((digit) => [
      digit,
      (event: KeyboardEvent) => whenRinging(event, () => typeQuantity(useTillState.getState().typedQuantity + digit)),
    ]),
  );
  const arrow = (step: 1 | -1) => (event: KeyboardEvent) => {
    if (hasOwnArrows(event) || selectedLine() === undefined) return false;
    return moveSelection(step);
  };
  useKeys({
    ...digits,
    '+': (event) => whenRinging(event, () => step(1, onRemove)),
    '-': (event) => whenRinging(event, () => step(-1, onRemove)),
    Delete: () => {
      const line = selectedLine();
      return line === undefined ? false : onRemove(line.lineId);
    },
    Backspace: () => {
      const { typedQuantity } = useTillState.getState();
      return typedQuantity === '' ? false : typeQuantity(typedQuantity.slice(0, -1));
    },
    Enter: () => enterQuantity(),
    Escape: () => (useTillState.getState().typedQuantity === '' ? false : typeQuantity('')),
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
  });
}

interface TillActions {
  readonly maySell: boolean;
  readonly onHold: () => void;
  readonly onCharge: () => void;
  readonly onAward: () => void;
}

/** The function keys of the till; each has its touch button. */
export function useTillKeys({ maySell, onHold, onCharge, onAward }: TillActions): void {
  const ringing = (act: () => void) => () => {
    if (!maySell || !canRingUp(useTillState.getState())) return false;
    if (useTillState.getState().view.kind === 'paid') startSale();
    return act();
  };
  const map: KeyMap = {
    F2: ringing(() => openOverlay({ kind: 'find-item', text: '' })),
    F3: ringing(() => openOverlay({ kind: 'find-customer', text: '' })),
    F4: () => onAward(),
    F7: ringing(onHold),
    'Shift+F7': ringing(() => openOverlay({ kind: 'held' })),
    F8: ringing(() => {
      if (useTillState.getState().draft.lines.length > 0) openOverlay({ kind: 'discount', lineId: null });
    }),
    F9: () => (useTillState.getState().view.kind === 'order' ? onCharge() : false),
    'Ctrl+Enter': () => (useTillState.getState().view.kind === 'order' ? onCharge() : false),
  };
  useKeys(map);
}
