import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type PressEvent } from 'react-aria-components/Button';
import { classNames } from './class-names.ts';
import './button.css';

interface IconButtonProps {
  /** What it does, in words: it is read aloud and shown as a title. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly size?: 'normal' | 'counter';
  readonly isBordered?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly onPress?: (event: PressEvent) => void;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A square button that shows only an icon, 44 or 48 wide. */
export function IconButton({
  label,
  icon,
  size = 'normal',
  isBordered = false,
  className,
  ...rest
}: IconButtonProps): ReactNode {
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      className={classNames(
        'ui-icon-button',
        size === 'counter' && 'is-counter',
        isBordered && 'is-bordered',
        className,
      )}
    >
      {icon}
    </AriaButton>
  );
}
