import { CircleAlert } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BindingAllowance, tighterAllowance } from '#shop/allowance/allowance.ts';
import type { Refusal } from '#shop/refusal.ts';
import type { SalePreview, TenderDraft } from '#shop/till/sale.ts';
import { newOperationId } from '../../../api.ts';
import { useRawScans } from '../../../scanning/raw-scans.ts';
import { Button } from '../../../ui/button.tsx';
import { type CreditWords, useCreditWords } from '../../../ui/credit-words.ts';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { TypedPad } from '../order/typed-pad.tsx';
import { useTillState } from '../till-state.ts';
import { payWithCard } from '../value-state.ts';
import { PayFoot } from './pay-foot.tsx';
import { type PayingAccount, useGiftCard } from './use-gift-card.ts';

interface CreditFormProps {
  readonly preview: SalePreview;
  readonly tenders: readonly TenderDraft[];
  readonly remainingMinor: number;
  readonly isBusy: boolean;
  readonly top: ReactNode;
  readonly onTake: (tender: TenderDraft) => Promise<boolean>;
  /** Sells the customer so much credit first, with this sale put aside; null where it cannot be put aside. */
  readonly onTopUp: ((missingMinor: number) => void) | null;
}

/** Pays with the credit of the sale's customer (W1); not offered where there is none. */
export function CreditForm({ preview, ...rest }: CreditFormProps): ReactNode {
  const account = preview.credit.find(({ kind }) => kind === 'credit');
  return account === undefined ? null : <PayFrom account={{ ...account, code: null }} {...rest} />;
}

/** Pays with a gift card, which is scanned or typed first (W2). */
export function GiftCardForm({ preview: _, ...rest }: CreditFormProps): ReactNode {
  const { t } = useTranslation('value');
  const [typed, setTyped] = useState('');
  const { card, problem, isLooking, look, forget } = useGiftCard();
  const scannedCode = useTillState((state) => state.payingCardCode);
  useEffect(() => {
    if (scannedCode === null) return;
    payWithCard(null);
    look(scannedCode);
  }, [scannedCode, look]);
  useRawScans(({ text }) => {
    look(text);
    return true;
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    look(typed);
  };
  if (card !== null) {
    const other = (
      <Button size="counter" onPress={forget}>
        {t('pay.cardOther')}
      </Button>
    );
    return <PayFrom key={card.accountId} account={card} other={other} {...rest} onTopUp={null} />;
  }
  return (
    <div className="pay-body">
      {rest.top}
      <form
        className="pay-gift-card"
        onSubmit={submit}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || typed === '') return;
          event.preventDefault();
          setTyped('');
        }}
      >
        <TextField
          label={t('pay.card')}
          hint={t('pay.cardHow')}
          error={problem}
          value={typed}
          onChange={setTyped}
          maxLength={80}
          autoFocus
        />
        <Button
          kind="primary"
          size="counter"
          type="submit"
          isFullWidth
          isBusy={isLooking}
          isDisabled={typed.trim() === ''}
        >
          {t('pay.cardLook')}
        </Button>
      </form>
    </div>
  );
}

/** Why nothing can be paid this way, and the way out of it. */
function Hindered({ top, way, children }: { top: ReactNode; way: ReactNode; children: ReactNode }): ReactNode {
  return (
    <div className="pay-body">
      {top}
      <p className="till-notice" role="alert">
        <CircleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
        {children}
      </p>
      {way}
    </div>
  );
}

/** Offers to sell the customer what is missing (S3-96). */
function TopUp({ missingMinor, onTopUp }: { missingMinor: number; onTopUp: CreditFormProps['onTopUp'] }): ReactNode {
  const { t } = useTranslation('value');
  const format = useFormat();
  if (onTopUp === null || missingMinor <= 0) return null;
  return (
    <Button size="counter" className="pay-top-up" onPress={() => onTopUp(missingMinor)}>
      {t('pay.topUp', { amount: format.money(missingMinor) })}
    </Button>
  );
}

interface PayFromProps extends Omit<CreditFormProps, 'preview'> {
  readonly account: PayingAccount;
  /** Goes back to choosing the account. */
  readonly other?: ReactNode;
}

/** What is there, how much of it pays, and the button that pays it: as much as there is, and no more than is due. */
function PayFrom({ account, other, tenders, remainingMinor, isBusy, top, onTake, onTopUp }: PayFromProps): ReactNode {
  const { t } = useTranslation('value');
  const format = useFormat();
  const credit = useCreditWords();
  const [digits, setDigits] = useState('');
  const usedMinor = tenders
    .filter(({ accountId }) => accountId === account.accountId)
    .reduce((sum, tender) => sum + tender.amountMinor, 0);
  const availableMinor = Math.max(0, account.availableMinor - usedMinor);
  const allowed = tighterAllowance(account.allowances, {
    takenMinor: usedMinor,
    allTakenMinor: creditMinorOf(tenders),
  });
  const allowedMinor = Math.min(availableMinor, allowed?.left ?? availableMinor);
  const mostMinor = Math.min(allowedMinor, remainingMinor);
  const amountMinor = Math.min(digits === '' ? mostMinor : Number(digits), mostMinor);
  const wordsOf = useRefusalText();
  const askedMinor = Number(digits);
  const why = hindranceOf(account, usedMinor, availableMinor, allowedMinor);
  const take = (): void => {
    if (isBusy || why !== null || amountMinor <= 0) return;
    const { accountId, kind } = account;
    void onTake({ tenderId: newOperationId(), kind, amountMinor, accountId });
  };
  if (why !== null) {
    return (
      <>
        <Hindered top={top} way={isEmpty(why) && <TopUp missingMinor={remainingMinor} onTopUp={onTopUp} />}>
          {t(why, { day: format.day((account.emptySinceMs ?? 0) - 1, Date.now()) })}
        </Hindered>
        {other !== undefined && <div className="till-panel-foot shell-dock">{other}</div>}
      </>
    );
  }
  return (
    <>
      <div className="pay-body pay-cash">
        {top}
        <div className="pay-account">
          <p>
            <b>{account.code ?? credit.title}</b>
            <span>{availableWords(t, format, credit, { ...account, availableMinor })}</span>
            {allowed !== null && allowed.left < Math.min(availableMinor, remainingMinor) && (
              <span>{t('pay.allowed', { amount: format.money(allowed.left) })}</span>
            )}
          </p>
          <TopUp missingMinor={allowedMinor < availableMinor ? 0 : remainingMinor - availableMinor} onTopUp={onTopUp} />
        </div>
        <div className="till-amount">
          <span>{t('pay.amount')}</span>
          <b data-suggested={digits === ''}>
            <Money minor={amountMinor} />
          </b>
          {askedMinor > allowedMinor && (
            <p className="pay-short" role="alert">
              <CircleAlert size={16} strokeWidth={1.75} aria-hidden="true" />
              {wordsOf(shortOf(allowed, { availableMinor, neededMinor: askedMinor }))}
            </p>
          )}
        </div>
        <TypedPad
          digits={digits}
          limit={11}
          left={format.currencyDigits() === 0 ? '000' : '00'}
          onChange={setDigits}
          onEnter={take}
        />
      </div>
      <PayFoot
        label={t(amountMinor < remainingMinor ? 'pay.payPart' : 'pay.pay', { amount: format.money(amountMinor) })}
        typed={digits}
        isBusy={isBusy}
        onPress={take}
      >
        <p className="pay-change" data-tone="change" role="status">
          <span>{t('pay.leaves')}</span>
          <b>
            <Money minor={availableMinor - amountMinor} />
          </b>
        </p>
        {other}
      </PayFoot>
    </>
  );
}

/** What credit and cards pay of the sale already. */
function creditMinorOf(tenders: readonly TenderDraft[]): number {
  const ofCredit = tenders.filter(({ kind }) => kind === 'credit' || kind === 'gift-card');
  return ofCredit.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Why so much cannot be had: there is less, or this till may give out less on its own (W9). */
function shortOf(
  allowed: BindingAllowance | null,
  { availableMinor, neededMinor }: { availableMinor: number; neededMinor: number },
): Pick<Refusal, 'reason' | 'facts'> {
  if (allowed === null || allowed.left >= availableMinor)
    return { reason: 'credit-short', facts: { availableMinor, neededMinor } };
  const reason = allowed.of === 'account' ? 'credit-day-allowance' : 'credit-till-allowance';
  return { reason, facts: { limitMinor: allowed.limit, leftMinor: allowed.left } };
}

function hindranceOf(account: PayingAccount, usedMinor: number, availableMinor: number, allowedMinor: number) {
  if (account.isFrozen) return 'pay.frozen';
  if (allowedMinor > 0) return null;
  if (availableMinor > 0) return 'pay.allowedNone';
  if (usedMinor > 0) return 'pay.used';
  return account.emptySinceMs === null ? 'pay.empty' : 'pay.ended';
}

function isEmpty(why: NonNullable<ReturnType<typeof hindranceOf>>): boolean {
  return why === 'pay.empty' || why === 'pay.ended';
}

function availableWords(
  t: ReturnType<typeof useTranslation<'value'>>['t'],
  format: ReturnType<typeof useFormat>,
  credit: CreditWords,
  { kind, availableMinor, endsAtMs }: PayingAccount,
): string {
  const amount = kind === 'credit' ? credit.amount(availableMinor) : format.money(availableMinor);
  if (endsAtMs === null) return t('pay.available', { amount });
  return t('pay.availableUntil', { amount, day: format.day(endsAtMs - 1, Date.now()) });
}
