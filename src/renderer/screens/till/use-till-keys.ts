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
 * The keys of the selected line: plus, minus, Delete, arrows, digits and Enter. What a scanner types never comes here:
 * the window holds a burst back until it knows what it is.
 */
export function useLineKeys(onRemove: (lineId: string) => void): void {
  const whenRinging = (act: () => void) => (): unknown => {
    if (useTillState.getState().view.kind !== 'order' || selectedLine() === undefined) return false;
    return act();
  };
  const arrow = (move: 1 | -1) => (event: KeyboardEvent) => {
    if (hasOwnArrows(event) || selectedLine() === undefined) return false;
    return moveSelection(move);
  };
  const digits = Object.fromEntries(
    DIGITS.map((digit) => [digit, whenRinging(() => typeQuantity(useTillState.getState().typedQuantity + digit))]),
  );
  useKeys({
    ...digits,
    '+': whenRinging(() => step(1, onRemove)),
    '-': whenRinging(() => step(-1, onRemove)),
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

/** F6: a voucher by its code, and what this customer could use. */
export function openRewards(): void {
  openOverlay({ kind: 'rewards' });
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
    F6: ringing(openRewards),
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
