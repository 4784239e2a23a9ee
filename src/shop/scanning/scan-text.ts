/** A scan longer than this is refused before anything is read in it. */
export const MAX_SCAN_LENGTH = 4096;

/** The longest stretch of a scan that a screen shows. */
const MAX_SHOWN_LENGTH = 64;

/** What a reader says about the symbol, from the AIM identifier that it puts before the text. */
export type AimHint = 'gs1' | 'ean-upc' | 'other' | 'none';

/** The text of a scan, ready to be classified: no AIM identifier, no leading or trailing control characters. */
export interface ScanText {
  readonly kind: 'text';
  readonly text: string;
  readonly hint: AimHint;
}

/** Why a scan cannot be read at all. */
export interface UnreadableScan {
  readonly kind: 'unreadable';
  readonly reason: 'empty' | 'too-long' | 'bad-characters';
}

/** GS1 separates elements by this character, which readers send for FNC1 (GS1 General Specifications, 7.8.3). */
export const GROUP_SEPARATOR = '\u001d';

/** AIM symbology identifiers: ISO/IEC 15424. */
const AIM_PATTERN = /^\][A-Za-z][0-9A-Za-z]/;
const GS1_IDENTIFIERS: readonly string[] = [']C1', ']d2', ']Q3', ']e0', ']J1'];

/** Bidirectional controls, invisible joiners, byte order marks and non-characters, as ranges of code units. */
const HIDDEN_RANGES: readonly (readonly [number, number])[] = [
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff0, 0xffff],
];

/**
 * Cuts what a reader adds: an AIM identifier, line ends and other control characters around the text.
 * Refuses what is empty, longer than 4096, or holds characters that no code has. Never throws; hostile text is data.
 */
export function normaliseScan(raw: string): ScanText | UnreadableScan {
  if (raw.length > MAX_SCAN_LENGTH) return { kind: 'unreadable', reason: 'too-long' };
  const trimmed = trimEdges(raw);
  const identifier = AIM_PATTERN.exec(trimmed)?.[0];
  const body = identifier === undefined ? trimmed : trimEdges(trimmed.slice(identifier.length));
  const startsWithFnc1 = body.startsWith(GROUP_SEPARATOR);
  const text = startsWithFnc1 ? body.slice(1) : body;
  if (text.length === 0) return { kind: 'unreadable', reason: 'empty' };
  for (let index = 0; index < text.length; index += 1) {
    if (isBadUnit(text.charCodeAt(index))) return { kind: 'unreadable', reason: 'bad-characters' };
  }
  return { kind: 'text', text, hint: hintOf(identifier, startsWithFnc1) };
}

/**
 * The start of a scan as a screen may show it: at most 64 characters, everything that could move or hide text replaced
 * by a middle dot. It is for reading only; nothing opens or runs it.
 */
export function shownTextOf(raw: string): string {
  const start = trimEdges(raw.slice(0, MAX_SHOWN_LENGTH * 2)).replace(AIM_PATTERN, '');
  const shown = Array.from(start.slice(0, MAX_SHOWN_LENGTH), (character) => {
    const unit = character.charCodeAt(0);
    return character.length > 1 || unit === GROUP_SEPARATOR_UNIT || isBadUnit(unit) ? '·' : character;
  });
  const isCut = start.length > MAX_SHOWN_LENGTH || raw.length > MAX_SHOWN_LENGTH * 2;
  return `${shown.join('')}${isCut ? '…' : ''}`;
}

const GROUP_SEPARATOR_UNIT = GROUP_SEPARATOR.charCodeAt(0);

function isControl(unit: number): boolean {
  return unit < 0x20 || (unit >= 0x7f && unit <= 0x9f);
}

/** No code of a shop holds it: a control character other than the GS1 separator, half of a pair, or something hidden. */
function isBadUnit(unit: number): boolean {
  if (unit < 0x7f) return unit < 0x20 && unit !== GROUP_SEPARATOR_UNIT;
  return isControl(unit) || HIDDEN_RANGES.some(([from, to]) => unit >= from && unit <= to);
}

/** Cuts white space and control characters at both ends in one pass; a leading GS1 separator is kept, as it means FNC1. */
function trimEdges(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isEdge(text.charCodeAt(from)) && text[from] !== GROUP_SEPARATOR) from += 1;
  while (to > from && isEdge(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function isEdge(unit: number): boolean {
  return unit === 0x20 || unit === 0xa0 || isControl(unit);
}

function hintOf(identifier: string | undefined, startsWithFnc1: boolean): AimHint {
  if (startsWithFnc1 || (identifier !== undefined && GS1_IDENTIFIERS.includes(identifier))) return 'gs1';
  if (identifier === undefined) return 'none';
  return identifier.startsWith(']E') ? 'ean-upc' : 'other';
}
