import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { classNames } from './class-names.ts';
import { KeyCap } from './key-cap.tsx';
import './field.css';
import './button.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly isDisabled?: boolean;
  /** A line is drawn above it. */
  readonly startsGroup?: boolean;
  readonly onAction: () => void;
}

interface MenuButtonProps {
  /** What the button says aloud. */
  readonly label: string;
  /** True when the words the button shows name it well enough. */
  readonly isNamedByContent?: boolean;
  /** What the button shows. */
  readonly children: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly className?: string;
}

/** A button that opens a list of actions; keys are shown at the right of each. */
export function MenuButton({
  label,
  isNamedByContent = false,
  children,
  entries,
  className,
}: MenuButtonProps): ReactNode {
  return (
    <MenuTrigger>
      <Button
        {...(isNamedByContent ? {} : { 'aria-label': label })}
        className={classNames(className ?? 'ui-icon-button is-bordered')}
      >
        {children}
      </Button>
      <Popover className="ui-popover" placement="bottom end">
        <Menu className="ui-list" aria-label={label}>
          {entries.flatMap((entry) => [
            ...(entry.startsGroup === true ? [<Separator key={`${entry.id}-line`} className="ui-list-line" />] : []),
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              isDisabled={entry.isDisabled}
              onAction={entry.onAction}
              className="ui-list-item"
            >
              {entry.icon}
              {entry.label}
              {entry.keys !== undefined && (
                <span className="ui-list-keys">
                  <KeyCap keys={entry.keys} />
                </span>
              )}
            </MenuItem>,
          ])}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
