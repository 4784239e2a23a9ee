import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';
import { useRedeem } from './use-redeem.ts';
import { useGivableCampaigns } from './wallet-data.ts';

type Way = 'campaign' | 'code';

/** Puts a voucher into a customer's wallet: one of a running campaign, or the one whose code is at hand. */
export function GiveDialog({ customer, onClose }: { customer: Customer; onClose: () => void }): ReactNode {
  const { t } = useTranslation('wallet');
  const [way, setWay] = useState<Way>('campaign');
  const [campaignId, setCampaignId] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [code, setCode] = useState('');
  const running = useGivableCampaigns('').data?.rows.filter(({ standing }) => standing === 'live') ?? [];
  const { give, claim, isBusy } = useGiving(customer, onClose);
  const isReady = way === 'campaign' ? campaignId !== null : code.trim() !== '';
  const act = (): void => {
    if (way === 'code') void claim(code.trim());
    else if (campaignId !== null) void give(campaignId, note.trim());
  };
  return (
    <Dialog
      title={t('give.title', { name: customer.displayName })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button kind="primary" isBusy={isBusy} isDisabled={!isReady} onPress={act}>
            {t(way === 'campaign' ? 'give.act' : 'give.claim')}
          </Button>
        </>
      }
    >
      <div className="wallet-form">
        <Segmented<Way>
          label={t('give.way')}
          isWide
          value={way}
          onChange={setWay}
          segments={[
            { id: 'campaign', label: t('give.fromCampaign') },
            { id: 'code', label: t('give.byCode') },
          ]}
        />
        {way === 'code' ? (
          <TextField
            label={t('give.code')}
            hint={t('give.codeHint')}
            acceptsScan
            autoFocus
            maxLength={120}
            autoComplete="off"
            value={code}
            onChange={setCode}
          />
        ) : (
          <>
            <SelectField
              label={t('give.campaign')}
              placeholder={t('give.choose')}
              hint={running.length === 0 ? t('give.none') : undefined}
              choices={running.map((campaign) => ({ id: campaign.campaignId, label: campaign.name }))}
              value={campaignId}
              onChange={setCampaignId}
            />
            <TextField label={t('note')} hint={t('give.noteHint')} maxLength={200} value={note} onChange={setNote} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function useGiving(customer: Customer, onDone: () => void) {
  const { t } = useTranslation('wallet');
  const report = useReport();
  const giving = useCommand(useApiClient().vouchers.give);
  const redeem = useRedeem(customer);
  const { customerId, displayName: name } = customer;
  const give = async (campaignId: string, note: string): Promise<void> => {
    if (!report(await giving.run({ campaignId, customerId, note }))) return;
    showToast({ tone: 'success', slot: 'wallet', title: t('give.done', { name }) });
    onDone();
  };
  const claim = async (code: string): Promise<void> => {
    if (await redeem.run({ code })) onDone();
  };
  return { give, claim, isBusy: giving.isRunning || redeem.isRunning };
}
