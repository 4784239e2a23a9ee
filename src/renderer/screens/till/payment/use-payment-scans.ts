import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { type ScanAnswer, type ScanEvent, type ScanOutcome, useScanTarget } from '../../../scanning/scan-target.ts';
import { playSound } from '../../../ui/sounds.ts';
import { changePayment } from '../till-state.ts';
import { payWithCard } from '../value-state.ts';
import { useFailTender } from './use-fail-tender.ts';

/** So soon after, the same code is only told to be a repeat. */
const REPEAT_MS = 2000;

/** The last scan that had to wait for the payment. */
const useWaiting = create<{ readonly scan: ScanEvent | null }>()(() => ({ scan: null }));

/** What was scanned: for the repeat of a scan that had to wait, what that one was. */
export function outcomeOf({ outcome, atMs }: ScanEvent): ScanOutcome {
  const { scan } = useWaiting.getState();
  if (outcome.kind !== 'repeat' || scan === null || atMs - scan.atMs > REPEAT_MS) return outcome;
  return scan.outcome.kind === outcome.ofKind ? scan.outcome : outcome;
}

interface PayingNow {
  /** A payment outside the till waits for its answer. */
  readonly isWaiting: boolean;
  /** The sale is being completed. */
  readonly isRunning: boolean;
  readonly dueMinor: number;
}

function wait(title: string, detail?: string): ScanAnswer {
  return { tone: 'warning', title, sound: 'busy', ...(detail === undefined ? {} : { detail }) };
}

/** What is said of a code that has to wait until the payment is over. */
export function laterWords(t: TFunction<'till'>, outcome: ScanOutcome): ScanAnswer {
  if (outcome.kind !== 'voucher') return wait(t('payment.finishFirst'));
  return wait(t('payment.voucherLater', { name: outcome.name }), t('payment.backFirst'));
}

/**
 * What a scan does while the sale is paid: a gift card becomes the way to pay, beside what was paid already; a voucher says
 * how it can still be used. What was typed stays, and the sale does not change.
 */
export function usePaymentScans({ isWaiting, isRunning, dueMinor }: PayingNow): void {
  const { t } = useTranslation('till');
  const fail = useFailTender();
  const switchTo = (code: string): void => {
    payWithCard(code);
    changePayment({ method: 'gift-card', failure: null });
  };
  useScanTarget((scan) => {
    const { outcome } = scan;
    if (outcome.kind !== 'repeat') useWaiting.setState({ scan });
    if (outcome.kind === 'voucher') {
      if (!isWaiting) return laterWords(t, outcome);
      return wait(t('payment.voucherLater', { name: outcome.name }), t('payment.afterWaiting'));
    }
    if (outcome.kind === 'gift-card') {
      if (dueMinor === 0) return wait(t('payment.nothingDue'));
      if (isRunning) return wait(t('payment.finishFirst'));
      const { code } = outcome;
      if (isWaiting) {
        const onPress = (): void => void fail.run('amount-changed').then((isFree) => isFree && switchTo(code));
        const asked = wait(t('payment.waits'), t('payment.waitsHow'));
        return { ...asked, action: { label: t('payment.useGiftCard'), onPress } };
      }
      playSound('found');
      switchTo(code);
      return null;
    }
    if (outcome.kind === 'repeat' || outcome.kind === 'voucher-unsupported') return undefined;
    return wait(t(outcome.kind === 'unknown' ? 'payment.unknownScan' : 'payment.finishFirst'));
  });
}
