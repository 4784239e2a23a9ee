/** Without case and accents, so that "benitez" finds Benítez. */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
