import { Lock, Minus as MinusIcon, Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import { decimalMark } from '../../ui/amount-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { useMay, useShop } from '../../ui/shop-context.ts';
import { parseAmount } from '../../ui/typed-amount.ts';
import { readDigits, writeDigits } from './amount-entry.ts';
import { type AwardReason, chooseReason, setIsNegative, setNote, setValue, useAwardDraft } from './award-state.ts';
import { EntryKeypad } from './entry-keypad.tsx';
import './amount-panel.css';

const REASONS: readonly AwardReason[] = ['purchase', 'goodwill', 'correction'];
const LONG_NUMBER = 9;

interface AmountPanelProps {
  readonly inputRef: Ref<HTMLInputElement>;
  readonly noteError: string | null;
  readonly onEnter: () => void;
  /** Puts the cursor back into the number after a key of the keypad. */
  readonly onKeypad: () => void;
}

/** Panel 2: the reason and the number. */
export function AmountPanel({ inputRef, noteError, onEnter, onKeypad }: AmountPanelProps): ReactNode {
  const { t } = useTranslation('award');
  const draft = useAwardDraft();
  const isPurchase = draft.reason === 'purchase';
  const noteInput = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (noteError !== null) noteInput.current?.focus();
  }, [noteError]);
  return (
    <section className="ui-card award-mid" aria-label={t('what.step')}>
      <h2 className="award-step" data-done={draft.value > 0}>
        <i aria-hidden="true">2</i>
        {t('what.step')}
      </h2>
      <ReasonChoice />
      <NumberEntry inputRef={inputRef} onEnter={onEnter} />
      {isPurchase ? (
        <div />
      ) : (
        <TextField
          className="award-note"
          label={t('what.note')}
          hint={t('what.noteHint')}
          error={noteError}
          inputRef={noteInput}
          value={draft.note}
          onChange={setNote}
          maxLength={200}
          onKeyDown={(event) => event.key === 'Enter' && onEnter()}
        />
      )}
      <EntryKeypad onKeypad={onKeypad} />
    </section>
  );
}

function ReasonChoice(): ReactNode {
  const { t } = useTranslation('award');
  const { reason } = useAwardDraft();
  const mayAdjust = useMay('points.adjust');
  return (
    <ToggleButtonGroup
      className="award-reasons"
      aria-label={t('what.reason')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[reason]}
      onSelectionChange={(keys) => {
        const [chosen] = keys;
        if (chosen !== undefined) chooseReason(String(chosen) as AwardReason);
      }}
    >
      {REASONS.map((id) => {
        const needsManager = id !== 'purchase' && !mayAdjust;
        return (
          <ToggleButton
            key={id}
            id={id}
            className="award-reason"
            {...(needsManager ? { 'aria-label': t('what.needsManager', { reason: t(`what.${id}`) }) } : {})}
          >
            {needsManager && <Lock size={15} strokeWidth={2} aria-hidden="true" />}
            {t(`what.${id}`)}
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}

function NumberEntry({ inputRef, onEnter }: { inputRef: Ref<HTMLInputElement>; onEnter: () => void }): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const shop = useShop();
  const draft = useAwardDraft();
  const id = useId();
  const isPurchase = draft.reason === 'purchase';
  const text = writeDigits(draft.value, shop.region, isPurchase ? format.currencyDigits() : 0);
  const label = t(
    isPurchase ? 'what.amount' : draft.reason === 'goodwill' ? 'what.pointsGiven' : 'what.pointsCorrected',
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') onEnter();
    else if (draft.reason === 'correction' && event.key === '-') setIsNegative(true);
    else if (draft.reason === 'correction' && event.key === '+') setIsNegative(false);
    else return;
    event.preventDefault();
  };
  return (
    <div className="award-amount">
      <label className="award-amount-label" htmlFor={id}>
        {label}
      </label>
      {isPurchase ? (
        <span className="award-amount-sign" aria-hidden="true">
          {format.currencySymbol()}
        </span>
      ) : (
        draft.reason === 'correction' && <SignSwitch isNegative={draft.isNegative} />
      )}
      <span className="award-amount-box" data-long={text.length > LONG_NUMBER}>
        <span aria-hidden="true">{text === '' ? '0' : text}</span>
        <input
          id={id}
          ref={inputRef}
          inputMode="numeric"
          autoComplete="off"
          placeholder="0"
          value={text}
          onChange={(event) => setValue(readDigits(event.target.value))}
          onPaste={(event) => {
            event.preventDefault();
            const digits = isPurchase ? format.currencyDigits() : 0;
            const pasted = parseAmount(event.clipboardData.getData('text'), digits, decimalMark(format));
            if (pasted !== null) setValue(readDigits(String(pasted)));
          }}
          onKeyDown={onKeyDown}
        />
      </span>
      {!isPurchase && (
        <span className="award-amount-unit" aria-hidden="true">
          {t('what.pointsUnit')}
        </span>
      )}
    </div>
  );
}

function SignSwitch({ isNegative }: { isNegative: boolean }): ReactNode {
  const { t } = useTranslation('award');
  const Icon = isNegative ? MinusIcon : Plus;
  return (
    <button
      type="button"
      className="award-sign"
      data-negative={isNegative}
      aria-label={t(isNegative ? 'what.take' : 'what.add')}
      aria-pressed={isNegative}
      onClick={() => setIsNegative(!isNegative)}
    >
      <Icon size={28} strokeWidth={2.25} aria-hidden="true" />
    </button>
  );
}
