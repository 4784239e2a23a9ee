type TextBox = HTMLInputElement | HTMLTextAreaElement;

/** A field as it was before a burst of keys. */
export interface FieldBefore {
  readonly box: TextBox;
  readonly value: string;
  readonly start: number | null;
  readonly end: number | null;
}

const NO_TEXT_TYPES = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file', 'image']);

function textBoxOf(target: EventTarget | null): TextBox | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && !NO_TEXT_TYPES.has(target.type) ? target : null;
}

/** Remembers the field that has the focus; null when it is none that takes text. */
export function rememberField(target: EventTarget | null): FieldBefore | null {
  const box = textBoxOf(target);
  return box === null ? null : { box, value: box.value, start: box.selectionStart, end: box.selectionEnd };
}

/** Whether so many characters were typed into what has the focus since, and nothing else was done there. */
export function isOnlyTyped(before: FieldBefore | null, target: EventTarget | null, characters: number): boolean {
  const now = rememberField(target);
  if (before === null || now === null) return before === now;
  const [start, end] = [before.start ?? before.value.length, before.end ?? before.value.length];
  const isGrown = now.value.length === before.value.length - (end - start) + characters;
  return now.box === before.box && isGrown && (now.start === null || now.start === start + characters);
}

/** Sets a field's value so that React hears of it: through the prototype's setter, then an input event. */
function setValue(box: TextBox, value: string): void {
  const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(box, value);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Puts value and selection back. */
export function putBack({ box, value, start, end }: FieldBefore): void {
  if (box.value !== value) setValue(box, value);
  // Types such as e-mail have no selection: they answer null and would throw.
  if (start !== null) box.setSelectionRange(start, end);
}

/** Types into the field that has the focus now; false when none takes text. */
export function typeInto(target: Element | null, text: string): boolean {
  const box = textBoxOf(target);
  if (box === null || box.readOnly || box.disabled) return false;
  const [start, end] = [box.selectionStart ?? box.value.length, box.selectionEnd ?? box.value.length];
  const isSelectable = box.selectionStart !== null;
  setValue(box, box.value.slice(0, start) + text + box.value.slice(end));
  if (isSelectable) box.setSelectionRange(start + text.length, start + text.length);
  return true;
}

/** Gives the field the code whole, in place of what it held. */
export function fillWhole({ box }: FieldBefore, text: string): void {
  setValue(box, text);
}
