import { type ReactNode, useEffect, useState } from 'react';
import { TextField } from '../../ui/field.tsx';

interface SavedFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly isDisabled?: boolean;
  readonly maxLength?: number;
  readonly onSave: (value: string) => void;
}

/** A text that is saved on leaving the field or on Enter, when it changed and is not empty. */
export function SavedField({ value, onSave, ...rest }: SavedFieldProps): ReactNode {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const save = (): void => {
    const next = typed.trim();
    if (next === '') setTyped(value);
    else if (next !== value) onSave(next);
  };
  return (
    <TextField
      {...rest}
      value={typed}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  );
}
