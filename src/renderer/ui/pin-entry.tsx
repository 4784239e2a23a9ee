import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { NumberPad, type PadKey } from './number-pad.tsx';
import './pin-entry.css';

export const PIN_SHORTEST = 4;
export const PIN_LONGEST = 6;

interface PinEntryProps {
  /** Called with the whole PIN: by Enter, by the check key, or by itself at six digits. */
  readonly onSubmit: (pin: string) => void;
  /** Changes whenever an attempt failed: empties the dots and shakes them. */
  readonly failures: number;
  readonly isBusy: boolean;
  readonly isDisabled?: boolean;
  /** What stands left of the zero. */
  readonly left?: ReactNode;
  readonly label: string;
  /** Says what is wrong, under the dots. */
  readonly error?: string | null;
  readonly autoFocus?: boolean;
}

function cleanPin(text: string): string {
  return text.replace(/\D/g, '').slice(0, PIN_LONGEST);
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** Hands over digits and Backspace that were typed while no field had the focus: whoever types here types a PIN. */
function useLooseKeys(onKey: (key: string) => void): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isEditable(event.target)) return;
      if (!/^\d$/.test(event.key) && event.key !== 'Backspace') return;
      event.preventDefault();
      latest.current(event.key);
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

/** Dots over a real password field (paste and password managers work) with a keypad below. */
export function PinEntry({
  onSubmit,
  failures,
  isBusy,
  isDisabled = false,
  left,
  label,
  error,
  autoFocus = true,
}: PinEntryProps): ReactNode {
  const { t } = useTranslation('common');
  const [pin, setPin] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (failures >= 0) setPin('');
  }, [failures]);
  useEffect(() => {
    if (autoFocus && !isDisabled && !isBusy) input.current?.focus();
  }, [autoFocus, isDisabled, isBusy]);
  const change = (next: string): void => {
    if (isBusy || isDisabled) return;
    setPin(next);
    if (next.length === PIN_LONGEST) onSubmit(next);
  };
  useLooseKeys((key) => {
    input.current?.focus();
    change(key === 'Backspace' ? pin.slice(0, -1) : cleanPin(pin + key));
  });
  const submit = (): void => {
    if (pin.length >= PIN_SHORTEST && !isBusy && !isDisabled) onSubmit(pin);
  };
  return (
    <form
      className="ui-pin"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label className={classNames('ui-pin-dots', failures > 0 && pin === '' && 'is-wrong')} key={failures}>
        <input
          ref={input}
          className="ui-pin-input"
          type="password"
          inputMode="numeric"
          autoComplete="current-password"
          aria-label={label}
          aria-invalid={typeof error === 'string'}
          aria-describedby="pin-error"
          value={pin}
          disabled={isDisabled}
          onChange={(event) => change(cleanPin(event.target.value))}
        />
        {Array.from({ length: Math.max(PIN_SHORTEST, pin.length) }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity but their place
          <i key={index} className={index < pin.length ? 'is-filled' : undefined} />
        ))}
      </label>
      <p id="pin-error" className="ui-pin-error" role="alert">
        {error ?? ''}
      </p>
      <NumberPad
        layout="phone"
        isDisabled={isBusy || isDisabled}
        left={left}
        onKey={(key: PadKey) => change(key === 'clear' ? '' : key === 'back' ? pin.slice(0, -1) : cleanPin(pin + key))}
      />
      <button type="submit" className="ui-pin-submit" disabled={pin.length < PIN_SHORTEST || isBusy || isDisabled}>
        {t('pin.enter')}
      </button>
    </form>
  );
}
