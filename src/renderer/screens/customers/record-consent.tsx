import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TOLD_CHANNELS } from '#shop/customers/customer-schema.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useSession } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';
import { useOwnFields } from './records-data.ts';

type Channel = (typeof TOLD_CHANNELS)[number];
type Said = 'given' | 'withdrawn';

/** Records that a customer agreed to offers or takes it back: how they said it, on which day, before whom, with a note. */
export function RecordConsent({ customer, onClose }: { customer: Customer; onClose: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const today = format.dateKey(shopNowMs());
  const [said, setSaid] = useState<Said>(customer.consentMarketing ? 'withdrawn' : 'given');
  const [channel, setChannel] = useState<Channel>('phone');
  const [saidOn, setSaidOn] = useState(today);
  const [note, setNote] = useState('');
  const by = useSession().name;
  const wording = useOwnFields()?.consentText?.text ?? null;
  const command = useCommand(useApiClient().customers.setConsent);
  const report = useReport();
  const isAhead = saidOn > today;
  const act = async (): Promise<void> => {
    const input = { customerId: customer.customerId, isGiven: said === 'given', channel, saidOn, note: note.trim() };
    const result = await command.run(input);
    if (!report(result)) return;
    const words = result.value.holds ? 'consentRecord.saved' : 'consentRecord.savedOlder';
    showToast({ tone: result.value.holds ? 'success' : 'warning', title: t(words) });
    onClose();
  };
  return (
    <Dialog
      title={t('consentRecord.title', { name: customer.displayName })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('consentRecord.cancel')}</Button>
          <Button
            kind="primary"
            isBusy={command.isRunning}
            isDisabled={saidOn === '' || isAhead}
            onPress={() => void act()}
          >
            {t('consentRecord.save')}
          </Button>
        </>
      }
    >
      <div className="consent-form">
        <Segmented<Said>
          label={t('consentRecord.what')}
          value={said}
          onChange={setSaid}
          segments={(['given', 'withdrawn'] as const).map((id) => ({ id, label: t(`consentRecord.${id}`) }))}
        />
        {said === 'given' && wording !== null && (
          <blockquote aria-label={t('consentRecord.wording')}>{wording}</blockquote>
        )}
        <div className="consent-how">
          <SelectField<Channel>
            label={t('consentRecord.how')}
            choices={TOLD_CHANNELS.map((id) => ({ id, label: t(`consentRecord.channel.${id}`) }))}
            value={channel}
            onChange={setChannel}
          />
          <TextField
            label={t('consentRecord.when')}
            type="date"
            value={saidOn}
            error={isAhead ? t('consentRecord.whenAhead') : null}
            onChange={setSaidOn}
          />
        </div>
        <TextField
          label={t('consentRecord.note')}
          hint={t('consentRecord.noteHint')}
          isMultiline
          value={note}
          maxLength={500}
          onChange={setNote}
        />
        <p className="is-muted">{t('consentRecord.by', { name: by })}</p>
      </div>
    </Dialog>
  );
}
