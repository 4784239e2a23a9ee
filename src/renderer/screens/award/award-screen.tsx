import { Sparkles } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanTarget } from '../../scanning/scan-target.ts';
import { useLetGoOn, useScanRisk } from '../../scanning/use-scan-risk.ts';
import { Button } from '../../ui/button.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useKeys } from '../../ui/keys.ts';
import { navigateTo, useRoute } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { undoLast } from '../../ui/toast.tsx';
import { AmountPanel } from './amount-panel.tsx';
import { pressKey, type EntryKey } from './amount-entry.ts';
import { type AwardPreview, type Customer, useAwardCustomer, useAwardPreview } from './award-data.ts';
import { type AwardDraft, chooseCustomer, setValue, useAwardDraft } from './award-state.ts';
import { CustomerPanel } from './customer-panel.tsx';
import { JustAwarded } from './just-awarded.tsx';
import { type Blocker, ResultPanel } from './result-panel.tsx';
import { useGiveAward } from './use-give-award.ts';
import { useLooseDigits } from './use-loose-digits.ts';
import './award.css';

/** Award: points without ringing up items. Three panels: who, what for, and what comes of it. */
export function AwardScreen(): ReactNode {
  const { t } = useTranslation('award');
  const mayLook = useMay('customers.read');
  const mayAward = useMay('points.award');
  if (!mayLook && !mayAward) {
    return (
      <EmptyState
        tone="neutral"
        icon={<Sparkles aria-hidden="true" />}
        title={t('noPermission.title')}
        detail={t('noPermission.detail')}
      />
    );
  }
  return <AwardBoard mayAward={mayAward} />;
}

function findBlocker(
  draft: AwardDraft,
  customer: Customer | undefined,
  preview: AwardPreview | undefined,
  mayAward: boolean,
): Blocker | null {
  if (!mayAward) return 'noPermission';
  if (draft.customerId === null) return 'needCustomer';
  if (customer?.status === 'blocked') return 'blocked';
  if (draft.value === 0) return draft.reason === 'purchase' ? 'needAmount' : 'needPoints';
  if (preview !== undefined && draft.reason === 'purchase' && preview.points === 0) return 'below';
  if (preview !== undefined && draft.reason === 'correction' && preview.balanceAfter < 0) return 'negative';
  if (draft.reason !== 'purchase' && draft.note.trim() === '') return 'needNote';
  return null;
}

/** `#/award/<customerId>` puts that customer into the award, once. */
function useCustomerFromRoute(): void {
  const customerId = useRoute().rest[0];
  useEffect(() => {
    if (customerId === undefined) return;
    chooseCustomer(customerId, 'search', Date.now());
    navigateTo('award');
  }, [customerId]);
}

/** Ctrl Z in a field takes back typing; in an empty one there is none, and it takes back the award. */
function undoFromEmptyField(event: KeyboardEvent): void {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
  if (!isUndo || !(event.target instanceof HTMLInputElement) || event.target.value !== '') return;
  if (undoLast()) event.preventDefault();
}

function AwardBoard({ mayAward }: { mayAward: boolean }): ReactNode {
  const { t } = useTranslation('award');
  const draft = useAwardDraft();
  const customer = useAwardCustomer(draft.customerId).data;
  const preview = useAwardPreview(draft);
  const mayAdjust = useMay('points.adjust');
  const amountInput = useRef<HTMLInputElement>(null);
  const [isLastOpen, setIsLastOpen] = useState(false);
  const focusAmount = useCallback(() => amountInput.current?.focus(), []);
  const giving = useGiveAward(customer?.displayName ?? '');
  const risk = useScanRisk(draft.customerId, false);
  const letGoOn = useLetGoOn();
  useCustomerFromRoute();
  // A scan fills panel 1 wherever the focus is; the cursor goes on to the amount.
  useScanTarget((scan) => {
    if (scan.outcome.kind !== 'customer') return false;
    chooseCustomer(scan.outcome.customerId, 'scan', scan.atMs);
    focusAmount();
    return true;
  });
  const shown = draft.value > 0 ? preview.data : undefined;
  const blocker = findBlocker(draft, customer, shown, mayAward);
  const award = (): void => {
    if (blocker === null) void letGoOn(risk).then((mayGoOn) => (mayGoOn ? giving.give() : undefined));
    else if (blocker === 'needNote') giving.askForNote();
    else if (blocker === 'needAmount' || blocker === 'needPoints') focusAmount();
  };
  useKeys({ Enter: award, 'Ctrl+Enter': award });
  useLooseDigits((digits) => {
    setValue(
      Array.from(digits).reduce((value, digit) => pressKey(value, digit as EntryKey), useAwardDraft.getState().value),
    );
    focusAmount();
  });
  // A known customer puts the cursor into the amount, so that a scan is followed by typing.
  useEffect(() => {
    if (draft.customerId !== null) focusAmount();
  }, [draft.customerId, focusAmount]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl Z on its way up from an empty field; the controls are inside
    <div className="award" onKeyDown={undoFromEmptyField}>
      <div className="award-left">
        <CustomerPanel onChosen={focusAmount} />
        <JustAwarded newestEntryId={giving.newestEntryId} />
      </div>
      <AmountPanel
        inputRef={amountInput}
        noteError={giving.isNoteMissing ? t('what.noteNeeded') : null}
        onEnter={award}
        onKeypad={focusAmount}
      />
      <ResultPanel
        preview={shown}
        hasPreviewFailed={preview.isError}
        blocker={blocker}
        receiptUsed={giving.receiptUsed}
        risk={risk}
        needsManager={draft.reason !== 'purchase' && !mayAdjust}
        isRunning={giving.isRunning}
        onAward={award}
        lastToggle={
          <Button className="award-last-toggle" kind="ghost" onPress={() => setIsLastOpen(true)}>
            {t('last.show')}
          </Button>
        }
      />
      {isLastOpen && (
        <SidePanel title={t('last.title')} onClose={() => setIsLastOpen(false)}>
          <JustAwarded newestEntryId={giving.newestEntryId} />
        </SidePanel>
      )}
    </div>
  );
}
