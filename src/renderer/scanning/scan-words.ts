import type { TFunction } from 'i18next';
import type { Formatter } from '../ui/format.ts';
import type { SoundKind } from '../ui/preferences.ts';
import type { ScanAnswer, ScanOutcome } from './scan-target.ts';

/** A scan's usual words and sound; null where the screen itself shows the result (an item in the sale). */
export interface WordedScan extends ScanAnswer {
  readonly sound: SoundKind;
  /** Stays until dismissed or the next scan. */
  readonly stays: boolean;
}

/** What to say about an outcome that no screen worded itself. */
export function wordsOfScan(t: TFunction<'scanning'>, format: Formatter, outcome: ScanOutcome): WordedScan | null {
  switch (outcome.kind) {
    case 'customer':
      return outcome.status === 'blocked'
        ? {
            tone: 'danger',
            sound: 'refused',
            stays: true,
            title: t('blocked', { name: outcome.displayName }),
            detail: t('blockedDetail'),
          }
        : {
            tone: 'success',
            sound: 'found',
            stays: false,
            title: outcome.displayName,
            detail: t('points', { count: outcome.balance, formatted: format.points(outcome.balance) }),
          };
    case 'product':
    // A badge signs its person in, and that is said there.
    case 'staff-badge':
      return null;
    case 'receipt':
      return { tone: 'info', sound: 'found', stays: false, title: t('receipt', { number: outcome.receiptNumber }) };
    case 'voucher':
      return { tone: 'success', sound: 'found', stays: false, title: outcome.name, detail: outcome.code };
    case 'gift-card':
      return { tone: 'success', sound: 'found', stays: false, title: t('giftCard'), detail: outcome.code };
    case 'voucher-unsupported':
      return { tone: 'warning', sound: 'unknown', stays: true, title: t('voucher'), detail: t('voucherDetail') };
    case 'repeat':
      return { tone: 'neutral', sound: 'item', stays: false, title: t('repeat') };
    case 'unknown':
      return {
        tone: 'warning',
        sound: 'unknown',
        stays: true,
        title: t(`unknown.${outcome.reason}`),
        detail: outcome.shownText,
      };
  }
}
