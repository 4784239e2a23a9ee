import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { Points } from '../../ui/points-text.tsx';
import { useShop } from '../../ui/shop-context.ts';
import { type EntryKey, pressKey } from './amount-entry.ts';
import { setValue, useAwardDraft } from './award-state.ts';

const QUICK_POINTS = [20, 50, 100] as const;
const DIGIT_ROWS: readonly (readonly EntryKey[])[] = [
  ['7', '8', '9'],
  ['4', '5', '6'],
  ['1', '2', '3'],
];

/** 7-8-9 on top like the keyboard's number pad, with the shop's three quick amounts at the side. */
export function EntryKeypad({ onKeypad }: { onKeypad: () => void }): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const shop = useShop();
  const draft = useAwardDraft();
  const isPurchase = draft.reason === 'purchase';
  const quick = isPurchase ? shop.quickAmountsMinor.slice(0, 3) : QUICK_POINTS;
  const thousand: EntryKey = isPurchase && format.currencyDigits() > 0 ? '00' : '000';
  const put = (value: number): void => {
    setValue(value);
    onKeypad();
  };
  const key = (name: EntryKey, label: ReactNode, kind: 'digit' | 'word' | 'quick', spoken?: string): ReactNode => (
    <Button
      key={name}
      className="award-key"
      data-kind={kind}
      {...(spoken === undefined ? {} : { 'aria-label': spoken })}
      onPress={() => put(pressKey(draft.value, name))}
    >
      {label}
    </Button>
  );
  const quickKey = (value: number | undefined, row: number): ReactNode =>
    value === undefined ? (
      <span key={`none${row}`} />
    ) : (
      <Button
        key={`quick${value}`}
        className="award-key"
        data-kind="quick"
        aria-label={t('what.quick', { amount: isPurchase ? format.money(value) : format.points(value) })}
        onPress={() => put(value)}
      >
        {isPurchase ? <Money minor={value} /> : <Points points={value} />}
      </Button>
    );
  return (
    <fieldset className="award-keys" aria-label={t('what.keypad')}>
      {DIGIT_ROWS.flatMap((row, index) => [
        ...row.map((digit) => key(digit, digit, 'digit')),
        quickKey(quick[index], index),
      ])}
      {key('clear', t('what.clear'), 'word')}
      {key('0', '0', 'digit')}
      {key(thousand, thousand, 'digit')}
      {key('back', <Delete size={24} strokeWidth={1.75} aria-hidden="true" />, 'quick', t('what.back'))}
    </fieldset>
  );
}
