import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Group } from 'react-aria-components/Group';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import './number-pad.css';

export type PadKey =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | '00'
  | '000'
  | 'mark'
  | 'clear'
  | 'back';

interface NumberPadProps {
  /** calculator: 7-8-9 on top as on the keyboard's number pad; phone: 1-2-3 on top, for PINs. */
  readonly layout: 'calculator' | 'phone';
  readonly onKey: (key: PadKey) => void;
  /** What stands left of the zero; an element of the caller's or one of the pad's own keys. */
  readonly left?: 'clear' | '00' | '000' | 'mark' | ReactNode;
  /** The region's decimal mark, for the key 'mark'. */
  readonly mark?: string;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

const ROWS = {
  calculator: ['7', '8', '9', '4', '5', '6', '1', '2', '3'],
  phone: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
} as const;

function isPadKey(left: unknown): left is 'clear' | '00' | '000' | 'mark' {
  return left === 'clear' || left === '00' || left === '000' || left === 'mark';
}

/** An on-screen keypad; keys 80 high by default, sized by its container when it has class `is-filling`. */
export function NumberPad({
  layout,
  onKey,
  left = 'clear',
  mark = ',',
  isDisabled = false,
  className,
}: NumberPadProps): ReactNode {
  const { t } = useTranslation('common');
  const key = (name: PadKey, label: ReactNode, spoken?: string, quiet = false): ReactNode => (
    <Button
      key={name}
      isDisabled={isDisabled}
      className={classNames('ui-pad-key', quiet && 'is-quiet')}
      {...(spoken === undefined ? {} : { 'aria-label': spoken })}
      onPress={() => onKey(name)}
    >
      {label}
    </Button>
  );
  return (
    <Group className={classNames('ui-pad', className)} aria-label={t('pad.label')}>
      {ROWS[layout].map((digit) => key(digit, digit))}
      {isPadKey(left)
        ? key(left, left === 'clear' ? t('pad.clear') : left === 'mark' ? mark : left, undefined, left === 'clear')
        : left}
      {key('0', '0')}
      {key('back', <Delete size={28} strokeWidth={1.75} />, t('pad.back'), true)}
    </Group>
  );
}

/** The digits after a key press; `limit` caps their number. Marks are the caller's. */
export function pressDigit(digits: string, key: PadKey, limit: number): string {
  if (key === 'clear') return '';
  if (key === 'back') return digits.slice(0, -1);
  if (key === 'mark') return digits;
  const next = digits === '0' || digits === '' ? key.replace(/^0+(?=\d)/, '') : digits + key;
  return next.length > limit ? digits : next;
}
