import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { useCreditWords } from '../../ui/credit-words.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { CreditOf } from './credit-panel.tsx';

interface AdjustCreditProps {
  readonly of: CreditOf;
  readonly isGiving: boolean;
  readonly availableMinor: number;
  readonly onClose: () => void;
}

type Reason = 'goodwill' | 'correction';

/** Gives credit by hand or takes it off, with a reason and a note; a manager approves in place where it needs one. */
export function AdjustCredit({ of, isGiving, availableMinor, onClose }: AdjustCreditProps): ReactNode {
  const { t } = useTranslation('wallet');
  const words = useCreditWords();
  const [minor, setMinor] = useState<number | null>(null);
  const [reason, setReason] = useState<Reason>(isGiving ? 'goodwill' : 'correction');
  const [days, setDays] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const adjust = useCommand(useApiClient().credit.adjust);
  const report = useReport();
  const isTooMuch = !isGiving && minor !== null && minor > availableMinor;
  const isReady = minor !== null && minor > 0 && !isTooMuch && note.trim() !== '';
  const act = async (): Promise<void> => {
    if (minor === null) return;
    const amountMinor = isGiving ? minor : -minor;
    const result = await adjust.run({ of, amountMinor, reason, days: isGiving ? days : null, note: note.trim() });
    if (!report(result) || result.kind !== 'done') return;
    showToast({
      tone: 'success',
      slot: 'wallet',
      title: t('adjust.done', { amount: words.amount(result.value.balanceMinor) }),
    });
    onClose();
  };
  return (
    <Dialog
      title={t(isGiving ? 'adjust.give' : 'adjust.take', { credit: words.name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button kind="primary" isBusy={adjust.isRunning} isDisabled={!isReady} onPress={() => void act()}>
            {t(isGiving ? 'adjust.giveAct' : 'adjust.takeAct')}
          </Button>
        </>
      }
    >
      <div className="wallet-form">
        <MoneyField
          label={t('adjust.amount')}
          autoFocus
          minor={minor}
          error={isTooMuch ? t('adjust.tooMuch', { amount: words.amount(availableMinor) }) : null}
          onChange={setMinor}
        />
        <SelectField<Reason>
          label={t('adjust.reason')}
          choices={[
            { id: 'goodwill', label: t('reason.goodwill') },
            { id: 'correction', label: t('reason.correction') },
          ]}
          value={reason}
          onChange={setReason}
        />
        {isGiving && (
          <NumberField label={t('adjust.days')} hint={t('adjust.daysHint')} value={days} onChange={setDays} />
        )}
        <TextField label={t('note')} hint={t('adjust.noteHint')} maxLength={200} value={note} onChange={setNote} />
      </div>
    </Dialog>
  );
}
