import type { ReactNode } from 'react';
import { useKeys } from '../../../ui/keys.ts';
import { NumberPad, type PadKey, pressDigit } from '../../../ui/number-pad.tsx';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface TypedPadProps {
  /** The digits typed so far; the caller reads them as minor units, thousandths or basis points. */
  readonly digits: string;
  readonly onChange: (digits: string) => void;
  /** How many digits the number may have. */
  readonly limit: number;
  readonly left?: 'clear' | '00' | '000' | 'mark';
  /** What Enter does when no button has the focus. */
  readonly onEnter?: () => void;
}

/** A number pad that the keyboard's digits, Backspace and Delete work too. */
export function TypedPad({ digits, onChange, limit, left = 'clear', onEnter }: TypedPadProps): ReactNode {
  const press = (key: PadKey): void => onChange(pressDigit(digits, key, limit));
  const byDigit = Object.fromEntries(DIGITS.map((digit) => [digit, () => press(digit)]));
  useKeys({
    ...byDigit,
    Backspace: () => press('back'),
    Delete: () => press('clear'),
    Enter: onEnter === undefined ? undefined : () => onEnter(),
  });
  return <NumberPad layout="calculator" className="is-filling" left={left} onKey={press} />;
}
