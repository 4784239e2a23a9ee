import { useTranslation } from 'react-i18next';
import { type ScanAnswer, type ScanEvent, useScanTarget } from '../../scanning/scan-target.ts';
import { navigateTo } from '../../ui/route.ts';
import {
  addProduct,
  canRingUp,
  closeOverlay,
  openOverlay,
  setCustomer,
  typeQuantity,
  useTillState,
} from './till-state.ts';
import { laterWords, outcomeOf } from './payment/use-payment-scans.ts';
import type { Catalogue } from './till-types.ts';
import type { CheckVoucher } from './use-voucher-check.ts';

/** Where scans go while the till is on screen: a customer or voucher into the sale, an item into the lines, a receipt to its sale, a gift card to what is on it. */
export function useTillScans(
  catalogue: Catalogue,
  maySell: boolean,
  checkVoucher: CheckVoucher,
  showCard: (code: string) => Promise<void>,
): void {
  const { t } = useTranslation('till');
  const refuse = (title: string): ScanAnswer => ({ tone: 'danger', title, sound: 'refused' });

  useScanTarget((scan: ScanEvent) => {
    const outcome = outcomeOf(scan);
    typeQuantity('');
    if (outcome.kind === 'receipt') {
      navigateTo('till', 'sale', outcome.saleId, 'refund');
      return undefined;
    }
    const isTypedCode = outcome.kind === 'unknown' && outcome.reason === 'not-known' && scan.source === 'MANUAL';
    if (isTypedCode && maySell) {
      // Asked as a voucher, so that the try is on record; its own words come with the answer.
      void checkVoucher({ code: outcome.shownText });
      return null;
    }
    if (outcome.kind === 'gift-card') {
      void showCard(outcome.code);
      return null;
    }
    if (outcome.kind !== 'customer' && outcome.kind !== 'product' && outcome.kind !== 'voucher') return undefined;
    if (!maySell) return refuse(t('lookOnly'));
    // Read before Charge was pressed, and known only now: the payment stays, and says what to do.
    if (!canRingUp(useTillState.getState())) return laterWords(t, outcome);
    if (outcome.kind === 'voucher') {
      if (useTillState.getState().overlay?.kind === 'rewards') closeOverlay();
      void checkVoucher({ voucherId: outcome.voucherId });
      return null;
    }
    if (outcome.kind === 'product') {
      const product = catalogue.products.find((each) => each.productId === outcome.productId && each.isActive);
      if (product === undefined) return refuse(t('scan.notOnSale'));
      if (product.soldByWeight) openOverlay({ kind: 'product', productId: product.productId });
      else addProduct(product);
      return undefined;
    }
    if (outcome.status === 'blocked') return refuse(t('customer.blockedScan', { name: outcome.displayName }));
    setCustomer({ customerId: outcome.customerId, identifiedBy: 'scan', identifiedAtMs: scan.atMs }, outcome);
    return undefined;
  });
}
