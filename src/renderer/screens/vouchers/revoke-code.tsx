import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { ReasonDialog } from './reason-dialog.tsx';

interface RevokeCodeProps {
  readonly voucherId: string;
  readonly code: string;
  readonly onDone: () => void;
}

/** Withdraws one code for ever, with the reason; its campaign goes on. */
export function RevokeCode({ voucherId, code, onDone }: RevokeCodeProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const revoke = useCommand(useApiClient().vouchers.revoke);
  const report = useReport();
  const [isAsking, setIsAsking] = useState(false);
  const run = async (reason: string): Promise<void> => {
    if (!report(await revoke.run({ voucherId, reason }))) return;
    showToast({ tone: 'success', title: t('revoke.done', { code }) });
    onDone();
  };
  return (
    <>
      <Button kind="ghost" onPress={() => setIsAsking(true)}>
        {t('revoke.open')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={t('revoke.title', { code })}
          detail={t('revoke.detail')}
          label={t('takeBack.why')}
          safeLabel={t('takeBack.keep')}
          actLabel={t('revoke.act')}
          isBusy={revoke.isRunning}
          onAct={(reason) => void run(reason)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
