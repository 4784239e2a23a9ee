import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { useCreditWords } from '../../../ui/credit-words.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { closeOverlay, openOverlay, useTillState } from '../till-state.ts';
import type { CheckedVoucher } from '../till-types.ts';
import { removeVoucher, wantVoucher } from '../value-state.ts';

interface VoucherDialogProps {
  readonly voucher: CheckedVoucher;
  readonly customerName: string | null;
}

/** A voucher that gives credit or units at once, or is for the next purchase: for whom, what, and whether now or kept. */
export function VoucherDialog({ voucher, customerName }: VoucherDialogProps): ReactNode {
  const { t } = useTranslation('value');
  const words = useVoucherWords();
  const customerId = useTillState((state) => state.draft.customerId);
  const { keep, redeem, isBusy } = useGiving(voucher, customerName ?? '');
  const find = (): void => {
    wantVoucher(voucher.voucherId);
    openOverlay({ kind: 'find-customer', text: '' });
  };
  const facts = [words.gives(voucher), words.limits(voucher)].filter((text) => text !== '');
  return (
    <Dialog
      title={voucher.name}
      onClose={closeOverlay}
      footer={
        <>
          <Button onPress={closeOverlay}>{t('check.close')}</Button>
          {customerId === null ? (
            <Button kind="primary" autoFocus onPress={find}>
              {t('check.find')}
            </Button>
          ) : (
            <>
              <Button
                kind={voucher.isGrant ? 'plain' : 'primary'}
                isDisabled={isBusy}
                onPress={() => void keep(customerId)}
              >
                {t('check.keep', { name: customerName })}
              </Button>
              {voucher.isGrant && (
                <Button kind="primary" autoFocus isBusy={isBusy} onPress={() => void redeem(customerId)}>
                  {t('check.redeem', { name: customerName })}
                </Button>
              )}
            </>
          )}
        </>
      }
    >
      <div className="till-voucher">
        <p className="till-voucher-gives">{facts[0]}</p>
        {facts.length > 1 && <p className="is-muted">{facts[1]}</p>}
        <p className="is-muted">{t('line.voucher', { code: voucher.code })}</p>
        {customerId === null && <p>{t('check.askWho')}</p>}
      </div>
    </Dialog>
  );
}

/** What a voucher gives, how often and how long, in words. */
function useVoucherWords() {
  const { t } = useTranslation('value');
  const format = useFormat();
  const gives = ({ kind, value }: CheckedVoucher): string => {
    const amount = kind === 'percent' ? format.percent(value) : format.money(value);
    return t(`check.gives.${kind}`, { value: amount, count: value });
  };
  const limits = ({ usesLeft, endsAtMs }: CheckedVoucher): string =>
    [
      usesLeft === null ? '' : t('check.usesLeft', { count: usesLeft }),
      endsAtMs === null ? '' : t('check.until', { day: format.day(endsAtMs - 1, Date.now()) }),
    ]
      .filter((text) => text !== '')
      .join(' · ');
  return { gives, limits };
}

/** Gives the voucher's worth now, or keeps it in the customer's wallet. */
function useGiving(voucher: CheckedVoucher, name: string) {
  const { t } = useTranslation('value');
  const credit = useCreditWords();
  const client = useApiClient();
  const report = useReport();
  const redeeming = useCommand(client.vouchers.redeem);
  const keeping = useCommand(client.vouchers.claim);
  const { voucherId } = voucher;
  const tell = (title: string): void => {
    closeOverlay();
    showToast({ tone: 'success', title, slot: 'scan' });
  };
  const redeem = async (customerId: string): Promise<void> => {
    const result = await redeeming.run({ voucherId, customerId });
    if (!report(result)) return;
    const given = result.value.kind === 'given' ? result.value.credit : null;
    const pass = result.value.kind === 'given' ? result.value.pass : null;
    if (given !== null) {
      const [amount, balance] = [credit.amount(given.amountMinor), credit.amount(given.balanceMinor)];
      tell(t('check.redeemedCredit', { name, amount, balance }));
    } else if (pass !== null) tell(t('check.redeemedPass', { name, pass: pass.name, count: pass.units }));
    else tell(t('check.redeemed', { voucher: voucher.name, name }));
  };
  const keep = async (customerId: string): Promise<void> => {
    const { saleId } = useTillState.getState().draft;
    if (!report(await keeping.run({ voucherId, customerId, saleId }))) return;
    removeVoucher(voucherId);
    tell(t('check.kept', { voucher: voucher.name, name }));
  };
  return { keep, redeem, isBusy: redeeming.isRunning || keeping.isRunning };
}
