import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CustomField, missingAtEnrolment } from '#shop/customers/custom-field.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { OwnFieldInputs, type OwnValues } from '../../../ui/own-field-inputs.tsx';

interface AskOwnFieldsProps {
  readonly name: string;
  readonly fields: readonly CustomField[];
  readonly isRunning: boolean;
  readonly onAnswered: (custom: OwnValues) => void;
  readonly onClose: () => void;
}

/** What the shop asks of somebody who is being enrolled at the till, where it asks anything. */
export function AskOwnFields({ name, fields, isRunning, onAnswered, onClose }: AskOwnFieldsProps): ReactNode {
  const { t } = useTranslation('customers');
  const [values, setValues] = useState<OwnValues>({});
  const [missingId, setMissingId] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const goal = missingId === null ? 'input, button' : '[aria-invalid="true"], [data-invalid] button';
    form.current?.querySelector<HTMLElement>(goal)?.focus();
  }, [missingId]);
  const answer = (): void => {
    const missing = missingAtEnrolment(fields, values);
    setMissingId(missing);
    if (missing === null) onAnswered(values);
  };
  return (
    <Dialog
      title={t('own.askTitle', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('own.askBack')}</Button>
          <Button kind="primary" isBusy={isRunning} onPress={answer}>
            {t('own.askCreate', { name })}
          </Button>
        </>
      }
    >
      <p className="is-muted">{t('own.askDetail')}</p>
      <form
        ref={form}
        className="till-own-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          answer();
        }}
      >
        <OwnFieldInputs
          fields={fields}
          values={values}
          missingId={missingId === null || (values[missingId] ?? null) === null ? missingId : null}
          onChange={(fieldId, value) => setValues({ ...values, [fieldId]: value })}
        />
      </form>
    </Dialog>
  );
}
