import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useRefusalText } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';

/** A new PIN by the shop's recovery code; cashiers ask a manager instead. */
export function ForgotPin({
  person,
  onClose,
}: {
  person: { staffId: string; name: string };
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['sign-in', 'common']);
  const api = useApi();
  const queryClient = useQueryClient();
  const wordsOf = useRefusalText();
  const reset = useCommand(useApiClient().staff.resetWithRecovery);
  const [recoveryCode, setRecoveryCode] = useState('');
  const [newPin, setNewPin] = useState('');
  const [error, setError] = useState<string | null>(null);

  const submit = async (): Promise<void> => {
    const result = await reset.run({ recoveryCode, staffId: person.staffId, newPin });
    if (result.kind === 'done') {
      showToast({ tone: 'success', title: t('recovery.done') });
      await queryClient.invalidateQueries(api.staff.list.queryFilter());
      return onClose();
    }
    if (result.kind !== 'ignored') setError(result.kind === 'refused' ? wordsOf(result.refusal) : t('failed'));
  };
  return (
    <form
      className="sign-in-recovery"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2 className="sign-in-hello">{t('recovery.title', { name: person.name })}</h2>
      <p className="is-muted">{t('recovery.detail')}</p>
      <TextField
        label={t('recovery.code')}
        value={recoveryCode}
        onChange={setRecoveryCode}
        autoFocus
        autoComplete="off"
        error={error}
      />
      <TextField
        label={t('recovery.newPin')}
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        value={newPin}
        onChange={(pin) => setNewPin(pin.replace(/\D/g, '').slice(0, 6))}
        hint={t('recovery.pinHint')}
      />
      <div className="sign-in-buttons">
        <Button onPress={onClose}>{t('common:back')}</Button>
        <Button
          kind="primary"
          type="submit"
          isBusy={reset.isRunning}
          isDisabled={recoveryCode.trim() === '' || newPin.length < 4}
        >
          {t('recovery.set')}
        </Button>
      </div>
    </form>
  );
}
