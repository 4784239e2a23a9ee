import type { ReadScope } from '../context.ts';
import { type LastReceipt, selectLastReceipt } from './prints-store.ts';

/** The newest sale or refund of this till, for printing it again by one key; null before the first. */
export function lastReceipt({ db, shop }: ReadScope): LastReceipt | null {
  return selectLastReceipt(db, { merchantId: shop.merchantId, terminalId: shop.terminalId });
}
