import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/date-text.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { navigateTo } from '../../ui/route.ts';
import { FindDialog, type FindRow } from './find-dialog.tsx';
import { grossOfAll } from './sale-draft.ts';
import { closeOverlay, keepAsNewSale, openDraft, startSale, useTillState } from './till-state.ts';
import type { SavedDraft } from './till-types.ts';
import type { DraftKeeper } from './use-drafts.ts';

const MINUTE_MS = 60_000;

/** Shift F7: the sales put aside, how long each has waited. */
export function HeldDialog({ keeper, heldLabel }: { keeper: DraftKeeper; heldLabel: string }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const nowMs = useNow();
  const [text, setText] = useState('');
  const wanted = text.trim().toLocaleLowerCase();
  const nameOf = (saved: SavedDraft): string => saved.label || saved.customerName || t('tabs.current');
  const rows: FindRow[] = keeper.others
    .filter((saved) => nameOf(saved).toLocaleLowerCase().includes(wanted))
    .map((saved) => ({
      id: saved.saleId,
      onChoose: () => {
        closeOverlay();
        void keeper.resume(saved, heldLabel);
      },
      content: (
        <>
          <span className="till-find-plus">{saved.itemCount}</span>
          <span>
            <b>{nameOf(saved)}</b>
            <small>
              {t('held.waits', {
                count: Math.max(0, Math.floor((nowMs - (saved.heldAtMs ?? saved.updatedAtMs)) / MINUTE_MS)),
              })}
            </small>
          </span>
          <span className="till-find-row-end">{format.money(grossOfAll(saved.draft.lines))}</span>
        </>
      ),
    }));
  return (
    <FindDialog
      title={t('menu.held')}
      label={t('held.label')}
      placeholder={t('held.placeholder')}
      text={text}
      rows={rows}
      empty={t('held.none')}
      onText={setText}
      onClose={closeOverlay}
    />
  );
}

/** Forgets the sale on screen; names what is lost, and the safe button has the focus. */
export function ClearDialog({ keeper }: { keeper: DraftKeeper }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const draft = useTillState((state) => state.draft);
  const revision = useTillState((state) => state.revision);
  const [isBusy, setIsBusy] = useState(false);
  const amountMinor = grossOfAll(draft.lines);
  const clear = async (): Promise<void> => {
    setIsBusy(true);
    await keeper.flush();
    const isGone = revision === 0 || (await keeper.discard(draft.saleId));
    setIsBusy(false);
    if (isGone) startSale();
  };
  return (
    <ConfirmDialog
      title={t('clear.title', { amount: format.money(amountMinor) })}
      detail={t('clear.detail')}
      safeLabel={t('clear.keep')}
      actLabel={t('clear.act', { amount: format.money(amountMinor) })}
      isBusy={isBusy}
      onAct={() => void clear()}
      onClose={closeOverlay}
    />
  );
}

/** Another window went on with this sale: take its lines, or keep these as a sale of their own. */
export function LostDraftDialog({ keeper }: { keeper: DraftKeeper }): ReactNode {
  const { t } = useTranslation('till');
  const saleId = useTillState((state) => state.draft.saleId);
  const takeTheirs = async (): Promise<void> => {
    const theirs = await keeper.reload(saleId);
    if (theirs === null) startSale();
    else openDraft(theirs.draft, theirs.revision);
  };
  return (
    <Dialog
      title={t('elsewhere.title')}
      onClose={() => void takeTheirs()}
      footer={
        <>
          <Button onPress={keepAsNewSale}>{t('elsewhere.keepMine')}</Button>
          <Button kind="primary" autoFocus onPress={() => void takeTheirs()}>
            {t('elsewhere.takeTheirs')}
          </Button>
        </>
      }
    >
      <p className="is-muted">{t('elsewhere.detail')}</p>
    </Dialog>
  );
}

/** The sale has been paid already, here or in another window. Nothing is sold twice. */
export function PaidElsewhereDialog({ receiptNumber, atMs }: { receiptNumber: string; atMs: number }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const saleId = useTillState((state) => state.draft.saleId);
  return (
    <Dialog
      title={t('alreadyPaid.title')}
      onClose={startSale}
      footer={
        <>
          <Button
            onPress={() => {
              startSale();
              navigateTo('till', 'sale', saleId);
            }}
          >
            {t('alreadyPaid.see')}
          </Button>
          <Button kind="primary" autoFocus onPress={startSale}>
            {t('paid.newSale')}
          </Button>
        </>
      }
    >
      <p className="is-muted">{t('alreadyPaid.detail', { number: receiptNumber, time: format.time(atMs) })}</p>
    </Dialog>
  );
}
