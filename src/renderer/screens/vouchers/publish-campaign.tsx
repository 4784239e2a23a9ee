import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { campaignSentence } from './campaign-sentence.ts';
import type { CampaignEditing } from './use-campaign-draft.ts';
import { type CampaignChoices, useCampaignWords } from './vouchers-data.ts';

interface PublishCampaignProps {
  readonly editing: CampaignEditing;
  readonly campaign: Campaign;
  readonly choices: CampaignChoices;
  /** What is in force; null for the first version. */
  readonly live: Campaign | null;
  /** Codes that were made before and keep the uses that they have. */
  readonly keptCodes: number;
  /** Another version was published since the draft was begun. */
  readonly isBehind: boolean;
  readonly onPublished: (campaignId: string) => void;
  readonly onClose: () => void;
}

/** The last look before a voucher counts: what it says now, and what it will say. */
export function PublishCampaign(props: PublishCampaignProps): ReactNode {
  const { editing, campaign, choices, live, keptCodes, onPublished, onClose } = props;
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const words = useCampaignWords(choices);
  const publish = useCommand(useApiClient().vouchers.publish);
  const report = useReport();
  const [isBehind, setIsBehind] = useState(props.isBehind);
  const [isBusy, setIsBusy] = useState(false);
  const run = async (): Promise<void> => {
    setIsBusy(true);
    const stored = await editing.flush(isBehind);
    const result = stored === null ? null : await publish.run(stored);
    setIsBusy(false);
    if (stored === null || result === null) return;
    if (result.kind === 'refused' && result.refusal.reason === 'campaign-published-meanwhile') {
      setIsBehind(true);
      return;
    }
    if (result.kind === 'refused' && result.refusal.reason === 'changed-elsewhere') {
      editing.noteTaken();
      return onClose();
    }
    if (!report(result)) return;
    showToast({ tone: 'success', title: t('publish.done', { name: campaign.name }) });
    onPublished(stored.campaignId);
  };
  return (
    <Dialog
      title={t('publish.title', { name: campaign.name })}
      size="medium"
      className="voucher-ask"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('publish.keep')}</Button>
          <Button kind="primary" isBusy={isBusy} onPress={() => void run()}>
            {t(isBehind ? 'publish.over' : 'publish.act')}
          </Button>
        </>
      }
    >
      {isBehind && (
        <p className="voucher-note" role="alert">
          {t('publish.behind')}
        </p>
      )}
      {live !== null && (
        <p className="voucher-before">
          <span className="is-muted is-small">{t('publish.before')}</span>
          <del>{campaignSentence(words, live)}</del>
        </p>
      )}
      <p className="voucher-sentence">{campaignSentence(words, campaign)}</p>
      {keptCodes > 0 && (
        <p className="voucher-note">
          {t('limits.newCodesOnly', { count: keptCodes, shown: format.number(keptCodes) })}
        </p>
      )}
      <p className="is-muted is-small">{t('publish.detail')}</p>
    </Dialog>
  );
}
