import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, SidePanel } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { campaignSentence } from './campaign-sentence.ts';
import { GiftStep } from './gift-step.tsx';
import { keptCodes } from './kept-codes.ts';
import { LimitsStep } from './limits-step.tsx';
import { PublishCampaign } from './publish-campaign.tsx';
import { Ticket } from './ticket.tsx';
import { type CampaignDraft, type CampaignEditing, copyOf, ticketOf, useCampaignDraft } from './use-campaign-draft.ts';
import {
  type CampaignChoices,
  type CampaignDetail,
  shownCampaign,
  useCampaignChoices,
  useCampaignWords,
} from './vouchers-data.ts';
import { WhenStep } from './when-step.tsx';
import './campaign-panel.css';

export interface StepProps {
  readonly editing: CampaignEditing;
  readonly choices: CampaignChoices;
  readonly isNew: boolean;
}

export interface LimitsStepProps extends StepProps {
  /** The campaign that is changed; null for a new one. */
  readonly inForce: CampaignDetail | null;
}

const STEPS = ['gift', 'when', 'limits'] as const;
type Step = (typeof STEPS)[number];

const MISSING: ReadonlySet<string> = new Set([
  'name',
  'genericCode',
  'benefit.name',
  'benefit.rateBasisPoints',
  'validity.startsOn',
  'validity.endsOn',
  'use',
]);

/** The words for what is missing; what is amiss within conditions is told as a whole. */
function missingKey(missing: string | null): string {
  const [part = ''] = missing?.split('.') ?? [];
  if (part === 'conditions') return part;
  return missing !== null && MISSING.has(missing) ? missing : 'other';
}

function LiveTicket({ editing, choices }: Pick<StepProps, 'editing' | 'choices'>): ReactNode {
  const words = useCampaignWords(choices);
  const { t } = useTranslation('vouchers');
  const { draft, campaign, missing, state } = editing;
  const shown = ticketOf(draft);
  return (
    <div className="voucher-live">
      {shown !== null && <Ticket words={words} campaign={shown} code={shown.genericCode} />}
      <p className="voucher-sentence" role="status">
        {campaign === null ? t(`missing.${missingKey(missing)}`) : campaignSentence(words, campaign)}
      </p>
      <small className="is-muted">{t(`panel.${state}`)}</small>
    </div>
  );
}

/** The step that is written. */
function useSteps() {
  const [step, setStep] = useState<Step>('gift');
  const stepRef = useRef<HTMLFieldSetElement>(null);
  /** The button that was pressed may be gone with its step, and the next one begins at its top. */
  const goTo = (to: Step): void => {
    flushSync(() => setStep(to));
    stepRef.current?.focus({ preventScroll: true });
    stepRef.current?.closest('.ui-dialog-body')?.scrollTo({ top: 0 });
  };
  return { step, setStep, goTo, stepRef };
}

/** What is written does not hold together yet, so it cannot be kept: asks before it is lost. */
function LeaveUnfinished({
  missing,
  onLeave,
  onStay,
}: {
  missing: string | null;
  onLeave: () => void;
  onStay: () => void;
}): ReactNode {
  const { t } = useTranslation('vouchers');
  return (
    <ConfirmDialog
      title={t('leave.title')}
      detail={t('leave.why', { missing: t(`missing.${missingKey(missing)}`) })}
      safeLabel={t('leave.keep')}
      actLabel={t('leave.act')}
      onAct={onLeave}
      onClose={onStay}
    />
  );
}

/** The step's fields, to be written in or only read. */
function StepFields({ step, ...props }: LimitsStepProps & { step: Step }): ReactNode {
  if (step === 'gift') return <GiftStep {...props} />;
  return step === 'when' ? <WhenStep {...props} /> : <LimitsStep {...props} />;
}

interface EditorProps {
  readonly detail: CampaignDetail | null;
  /** What a new one begins with. */
  readonly from: CampaignDraft | null;
  readonly onReload: () => void;
  readonly onClose: (campaignId: string | null) => void;
}

function Editor({ detail, from, onReload, onClose }: EditorProps): ReactNode {
  const { t } = useTranslation(['vouchers', 'common']);
  const editing = useCampaignDraft(detail, from);
  const choices = useCampaignChoices();
  const { step, setStep, goTo, stepRef } = useSteps();
  const [isPublishing, setIsPublishing] = useState(false);
  const place = STEPS.indexOf(step);
  const { campaign, campaignId, isTaken } = editing;
  const [first] = useState(editing.draft);
  const isAtRisk = campaign === null && editing.state === 'unsaved' && editing.draft !== first;
  const [isLeaving, setIsLeaving] = useState(false);
  /** Whoever went elsewhere while it was kept is not called back. */
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  const isNew = detail?.live == null;
  const props = { editing, choices, isNew: detail === null && from === null, inForce: detail };
  const close = (): void => {
    if (isAtRisk && !isLeaving) setIsLeaving(true);
    else void editing.flush().then((stored) => isOpen.current && onClose(stored?.campaignId ?? campaignId));
  };
  const previous = STEPS[place - 1];
  const next = STEPS[place + 1];
  return (
    <SidePanel
      title={isNew ? t('panel.new') : t('panel.edit')}
      size="large"
      needsAnswer
      onClose={close}
      footer={
        <>
          {previous !== undefined && (
            <Button kind="ghost" onPress={() => goTo(previous)}>
              {t('common:back')}
            </Button>
          )}
          {next !== undefined && <Button onPress={() => goTo(next)}>{t('common:next')}</Button>}
          <Button
            kind="primary"
            isDisabled={campaign === null || isTaken}
            onPress={() => void editing.flush().then((stored) => stored !== null && setIsPublishing(true))}
          >
            {t('panel.publish')}
          </Button>
        </>
      }
    >
      {isTaken && (
        <div className="voucher-note voucher-taken" role="alert">
          {t('panel.taken')}
          <Button onPress={onReload}>{t('panel.reload')}</Button>
        </div>
      )}
      <div className="voucher-editor">
        <LiveTicket editing={editing} choices={choices} />
        <div>
          <Segmented
            label={t('panel.steps')}
            isWide
            segments={STEPS.map((id, at) => ({ id, label: `${at + 1} ${t(`step.${id}`)}` }))}
            value={step}
            onChange={setStep}
          />
          <fieldset
            ref={stepRef}
            tabIndex={-1}
            className="voucher-step"
            disabled={isTaken}
            aria-label={t(`step.${step}`)}
          >
            <StepFields step={step} {...props} />
          </fieldset>
        </div>
      </div>
      {isLeaving && <LeaveUnfinished missing={editing.missing} onLeave={close} onStay={() => setIsLeaving(false)} />}
      {isPublishing && campaign !== null && (
        <PublishCampaign
          editing={editing}
          campaign={campaign}
          choices={choices}
          live={detail?.live?.campaign ?? null}
          keptCodes={keptCodes(campaign, detail)}
          isBehind={detail?.draft != null && detail.draft.basedOnVersion !== (detail.live?.version ?? 0)}
          onPublished={onClose}
          onClose={() => setIsPublishing(false)}
        />
      )}
    </SidePanel>
  );
}

interface CampaignPanelProps {
  /** Null begins a new one. */
  readonly campaignId: string | null;
  /** Begins a new one with what this campaign says. */
  readonly isCopy?: boolean;
  readonly onClose: (campaignId: string | null) => void;
}

/** Writes a voucher in three steps, with its ticket and its sentence as they will stand; each change is kept as a draft. */
export function CampaignPanel({ campaignId, isCopy = false, onClose }: CampaignPanelProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const found = useQuery(
    useApi().vouchers.detail.queryOptions(
      { campaignId: campaignId ?? '' },
      { enabled: campaignId !== null, refetchOnMount: 'always' },
    ),
  );
  const [loaded, setLoaded] = useState(0);
  // The editor starts from what is saved now, never from what this window remembers of an earlier visit.
  const [start, setStart] = useState<CampaignDetail | null>(null);
  if (campaignId !== null && start === null && found.isSuccess && found.isFetchedAfterMount) setStart(found.data);
  if (campaignId !== null && start === null)
    return (
      <SidePanel title={t('panel.edit')} size="large" onClose={() => onClose(campaignId)}>
        <Skeleton />
      </SidePanel>
    );
  const reload = (): void =>
    void found.refetch().then(({ data }) => {
      if (data !== undefined) setStart(data);
      setLoaded((times) => times + 1);
    });
  const shown = start === null || !isCopy ? null : shownCampaign(start);
  const from = shown === null ? null : copyOf(shown, t('panel.copyName', { name: shown.name }));
  return <Editor key={loaded} detail={isCopy ? null : start} from={from} onReload={reload} onClose={onClose} />;
}
