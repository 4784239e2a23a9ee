import { useQueryClient } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useRefusalText, useReport } from '../../ui/refusal-text.ts';
import { useCommand } from '../../ui/use-command.ts';
import { changeFirstRun, moveStep, useFirstRun } from './first-run-state.ts';
import { StepFrame } from './step-frame.tsx';

const PIN_LENGTH = 6;

/** The code that makes a new PIN when the last manager forgot theirs; shown once. */
function RecoveryCode({ code }: { code: string }): ReactNode {
  const { t } = useTranslation('first-run');
  const shopName = useFirstRun((draft) => draft.shopName);
  return (
    <StepFrame
      title={t('recovery.title')}
      detail={code === '' ? t('recovery.lost') : t('recovery.detail')}
      nextLabel={t('recovery.kept')}
      onNext={() => moveStep(1)}
      extra={
        <Button icon={<Printer />} onPress={() => window.print()} isDisabled={code === ''}>
          {t('recovery.print')}
        </Button>
      }
    >
      <p className="first-run-code is-printed">
        <small>{shopName}</small>
        <output>{code === '' ? '–' : code}</output>
      </p>
    </StepFrame>
  );
}

/** Step 3: the first person, who holds manager and IT; this makes the shop. */
export function ManagerStep(): ReactNode {
  const { t } = useTranslation('first-run');
  const api = useApi();
  const queryClient = useQueryClient();
  const draft = useFirstRun();
  const create = useCommand(useApiClient().setup.createShop);
  const wordsOf = useRefusalText();
  const report = useReport();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [pinError, setPinError] = useState<string | null>(null);
  const [recoveryCode, setRecoveryCode] = useState<string | null>(null);
  if (recoveryCode !== null || draft.isShopMade) return <RecoveryCode code={recoveryCode ?? ''} />;

  const isSame = pin === again;
  const submit = async (): Promise<void> => {
    const result = await create.run({
      shopName: draft.shopName.trim(),
      country: draft.country,
      currency: draft.currency,
      timeZone: draft.timeZone,
      language: draft.language,
      region: draft.region,
      taxMode: draft.taxMode,
      dayStartsAtHour: draft.dayStartsAtHour,
      manager: { name: draft.managerName.trim(), pin },
    });
    if (result.kind === 'refused' && result.refusal.reason.startsWith('pin-'))
      return setPinError(wordsOf(result.refusal));
    if (!report(result)) return;
    setRecoveryCode(result.value.recoveryCode);
    changeFirstRun({ isShopMade: true });
    await queryClient.invalidateQueries(api.system.status.queryFilter());
  };
  const typed = (change: (text: string) => void) => (text: string) => {
    setPinError(null);
    change(text.replace(/\D/g, '').slice(0, PIN_LENGTH));
  };
  return (
    <StepFrame
      title={t('manager.title')}
      detail={t('manager.detail')}
      nextLabel={t('manager.create', { shop: draft.shopName.trim() })}
      isBusy={create.isRunning}
      isNextDisabled={draft.managerName.trim() === '' || pin.length < PIN_LENGTH || !isSame}
      onNext={() => void submit()}
    >
      <TextField
        label={t('manager.name')}
        value={draft.managerName}
        maxLength={80}
        autoComplete="name"
        onChange={(managerName) => changeFirstRun({ managerName })}
      />
      <div className="first-run-split">
        <TextField
          label={t('manager.pin')}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          value={pin}
          onChange={typed(setPin)}
          hint={t('manager.pinHint')}
          error={pinError}
        />
        <TextField
          label={t('manager.again')}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          value={again}
          onChange={typed(setAgain)}
          error={again.length >= pin.length && again !== '' && !isSame ? t('manager.differs') : null}
        />
      </div>
    </StepFrame>
  );
}
