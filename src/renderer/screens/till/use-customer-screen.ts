import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppRouter } from '#backend/router.ts';
import type { RefusalReason } from '#shop/refusal.ts';
import type { SaleDraft, TenderKind } from '#shop/till/sale.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { playSound } from '../../ui/sounds.ts';
import { showToast, showUndo } from '../../ui/toast.tsx';
import { sendCommand, useCommandHost } from '../../ui/use-command.ts';
import { canRingUp, onlyInThisSale, removeCustomer, setCustomer, useTillState } from './till-state.ts';
import { toInput, useSettledDraft } from './use-preview.ts';
import type { CheckVoucher } from './use-voucher-check.ts';
import { removeVoucher } from './value-state.ts';

type ScreenRequest = inferRouterOutputs<AppRouter>['devices']['customerScreen']['requests'][number];
type Take<Kind extends ScreenRequest['kind']> = (
  request: Extract<ScreenRequest, { kind: Kind }>,
) => RefusalReason | null | Promise<RefusalReason | null>;

const NONE: readonly ScreenRequest[] = [];

interface Showing {
  readonly draft: SaleDraft;
  readonly moment: 'order' | 'paying';
  readonly tenderKind: TenderKind;
}

/** Leaves what stands on the till with the customer's screen, one after the other; of a burst, the last. */
function useShowing(isOpen: boolean, tenderKind: TenderKind): void {
  const client = useApiClient();
  const host = useCommandHost();
  const settled = useSettledDraft(useTillState((state) => state.draft));
  const moment = useTillState((state) => (state.view.kind === 'payment' ? 'paying' : 'order'));
  const waiting = useRef<Showing | null>(null);
  const isSending = useRef(false);
  useEffect(() => {
    if (!isOpen) return;
    waiting.current = { draft: settled, moment, tenderKind };
    const send = async (): Promise<void> => {
      isSending.current = true;
      while (waiting.current !== null) {
        const showing = waiting.current;
        waiting.current = null;
        const input = { ...showing, draft: toInput(showing.draft) };
        await sendCommand(client.devices.showOnScreen, host.newOperationId(), input);
      }
      isSending.current = false;
    };
    if (!isSending.current) void send();
  }, [isOpen, settled, moment, tenderKind, client, host]);
}

/** The customer's own code, read at their screen: they go into the sale as after a scan, and the cashier can take it back. */
function useTakeCustomer(): Take<'customer'> {
  const { t } = useTranslation('till');
  return ({ scan: { outcome } }) => {
    if (outcome.kind !== 'customer') return 'not-found';
    const { displayName: name, customerId } = outcome;
    if (outcome.status === 'blocked') {
      playSound('refused');
      showToast({ slot: 'scan', tone: 'danger', title: t('customer.blockedScan', { name }), durationMs: null });
      return 'customer-blocked';
    }
    const { draft } = useTillState.getState();
    if (draft.customerId !== null) return draft.customerId === customerId ? null : 'sale-has-customer';
    setCustomer({ customerId, identifiedBy: 'scan', identifiedAtMs: Date.now() }, outcome);
    playSound('found');
    showUndo({
      title: t('customerScreen.customer', { name }),
      undoLabel: t('undo'),
      onUndo: onlyInThisSale(() => void removeCustomer()),
    });
    return null;
  };
}

/** A voucher chosen at the customer's screen: looked at and put on the sale as if it had been scanned here. */
function useTakeVoucher(checkVoucher: CheckVoucher): Take<'voucher'> {
  const { t } = useTranslation('till');
  return async ({ voucherId, name }) => {
    const { isAdded, reason } = await checkVoucher({ voucherId });
    if (isAdded)
      showUndo({
        title: t('customerScreen.voucher', { name }),
        undoLabel: t('undo'),
        onUndo: onlyInThisSale(() => void removeVoucher(voucherId)),
      });
    return reason;
  };
}

/**
 * The customer's screen beside this till: it is shown the sale, and what the customer does there is done here, each once, the
 * till's usual way. Nothing is taken into a sale that is being paid, nor into another one than the customer saw.
 */
export function useCustomerScreen(maySell: boolean, tenderKind: TenderKind, checkVoucher: CheckVoucher): void {
  const api = useApi();
  const client = useApiClient();
  const host = useCommandHost();
  const screen = useQuery(api.devices.customerScreen.queryOptions(undefined, { enabled: maySell })).data;
  useShowing(screen?.isOpen ?? false, tenderKind);
  const takeCustomer = useTakeCustomer();
  const takeVoucher = useTakeVoucher(checkVoucher);
  const taken = useRef(new Set<string>());
  const requests = screen?.requests ?? NONE;
  const take = async (request: ScreenRequest): Promise<void> => {
    const state = useTillState.getState();
    const isOfThisSale = request.saleId === state.draft.saleId && canRingUp(state);
    const taking = (): ReturnType<Take<'voucher'>> =>
      request.kind === 'customer' ? takeCustomer(request) : takeVoucher(request);
    const reason = isOfThisSale ? await taking() : 'changed-elsewhere';
    const done = { requestId: request.requestId, reason };
    await sendCommand(client.devices.finishScreenRequest, host.newOperationId(), done);
  };
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    for (const request of requests) {
      if (taken.current.has(request.requestId)) continue;
      taken.current.add(request.requestId);
      void latest.current(request);
    }
  }, [requests]);
}
