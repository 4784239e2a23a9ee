import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox } from 'react-aria-components/Checkbox';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select, SelectValue } from 'react-aria-components/Select';
import { Switch } from 'react-aria-components/Switch';
import { classNames } from './class-names.ts';
import { type FieldFrameProps, FieldNotes } from './field.tsx';
import './field.css';

export interface Choice<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: ReactNode;
}

interface ChoiceFieldProps<Id extends string> extends FieldFrameProps {
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly placeholder?: string;
  readonly isLabelHidden?: boolean;
}

function ChoiceList<Id extends string>({ choices }: { choices: readonly Choice<Id>[] }): ReactNode {
  return (
    <ListBox items={choices} className="ui-list">
      {(choice: Choice<Id>) => (
        <ListBoxItem id={choice.id} textValue={choice.label} className="ui-list-item">
          {choice.icon}
          {choice.label}
        </ListBoxItem>
      )}
    </ListBox>
  );
}

/** One of a short list. */
export function SelectField<Id extends string>({
  label,
  hint,
  error,
  choices,
  value,
  onChange,
  placeholder,
  isLabelHidden = false,
  className,
  ...rest
}: ChoiceFieldProps<Id>): ReactNode {
  return (
    <Select
      {...rest}
      placeholder={placeholder ?? ''}
      value={value}
      onChange={(id) => id !== null && onChange(String(id) as Id)}
      isInvalid={typeof error === 'string'}
      className={classNames('ui-field', className)}
    >
      <Label className={isLabelHidden ? 'is-hidden-visually' : 'ui-field-label'}>{label}</Label>
      <Button className="ui-select-button">
        <SelectValue />
        <ChevronDown size={18} aria-hidden="true" />
      </Button>
      <FieldNotes hint={hint} error={error} />
      <Popover className="ui-popover">
        <ChoiceList choices={choices} />
      </Popover>
    </Select>
  );
}

interface ComboFieldProps<Id extends string> extends ChoiceFieldProps<Id> {
  /** It stands anew where a choice was just made: it has the focus, its list closed until somebody types. */
  readonly isAnew?: boolean;
}

/** One of a long list, found by typing. */
export function ComboField<Id extends string>({
  label,
  hint,
  error,
  choices,
  value,
  onChange,
  placeholder,
  className,
  isAnew = false,
  ...rest
}: ComboFieldProps<Id>): ReactNode {
  const [isQuiet, setIsQuiet] = useState(isAnew);
  return (
    <ComboBox
      {...rest}
      defaultItems={choices}
      value={value}
      onChange={(id) => id !== null && onChange(String(id) as Id)}
      isInvalid={typeof error === 'string'}
      menuTrigger={isQuiet ? 'input' : 'focus'}
      autoFocus={isAnew}
      onBlur={() => setIsQuiet(false)}
      className={classNames('ui-field', className)}
    >
      <Label className="ui-field-label">{label}</Label>
      <span className="ui-input-row">
        <Input className="ui-input" placeholder={placeholder} />
        <Button className="ui-combo-button">
          <ChevronDown size={18} aria-hidden="true" />
        </Button>
      </span>
      <FieldNotes hint={hint} error={error} />
      <Popover className="ui-popover">
        <ChoiceList choices={choices} />
      </Popover>
    </ComboBox>
  );
}

interface ToggleFieldProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** Yes or no inside a form. */
export function CheckField({ children, ...rest }: ToggleFieldProps): ReactNode {
  return (
    <Checkbox {...rest} className="ui-check">
      <span className="ui-check-box">
        <Check size={16} strokeWidth={3} aria-hidden="true" />
      </span>
      <span>{children}</span>
    </Checkbox>
  );
}

/** On or off, at once. */
export function SwitchField({ children, ...rest }: ToggleFieldProps): ReactNode {
  return (
    <Switch {...rest} className="ui-check is-switch">
      <span>{children}</span>
      <span className="ui-switch-track" aria-hidden="true" />
    </Switch>
  );
}
