/**
 * Characters by physical key on a US keyboard: plain, and with Shift. Scanners send US key positions, so that on a Latin
 * American layout `event.key` would read `-` as `'`. Source: W3C UI Events KeyboardEvent code values; USB HUT 1.5, page 7.
 */
const SHIFTED: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};

/** The separator that scanners send as Ctrl with ] (ASCII 29). */
const GROUP_SEPARATOR = '\u001d';

/** A key as it was pressed. `code` names the physical key. */
export interface PressedKey {
  readonly code: string;
  readonly shift: boolean;
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly meta?: boolean;
}

/** Returns the character that a scanner means by a key; null for a key that carries none, and for shortcuts. */
export function characterOf(key: PressedKey): string | null {
  if (key.alt === true || key.meta === true) return null;
  if (key.ctrl === true) return key.code === 'BracketRight' ? GROUP_SEPARATOR : null;
  const letter = /^Key([A-Z])$/.exec(key.code)?.[1];
  if (letter !== undefined) return key.shift ? letter : letter.toLowerCase();
  const digit = /^Numpad(\d)$/.exec(key.code)?.[1];
  if (digit !== undefined) return digit;
  const pair = Object.hasOwn(SHIFTED, key.code) ? SHIFTED[key.code] : undefined;
  if (pair === undefined) return null;
  return key.shift ? pair[1] : pair[0];
}

/** Keys that change others and carry nothing by themselves; they neither end nor lengthen a burst. */
export function isModifierKey(code: string): boolean {
  return /^(Shift|Control|Alt|Meta)(Left|Right)$|^CapsLock$/.test(code);
}
