import { CircleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { classNames } from './class-names.ts';
import './field.css';

export interface FieldFrameProps {
  readonly label: string;
  /** Always shown under the field. */
  readonly hint?: ReactNode;
  /** What is wrong with an example of what is right: 'Add 4 more digits, like 0981 442 107'. */
  readonly error?: string | null;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
  readonly className?: string;
}

export interface TextFieldProps extends FieldFrameProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'search' | 'date' | 'time';
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search';
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly autoFocus?: boolean;
  /** Takes a scanned code whole instead of letting it go to the screen. */
  readonly acceptsScan?: boolean;
  readonly isMultiline?: boolean;
  readonly isLabelHidden?: boolean;
  readonly prefix?: ReactNode;
  readonly suffix?: ReactNode;
  readonly isReadOnly?: boolean;
  readonly onBlur?: () => void;
  readonly onKeyDown?: (event: { key: string; preventDefault(): void }) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Hint and error under a field; the error names what to do. */
export function FieldNotes({ hint, error }: { hint?: ReactNode; error?: string | null }): ReactNode {
  return (
    <>
      {hint !== undefined && (error === undefined || error === null) && (
        <Text slot="description" className="ui-field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="ui-field-error">
        <CircleAlert size={16} strokeWidth={2} aria-hidden="true" />
        <span>{error}</span>
      </FieldError>
    </>
  );
}

/** One line or, with `isMultiline`, several lines of text under a label. */
export function TextField({
  label,
  hint,
  error,
  isMultiline = false,
  isLabelHidden = false,
  acceptsScan = false,
  prefix,
  suffix,
  placeholder,
  className,
  inputRef,
  onKeyDown,
  ...rest
}: TextFieldProps): ReactNode {
  return (
    <AriaTextField
      {...rest}
      isInvalid={typeof error === 'string'}
      validationBehavior="aria"
      onKeyDown={onKeyDown as never}
      className={classNames('ui-field', className)}
    >
      <Label className={isLabelHidden ? 'is-hidden-visually' : 'ui-field-label'}>{label}</Label>
      {isMultiline ? (
        <TextArea className="ui-input is-multiline" placeholder={placeholder} rows={3} />
      ) : (
        <span className="ui-input-row">
          {prefix !== undefined && <span className="ui-input-prefix">{prefix}</span>}
          <Input
            ref={inputRef}
            className="ui-input"
            placeholder={placeholder}
            {...(acceptsScan ? { 'data-scan': 'accept' } : {})}
          />
          {suffix !== undefined && <span className="ui-input-suffix">{suffix}</span>}
        </span>
      )}
      <FieldNotes hint={hint} error={error} />
    </AriaTextField>
  );
}
