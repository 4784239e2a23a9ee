import { useQuery } from '@tanstack/react-query';
import { TicketPercent, UserSearch } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offerScannedText } from '../../../scanning/scan-router.tsx';
import { useApi } from '../../../ui/api-context.ts';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { FindDialog, type FindRow, type SoughtRow } from '../find-dialog.tsx';
import { closeOverlay, openOverlay, useTillState } from '../till-state.ts';
import type { TillPreview, WalletVoucher } from '../till-types.ts';
import { addVoucher } from '../value-state.ts';
import { type ChoosingReward, useRewardRows } from './reward-rows.tsx';

interface OffersDialogProps {
  readonly preview: TillPreview | null;
  readonly customerName: string | null;
}

/**
 * F6: a voucher by its code, and what this customer could use: vouchers that fit, rewards, then what does not fit and why.
 * Enter takes the first; a free choice asks for the item.
 */
export function OffersDialog({ preview, customerName }: OffersDialogProps): ReactNode {
  const { t } = useTranslation('value');
  const { t: rewardsT } = useTranslation('rewards');
  const [text, setText] = useState('');
  const [choosing, setChoosing] = useState<ChoosingReward | null>(null);
  const customerId = useTillState((state) => state.draft.customerId);
  const rewards = useRewardRows(preview, choosing, (next) => {
    setText('');
    setChoosing(next);
  });
  const vouchers = useVoucherRows(preview, customerId);
  const code = text.trim();
  const sought = code.toLocaleLowerCase();
  const known = [...vouchers.fitting, ...rewards.rows, ...vouchers.others].filter((row) =>
    row.sought.toLocaleLowerCase().includes(sought),
  );
  const rows =
    choosing === null
      ? [...known, ...(code === '' ? [] : [codeRow(code)]), ...(customerId === null ? [findRow()] : [])]
      : rewards.choiceRows;
  return (
    <FindDialog
      title={choosing === null ? t('title') : rewardsT('chooseItem', { name: choosing.name })}
      label={choosing === null ? t('label') : rewardsT('chooseLabel')}
      placeholder={choosing === null ? t('placeholder') : rewardsT('placeholder')}
      text={text}
      rows={rows}
      empty={
        choosing !== null ? t('noMatch') : customerId === null ? t('noneNoCustomer') : t('none', { name: customerName })
      }
      onText={setText}
      onClose={closeOverlay}
    />
  );

  function codeRow(typed: string): FindRow {
    return {
      id: 'code',
      onChoose: () => offerCode(typed),
      content: <PlainRow title={t('useCode', { code: typed })} small={t('useCodeHow')} />,
    };
  }

  function findRow(): FindRow {
    return {
      id: 'customer',
      onChoose: () => openOverlay({ kind: 'find-customer', text: '' }),
      content: (
        <>
          <span className="till-find-plus">
            <UserSearch size={20} strokeWidth={1.75} aria-hidden="true" />
          </span>
          <span>
            <b>{t('findCustomer')}</b>
            <small>{t('findCustomerHow')}</small>
          </span>
        </>
      ),
    };
  }
}

/** A typed code goes the way of a scanned one. */
function offerCode(code: string): void {
  closeOverlay();
  offerScannedText({ text: code, source: 'MANUAL', atMs: Date.now(), averageGapMs: null });
}

/** The vouchers of the customer's wallet: those that fit this sale, and the others. */
function useVoucherRows(preview: TillPreview | null, customerId: string | null) {
  const api = useApi();
  const asked = useTillState((state) => state.draft.vouchers);
  const wallet = useQuery({
    ...api.vouchers.wallet.queryOptions({ customerId: customerId ?? '' }),
    enabled: customerId !== null,
  });
  const taken = new Set(asked?.map(({ voucherId }) => voucherId));
  const fits = preview?.fitting ?? [];
  const fitting: SoughtRow[] = fits.map(({ voucherId, name, code, amountMinor }) => ({
    id: voucherId,
    sought: `${name} ${code}`,
    onChoose: () => put(voucherId),
    content: <PlainRow title={name} small={code} end={<Money minor={-amountMinor} />} />,
  }));
  const fittingIds = new Set(fits.map(({ voucherId }) => voucherId));
  const held = wallet.data === undefined ? [] : [...wallet.data.now, ...wallet.data.notYet];
  const others: SoughtRow[] = held
    .filter(({ voucherId }) => !taken.has(voucherId) && !fittingIds.has(voucherId))
    .map((voucher) => ({
      id: voucher.voucherId,
      sought: `${voucher.name} ${voucher.code}`,
      onChoose: () => offerCode(voucher.code),
      content: <WalletRow voucher={voucher} />,
    }));
  return { fitting, others };
}

function put(voucherId: string): void {
  addVoucher(voucherId);
  closeOverlay();
}

function WalletRow({ voucher }: { voucher: WalletVoucher }): ReactNode {
  const { t } = useTranslation('value');
  const format = useFormat();
  const wordsOf = useRefusalText();
  const { name, code, why, endsAtMs } = voucher;
  const until = endsAtMs === null ? '' : t('wallet.until', { day: format.day(endsAtMs - 1, Date.now()) });
  const small = [why === null ? code : wordsOf(why), until].filter((part) => part !== '').join(' · ');
  return <PlainRow title={name} small={small} />;
}

function PlainRow({ title, small, end }: { title: string; small: string; end?: ReactNode }): ReactNode {
  return (
    <>
      <span className="till-find-plus">
        <TicketPercent size={20} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span>
        <b>{title}</b>
        <small>{small}</small>
      </span>
      {end !== undefined && <span className="till-find-row-end">{end}</span>}
    </>
  );
}
