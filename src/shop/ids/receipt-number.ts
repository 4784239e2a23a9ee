import { must } from '../must.ts';

/** What a receipt number says: terminal code, the life of its data folder, and a counter (SYNC.md 1). */
export interface ReceiptNumber {
  readonly terminalCode: string;
  readonly incarnation: number;
  readonly counter: number;
}

const PATTERN = /^([A-Z0-9]{1,8})-([1-9]\d{0,4})-(\d{6,12})$/;

/** 'T1-1-000042': the counter has at least six digits. */
export function formatReceiptNumber({ terminalCode, incarnation, counter }: ReceiptNumber): string {
  const text = `${terminalCode}-${incarnation}-${String(counter).padStart(6, '0')}`;
  must(PATTERN.test(text), 'a receipt number has a terminal code, an incarnation and a counter');
  return text;
}

/** Reads a receipt number in any case, with or without spaces; null when it is not one. */
export function readReceiptNumber(text: string): ReceiptNumber | null {
  const found = text.length > 64 ? null : PATTERN.exec(text.replace(/\s/g, '').toUpperCase());
  if (found === null) return null;
  return { terminalCode: found[1] ?? '', incarnation: Number(found[2]), counter: Number(found[3]) };
}
