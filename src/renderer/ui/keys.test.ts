import { expect, test } from 'vitest';
import { keyName } from './keys.ts';

const key = (parts: Partial<KeyboardEvent>) => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...parts,
});

test.each([
  [key({ key: 'F9', code: 'F9' }), 'F9'],
  [key({ key: 'F7', code: 'F7', shiftKey: true }), 'Shift+F7'],
  [key({ key: 'k', code: 'KeyK', ctrlKey: true }), 'Ctrl+K'],
  [key({ key: 'k', code: 'KeyK', metaKey: true }), 'Ctrl+K'],
  [key({ key: '¡', code: 'Digit1', altKey: true }), 'Alt+1'],
  [key({ key: '+', code: 'Equal', shiftKey: true }), '+'],
  [key({ key: 'Enter', code: 'Enter', ctrlKey: true }), 'Ctrl+Enter'],
])('%o is %s', (event, name) => {
  expect(keyName(event)).toBe(name);
});
