import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SwitchField } from '../../ui/choice-field.tsx';
import { DateText, useNow } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { useRefusalText, useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { sellWithVoucher } from './customer-links.ts';
import type { Customer } from './customers-data.ts';
import { useRedeem } from './use-redeem.ts';
import type { Wallet, WalletVoucher } from './wallet-data.ts';
import { endWords } from './wallet-words.ts';

interface VoucherDialogProps {
  readonly customer: Customer;
  readonly voucher: WalletVoucher;
  readonly section: keyof Wallet;
  readonly onClose: () => void;
}

/** One voucher of the wallet, to be shown to its customer: code and QR, what stands in its way, whether they are reminded. */
export function VoucherDialog({ customer, voucher, section, onClose }: VoucherDialogProps): ReactNode {
  const { t } = useTranslation('wallet');
  const format = useFormat();
  const refusalText = useRefusalText();
  const nowMs = useNow(60_000);
  const client = useApiClient();
  const mayUse = useMay('vouchers.redeem');
  const report = useReport();
  const remind = useCommand(client.vouchers.setReminder);
  const isOpen = section === 'now' || section === 'notYet';
  useViewed(customer.customerId, voucher.customerVoucherId, mayUse && isOpen);
  const { customerId } = customer;
  const { customerVoucherId } = voucher;
  const ends = endWords(t, format, voucher.endsAtMs, nowMs);
  return (
    <Dialog
      title={voucher.name}
      needsAnswer={false}
      hasCloseButton
      onClose={onClose}
      footer={customer.status === 'active' && <TicketActions {...{ customer, voucher, section, onClose }} />}
    >
      <div className="wallet-voucher">
        {isOpen && <QrCode text={voucher.code} label={t('qr', { code: voucher.code })} />}
        <strong>{voucher.code}</strong>
        {voucher.why !== null && isOpen && <p className="is-muted">{refusalText(voucher.why)}</p>}
      </div>
      <dl className="wallet-facts">
        <dt>{t('fact.state')}</dt>
        <dd>{t(`state.${section}`)}</dd>
        <dt>{t('fact.claimed')}</dt>
        <dd>
          <DateText atMs={voucher.claimedAtMs} />
        </dd>
        <dt>{t('fact.ends')}</dt>
        <dd>{ends?.text ?? t('ends.never')}</dd>
        {voucher.usesLeft !== null && (
          <>
            <dt>{t('fact.left')}</dt>
            <dd>{format.number(voucher.usesLeft)}</dd>
          </>
        )}
        <dt>{t('fact.viewed')}</dt>
        <dd>{voucher.lastViewedAtMs === null ? t('fact.never') : <DateText atMs={voucher.lastViewedAtMs} />}</dd>
      </dl>
      {isOpen && (
        <SwitchField
          isSelected={voucher.isReminded === 1}
          isDisabled={!mayUse}
          onChange={(isWanted) =>
            void remind.run({ customerId, customerVoucherId, isWanted }).then((result) => report(result))
          }
        >
          {t('remind')}
        </SwitchField>
      )}
    </Dialog>
  );
}

/** What can be done with it now: used in a sale, redeemed at once, or given anew when it has ended (C-36). */
function TicketActions({ customer, voucher, section, onClose }: VoucherDialogProps): ReactNode {
  const { t } = useTranslation('wallet');
  const maySell = useMay('sale.make');
  const mayGive = useMay('vouchers.redeem');
  const redeem = useRedeem(customer);
  const reissue = useCommand(useApiClient().vouchers.reissue);
  const report = useReport();
  const { customerVoucherId, voucherId } = voucher;
  const again = async (): Promise<void> => {
    if (!report(await reissue.run({ customerVoucherId }))) return;
    showToast({ tone: 'success', slot: 'wallet', title: t('give.done', { name: customer.displayName }) });
    onClose();
  };
  if (section === 'expired' && mayGive) {
    return (
      <Button isBusy={reissue.isRunning} onPress={() => void again()}>
        {t('again')}
      </Button>
    );
  }
  if (section !== 'now' || !maySell) return null;
  return voucher.isGrant ? (
    <Button
      kind="primary"
      isBusy={redeem.isRunning}
      onPress={() => void redeem.run({ voucherId }).then((isDone) => isDone && onClose())}
    >
      {t('redeem')}
    </Button>
  ) : (
    <Button kind="primary" onPress={() => sellWithVoucher(customer.customerId, voucherId)}>
      {t('use')}
    </Button>
  );
}

/** Notes once that the customer was shown the voucher; nobody is told when that could not be noted. */
function useViewed(customerId: string, customerVoucherId: string, isShown: boolean): void {
  const viewed = useCommand(useApiClient().vouchers.viewed);
  const told = useRef(false);
  useEffect(() => {
    if (!isShown || told.current) return;
    told.current = true;
    void viewed.run({ customerId, customerVoucherIds: [customerVoucherId] });
  }, [customerId, customerVoucherId, isShown, viewed]);
}
