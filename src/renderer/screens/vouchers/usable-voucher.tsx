import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keepScan } from '../../scanning/scan-target.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { navigateTo } from '../../ui/route.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useMay } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { benefitBadge } from './benefit-badge.ts';
import type { PickedCustomer } from './customer-picker.tsx';
import { RevokeCode } from './revoke-code.tsx';
import { type CheckedVoucher, type ListedCampaign, useCampaign } from './vouchers-data.ts';

interface UsableProps {
  readonly voucher: CheckedVoucher;
  readonly customer: PickedCustomer | null;
  readonly onDone: () => void;
}

/** Gives at once what is credit or units. */
function RedeemNow({ voucher, customer, onDone }: UsableProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const report = useReport();
  const redeem = useCommand(useApiClient().vouchers.redeem);
  const run = async ({ customerId, displayName: name }: PickedCustomer): Promise<void> => {
    const result = await redeem.run({ voucherId: voucher.voucherId, customerId });
    if (!report(result)) return;
    const given = result.value.kind === 'given' ? result.value : null;
    const title =
      given?.credit != null
        ? t('check.redeemedCredit', { name, amount: format.money(given.credit.amountMinor) })
        : t('check.redeemedPass', { name, pass: given?.pass?.name ?? result.value.name });
    showToast({ tone: 'success', title });
    onDone();
  };
  return (
    <Button
      kind="primary"
      isDisabled={customer === null}
      isBusy={redeem.isRunning}
      onPress={() => customer !== null && void run(customer)}
    >
      {t(customer === null ? 'check.whoFirst' : 'check.redeemNow')}
    </Button>
  );
}

/** Takes it to the sale at the till, or keeps it in a wallet for later. */
function UseOrKeep({ voucher, customer, onDone }: UsableProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const report = useReport();
  const claim = useCommand(useApiClient().vouchers.claim);
  const { voucherId, code, name, use } = voucher;
  const run = async (who: PickedCustomer): Promise<void> => {
    const result = await claim.run({ voucherId, customerId: who.customerId, saleId: null });
    if (!report(result)) return;
    showToast({ tone: 'success', title: t('check.claimed', { name: who.displayName }) });
    onDone();
  };
  const sell = (): void => {
    if (customer !== null) {
      navigateTo('till', 'customer', customer.customerId, 'voucher', voucherId);
      return;
    }
    const outcome = { kind: 'voucher', voucherId, code, name } as const;
    keepScan({ scanId: null, outcome, source: 'MANUAL', atMs: Date.now(), risk: 'LOW' });
    navigateTo('till');
  };
  return (
    <>
      <Button
        isDisabled={customer === null}
        isBusy={claim.isRunning}
        onPress={() => customer !== null && void run(customer)}
      >
        {customer === null ? t('check.claim') : t('check.claimFor', { name: customer.displayName })}
      </Button>
      {use === 'this-sale' && (
        <Button kind="primary" onPress={sell}>
          {t('check.useInSale')}
        </Button>
      )}
    </>
  );
}

/** A voucher that can be used: what it gives, and what can be done with it. */
export function UsableVoucher(props: UsableProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const mayEdit = useMay('vouchers.edit');
  // A code for everybody goes with its campaign: that is paused or ended, not one code of it.
  const campaign = useCampaign(props.voucher.campaignId).data;
  const isOwnCode = campaign !== undefined && campaign.voucher?.voucherId !== props.voucher.voucherId;
  const { usesLeft, endsAtMs, kind, value, name, isGrant } = props.voucher;
  return (
    <div className="vouchers-usable">
      <span className={`vouchers-badge is-${kind}`} aria-hidden="true">
        {benefitBadge(format, kind as ListedCampaign['kind'], value)}
      </span>
      <span>
        <b>{name}</b>
        <small>
          {[
            usesLeft === null ? t('check.usesEndless') : t('check.usesLeft', { count: usesLeft }),
            endsAtMs === null ? t('list.noEnd') : t('check.until', { date: format.day(endsAtMs - 1, shopNowMs()) }),
          ].join(' · ')}
        </small>
      </span>
      {mayEdit && isOwnCode && (
        <RevokeCode voucherId={props.voucher.voucherId} code={props.voucher.code} onDone={props.onDone} />
      )}
      {isGrant ? <RedeemNow {...props} /> : <UseOrKeep {...props} />}
    </div>
  );
}
