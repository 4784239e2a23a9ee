/** Keys as printed, and the key of their words in `shell.keys`. */
export type KeyList = readonly (readonly [caps: string, word: string])[];

export const KEYS_EVERYWHERE: KeyList = [
  ['F1', 'F1'],
  ['F3', 'F3'],
  ['F4', 'F4'],
  ['Ctrl K', 'CtrlK'],
  ['Alt 1…9', 'Alt'],
  ['Alt 0', 'Alt0'],
  ['Ctrl Z', 'CtrlZ'],
  ['Ctrl L', 'CtrlL'],
  ['Ctrl ↵', 'CtrlEnter'],
  ['Esc', 'Esc'],
  ['↑ ↓ Home End', 'lists'],
];

/** What works on one screen only, by the first part of its address. */
export const KEYS_HERE: Readonly<Record<string, KeyList>> = {
  till: [
    ['F2', 'F2'],
    ['F6', 'F6'],
    ['F7', 'F7'],
    ['Shift F7', 'ShiftF7'],
    ['F8', 'F8'],
    ['F9', 'F9'],
    ['+ − Del', 'line'],
    ['0…9 ↵', 'digits'],
    ['Ctrl P', 'CtrlP'],
  ],
  vouchers: [['F6', 'F6Code']],
  activity: [['Ctrl P', 'CtrlP']],
};
