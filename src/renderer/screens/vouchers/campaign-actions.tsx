import { Ellipsis, Pause, Pencil, Play, Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { PrintSheet } from '../../ui/print-sheet.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { navigateTo } from '../../ui/route.ts';
import { useMay, useShop } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { CustomerPicker, type PickedCustomer } from './customer-picker.tsx';
import type { CampaignDetail } from './vouchers-data.ts';

type Status = 'live' | 'paused' | 'ended' | 'archived' | 'restored';
type Layer = 'end' | 'give' | 'print' | null;

/** Asks before a campaign ends for ever: what customers still hold of it is said, and then the word must be typed. */
function EndDialog({
  detail,
  name,
  isBusy,
  onEnd,
  onClose,
}: {
  detail: CampaignDetail;
  name: string;
  isBusy: boolean;
  onEnd: () => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const held = detail.claims - detail.claimsUsed;
  const word = t('end.word');
  const isSure = held === 0 || typed.trim().toLocaleUpperCase() === word;
  return (
    <Dialog
      title={t('end.title', { name })}
      className="voucher-ask"
      onClose={onClose}
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            {t('end.keep')}
          </Button>
          <Button kind="danger" isDisabled={!isSure} isBusy={isBusy} onPress={onEnd}>
            {t('end.act')}
          </Button>
        </>
      }
    >
      <p>{held === 0 ? t('end.nobody') : t('end.held', { count: held, held: format.number(held) })}</p>
      <p className="is-muted">{t('end.stays')}</p>
      {held > 0 && <TextField label={t('end.type', { word })} value={typed} maxLength={20} onChange={setTyped} />}
    </Dialog>
  );
}

/** Puts a voucher into a customer's wallet by hand, with what for. */
function GiveDialog({
  campaignId,
  name,
  onClose,
}: {
  campaignId: string;
  name: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('vouchers');
  const give = useCommand(useApiClient().vouchers.give);
  const report = useReport();
  const [customer, setCustomer] = useState<PickedCustomer | null>(null);
  const [note, setNote] = useState('');
  const run = async (who: PickedCustomer): Promise<void> => {
    const result = await give.run({ campaignId, customerId: who.customerId, note: note.trim() });
    if (!report(result)) return;
    const { code } = result.value;
    showToast({ tone: 'success', title: t('give.done', { name: who.displayName }), detail: code });
    onClose();
  };
  return (
    <Dialog
      title={t('give.title', { name })}
      className="voucher-ask"
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('give.keep')}</Button>
          <Button
            kind="primary"
            isDisabled={customer === null}
            isBusy={give.isRunning}
            onPress={() => customer !== null && void run(customer)}
          >
            {t('give.act')}
          </Button>
        </>
      }
    >
      <CustomerPicker picked={customer} autoFocus onPick={setCustomer} />
      <TextField label={t('give.note')} hint={t('give.noteHint')} value={note} maxLength={200} onChange={setNote} />
    </Dialog>
  );
}

function Poster({ name, code }: { name: string; code: string }): ReactNode {
  const { t } = useTranslation('vouchers');
  const { shopName } = useShop();
  return (
    <div className="voucher-poster">
      <p>{shopName}</p>
      <h1>{name}</h1>
      <QrCode text={code} label={t('ticket.qr', { code })} />
      <p>
        <b>{code}</b>
      </p>
    </div>
  );
}

/** The main button of a campaign: let it rest, let it run on, or go on writing it. */
function TurnButton({
  detail,
  isBusy,
  onTurn,
}: {
  detail: CampaignDetail;
  isBusy: boolean;
  onTurn: (to: Status) => void;
}): ReactNode {
  const { t } = useTranslation('vouchers');
  const { status, isArchived, campaignId } = detail;
  const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;
  if (isArchived)
    return (
      <Button isBusy={isBusy} onPress={() => onTurn('restored')}>
        {t('act.restore')}
      </Button>
    );
  if (status === 'ended')
    return (
      <Button isBusy={isBusy} onPress={() => onTurn('archived')}>
        {t('act.archive')}
      </Button>
    );
  if (status === 'draft')
    return (
      <Button kind="primary" icon={<Pencil {...icon} />} onPress={() => navigateTo('vouchers', campaignId, 'edit')}>
        {t('act.goOn')}
      </Button>
    );
  const isPaused = status === 'paused';
  return (
    <Button
      icon={isPaused ? <Play {...icon} /> : <Pause {...icon} />}
      isBusy={isBusy}
      onPress={() => onTurn(isPaused ? 'live' : 'paused')}
    >
      {t(isPaused ? 'act.resume' : 'act.pause')}
    </Button>
  );
}

/** Turns a campaign and gives its draft up, and says so. */
function useActs({ campaignId, live }: CampaignDetail, name: string) {
  const { t } = useTranslation('vouchers');
  const client = useApiClient();
  const setStatus = useCommand(client.vouchers.setStatus);
  const discard = useCommand(client.vouchers.discardDraft);
  const report = useReport();
  const turn = async (to: Status): Promise<boolean> => {
    if (!report(await setStatus.run({ campaignId, to }))) return false;
    showToast({ tone: 'success', title: t(`turned.${to}`, { name }) });
    return true;
  };
  const giveUp = async (): Promise<void> => {
    if (!report(await discard.run({ campaignId }))) return;
    showToast({ tone: 'success', title: t('turned.discarded', { name }) });
    if (live === null) navigateTo('vouchers');
  };
  return { turn, giveUp, isBusy: setStatus.isRunning };
}

type Acts = ReturnType<typeof useActs>;

/** What stands behind the three dots. */
function useEntries(detail: CampaignDetail, campaign: Campaign, acts: Acts, open: (layer: Layer) => void): MenuEntry[] {
  const { t } = useTranslation('vouchers');
  const mayEdit = useMay('vouchers.edit');
  const mayGive = useMay('vouchers.redeem');
  const { campaignId, status, isArchived, standing, draft } = detail;
  const isRunning = status === 'live' || status === 'paused';
  const isOver = standing === 'ended' && status !== 'ended' && !isArchived;
  const edit = (): void => navigateTo('vouchers', campaignId, 'edit');
  const entries = [
    mayGive &&
      isRunning &&
      campaign.trigger === 'code' && { id: 'give', label: t('act.give'), onAction: () => open('give') },
    mayEdit && isRunning && { id: 'edit', label: t('act.edit'), onAction: edit },
    mayEdit && { id: 'copy', label: t('act.copy'), onAction: () => navigateTo('vouchers', campaignId, 'copy') },
    mayEdit && draft !== null && { id: 'discard', label: t('act.discard'), onAction: () => void acts.giveUp() },
    mayEdit && isOver && { id: 'archive', label: t('act.archive'), onAction: () => void acts.turn('archived') },
    mayEdit && isRunning && { id: 'end', label: t('act.end'), startsGroup: true, onAction: () => open('end') },
  ];
  return entries.filter((entry) => entry !== false);
}

/** What can be done with a campaign as a whole. */
export function CampaignActions({ detail, campaign }: { detail: CampaignDetail; campaign: Campaign }): ReactNode {
  const { t } = useTranslation(['vouchers', 'common']);
  const mayEdit = useMay('vouchers.edit');
  const [layer, setLayer] = useState<Layer>(null);
  const { name } = campaign;
  const acts = useActs(detail, name);
  const entries = useEntries(detail, campaign, acts, setLayer);
  const code = detail.voucher?.code ?? null;
  const close = (): void => setLayer(null);
  const end = async (): Promise<void> => {
    if (await acts.turn('ended')) close();
  };
  return (
    <footer className="voucher-actions">
      {code !== null && (
        <Button icon={<Printer size={18} strokeWidth={1.75} aria-hidden="true" />} onPress={() => setLayer('print')}>
          {t('act.print')}
        </Button>
      )}
      {mayEdit && <TurnButton detail={detail} isBusy={acts.isBusy} onTurn={(to) => void acts.turn(to)} />}
      {entries.length > 0 && (
        <MenuButton label={t('common:more')} entries={entries}>
          <Ellipsis size={20} strokeWidth={2} aria-hidden="true" />
        </MenuButton>
      )}
      {layer === 'end' && (
        <EndDialog detail={detail} name={name} isBusy={acts.isBusy} onEnd={() => void end()} onClose={close} />
      )}
      {layer === 'give' && <GiveDialog campaignId={detail.campaignId} name={name} onClose={close} />}
      {layer === 'print' && code !== null && (
        <PrintSheet onDone={close}>
          <Poster name={name} code={code} />
        </PrintSheet>
      )}
    </footer>
  );
}
