import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type PressEvent } from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import { KeyCap } from './key-cap.tsx';
import { Spinner } from './spinner.tsx';
import './button.css';

export type ButtonKind = 'primary' | 'plain' | 'soft' | 'ghost' | 'danger';
/** small 36, normal 44, counter 48, primary 64 high. */
export type ButtonSize = 'small' | 'normal' | 'counter' | 'primary';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
  /** A lucide icon element, drawn before the label. */
  readonly icon?: ReactNode;
  /** Key printed on the button, such as 'F9'; the key itself is bound with useKeys. */
  readonly keys?: string;
  /** Keeps its width and label, shows a spinner and ignores presses. */
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  readonly isFullWidth?: boolean;
  readonly type?: 'button' | 'submit';
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-expanded'?: boolean;
  readonly 'aria-pressed'?: boolean;
  /** Names the form it submits when it stands outside it. */
  readonly form?: string;
  readonly onPress?: (event: PressEvent) => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** Turns printed keys ('Ctrl K') into the form assistive technology reads ('Control+K'). */
export function ariaKeys(keys: string | undefined): string | undefined {
  return keys?.replace('Ctrl', 'Control').replaceAll(' ', '+');
}

/** The one button. One primary per screen or dialog; its label says what will happen. */
export function Button({
  children,
  kind = 'plain',
  size = 'normal',
  icon,
  keys,
  isBusy = false,
  isFullWidth = false,
  className,
  type = 'button',
  onPress,
  ...rest
}: ButtonProps): ReactNode {
  // Not the library's own pending state: its announcement outlives the button and then points at nothing.
  return (
    <AriaButton
      {...rest}
      type={isBusy ? 'button' : type}
      onPress={isBusy ? undefined : onPress}
      aria-keyshortcuts={ariaKeys(keys)}
      className={classNames(
        'ui-button',
        `kind-${kind}`,
        `size-${size}`,
        isFullWidth && 'is-full',
        isBusy && 'is-busy',
        className,
      )}
    >
      {isBusy ? <Spinner /> : icon}
      <span className="ui-button-label">{children}</span>
      {keys !== undefined && <KeyCap keys={keys} />}
    </AriaButton>
  );
}
