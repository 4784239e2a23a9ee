import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefusalReason } from '#shop/refusal.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { useRefusalText, useReport } from '../../ui/refusal-text.ts';
import { playSound } from '../../ui/sounds.ts';
import { announce, dismissSlot, showToast } from '../../ui/toast.tsx';
import { sendCommand, useCommandHost } from '../../ui/use-command.ts';
import { openOverlay, useTillState } from './till-state.ts';
import { addVoucher, wantVoucher } from './value-state.ts';

/** Scans and what follows from them share one place on the screen. */
const SLOT = 'scan';

/** A voucher that a manager has to allow goes on the sale too: the payment asks for their PIN. */
const FOR_SALE = { assumesApproval: true };

type Wanted = { readonly voucherId: string } | { readonly code: string };

/** What came of it: whether it went on the sale now, and why not where the shop says no. */
interface Checked {
  readonly isAdded: boolean;
  readonly reason: RefusalReason | null;
}

export type CheckVoucher = (wanted: Wanted) => Promise<Checked>;

const NOT_ADDED: Checked = { isAdded: false, reason: null };

/**
 * Looks at a voucher that was scanned or typed and does what comes next: one that takes something off goes on the sale, one
 * that gives credit or units asks, one of a customer waits until they are found, and any other says why not (S3-89..S3-97).
 */
export function useVoucherCheck(): CheckVoucher {
  const { t } = useTranslation('value');
  const client = useApiClient();
  const host = useCommandHost();
  const report = useReport();
  const wordsOf = useRefusalText();
  return useCallback(
    async (wanted) => {
      const { draft } = useTillState.getState();
      const { customerId, saleId } = draft;
      const ask = (input: { readonly saleId: string | null }) =>
        sendCommand(client.vouchers.check, host.newOperationId(), { ...wanted, ...input, customerId, ...FOR_SALE });
      const asked = await ask({ saleId });
      const isKept = asked.kind === 'refused' && asked.refusal.reason === 'voucher-next-sale';
      const result = isKept ? await ask({ saleId: null }) : asked;
      if (result.kind === 'done') {
        const voucher = result.value;
        const { voucherId, name, isGrant } = voucher;
        playSound('found');
        if (isGrant || isKept) {
          openOverlay({ kind: 'voucher', voucher });
          return NOT_ADDED;
        }
        const added = addVoucher(voucherId);
        const words = { added: 'check.onSale', already: 'check.already', 'too-many': 'check.tooMany' } as const;
        const title = t(words[added], { name });
        // Its line says it to whoever sees the screen.
        if (added !== 'added') {
          showToast({ slot: SLOT, tone: 'warning', title, durationMs: 3000 });
          return NOT_ADDED;
        }
        dismissSlot(SLOT);
        announce(title);
        return { isAdded: true, reason: null };
      }
      if (result.kind !== 'refused') {
        report(result);
        return NOT_ADDED;
      }
      const { refusal } = result;
      if (refusal.reason === 'voucher-needs-customer' && customerId === null && 'voucherId' in wanted) {
        wantVoucher(wanted.voucherId);
        openOverlay({ kind: 'find-customer', text: '' });
      }
      playSound('refused');
      const others = Number(refusal.facts.otherVouchers ?? 0);
      const name = useTillState.getState().glimpse?.displayName ?? '';
      showToast({
        slot: SLOT,
        tone: 'danger',
        title: wordsOf(refusal),
        durationMs: null,
        ...(others === 0
          ? {}
          : {
              detail: t('line.others', { count: others, name }),
              action: { label: t('fits.see'), onPress: () => openOverlay({ kind: 'rewards' }) },
            }),
      });
      return { isAdded: false, reason: refusal.reason };
    },
    [client, host, report, wordsOf, t],
  );
}

/** Goes on with the voucher that waited, once its customer is in the sale. */
export function useWantedVoucher(check: CheckVoucher): void {
  const voucherId = useTillState((state) => state.wantedVoucherId);
  const customerId = useTillState((state) => state.draft.customerId);
  useEffect(() => {
    if (voucherId === null || customerId === null) return;
    wantVoucher(null);
    void check({ voucherId });
  }, [voucherId, customerId, check]);
}

/** Opens what is known of a voucher on the sale; from there it can be kept in the customer's wallet instead. */
export function useShowVoucher(): (voucherId: string) => Promise<void> {
  const client = useApiClient();
  const host = useCommandHost();
  const report = useReport();
  return useCallback(
    async (voucherId) => {
      const { customerId } = useTillState.getState().draft;
      const asked = { voucherId, customerId, saleId: null, ...FOR_SALE };
      const result = await sendCommand(client.vouchers.check, host.newOperationId(), asked);
      if (report(result)) openOverlay({ kind: 'voucher', voucher: result.value });
    },
    [client, host, report],
  );
}
