import type { Page } from '@playwright/test';
import { checkCharacterOf } from '#shop/ids/code.ts';
import { command } from './page-api.ts';

/** A hand scanner sends a key about every 5 ms; people do not get below 30. */
const KEY_INTERVAL_MS = 4;

const SHIFTED: Readonly<Record<string, string>> = {
  '!': '1',
  '@': '2',
  '#': '3',
  $: '4',
  '%': '5',
  '^': '6',
  '&': '7',
  '*': '8',
  '(': '9',
  ')': '0',
  _: '-',
  '+': '=',
  '{': '[',
  '}': ']',
  '|': '\\',
  ':': ';',
  '"': "'",
  '<': ',',
  '>': '.',
  '?': '/',
  '~': '`',
};

const PUNCTUATION: Readonly<Record<string, string>> = {
  '-': 'Minus',
  '=': 'Equal',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  ';': 'Semicolon',
  "'": 'Quote',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  '`': 'Backquote',
  ' ': 'Space',
};

const SHIFT_MODIFIER = 8;

/**
 * Types `text` as a keyboard-wedge scanner does: real key events to the window, each with its physical key of the US
 * layout (and Shift where that layout needs it), at scanner speed, ended by Enter. Focus is left where it is.
 */
export async function scannerType(
  page: Page,
  text: string,
  { end = 'Enter' }: { end?: 'Enter' | 'none' } = {},
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const sent: Promise<unknown>[] = [];
  // Each key carries the time at which the hardware sent it, as a real one does, so that a busy machine does not turn a
  // scanner into a person. Not awaited one by one for the same reason; the order is kept.
  const hardware = { atMs: Date.now() - text.length * KEY_INTERVAL_MS };
  const key = (type: 'keyDown' | 'rawKeyDown' | 'keyUp', facts: Record<string, unknown>) =>
    sent.push(session.send('Input.dispatchKeyEvent', { type, timestamp: hardware.atMs / 1000, ...facts }));
  for (const character of text) {
    const { code, virtualKey, isShifted } = keyOf(character);
    const modifiers = isShifted ? SHIFT_MODIFIER : 0;
    const facts = { code, key: character, windowsVirtualKeyCode: virtualKey, modifiers };
    const shift = { code: 'ShiftLeft', key: 'Shift', windowsVirtualKeyCode: 16 };
    if (isShifted) key('rawKeyDown', { ...shift, modifiers });
    key('keyDown', { ...facts, text: character });
    key('keyUp', facts);
    if (isShifted) key('keyUp', shift);
    hardware.atMs += KEY_INTERVAL_MS;
  }
  if (end === 'Enter') {
    const enter = { code: 'Enter', key: 'Enter', windowsVirtualKeyCode: 13 };
    key('keyDown', { ...enter, text: '\r' });
    key('keyUp', enter);
  }
  await Promise.all(sent);
  await session.detach();
}

function keyOf(character: string): { code: string; virtualKey: number; isShifted: boolean } {
  if (/[A-Z]/.test(character)) return { ...keyOf(character.toLowerCase()), isShifted: true };
  const unshifted = SHIFTED[character];
  if (unshifted !== undefined) return { ...keyOf(unshifted), isShifted: true };
  const virtualKey = character.toUpperCase().charCodeAt(0);
  if (/[a-z]/.test(character)) return { code: `Key${character.toUpperCase()}`, virtualKey, isShifted: false };
  if (/\d/.test(character)) return { code: `Digit${character}`, virtualKey, isShifted: false };
  const code = PUNCTUATION[character];
  if (code === undefined) throw new Error(`A US keyboard has no key for ${JSON.stringify(character)}.`);
  return { code, virtualKey: 0, isShifted: false };
}

/** Reads ten codes that nobody has, within a moment: the next one is the eleventh of the minute. */
export async function readTenCodes(page: Page): Promise<void> {
  for (let number = 1; number <= 10; number += 1) {
    const body = String(number).padStart(10, '0');
    const scan = { source: 'HID', screen: 'till', atMs: Date.now() };
    await command(page, 'scanning.submit', { ...scan, text: body + checkCharacterOf(body) });
  }
}
