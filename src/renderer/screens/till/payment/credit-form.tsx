import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SalePreview, TenderDraft } from '#shop/till/sale.ts';
import { newOperationId } from '../../../api.ts';
import { useRawScans } from '../../../scanning/raw-scans.ts';
import { useApi } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { type CreditWords, useCreditWords } from '../../../ui/credit-words.ts';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { resultOfError } from '../../../ui/use-command.ts';
import { TypedPad } from '../order/typed-pad.tsx';
import { PayFoot } from './pay-foot.tsx';

/** An account that may pay: a customer's credit, or a gift card. */
interface PayingAccount {
  readonly accountId: string;
  readonly kind: 'credit' | 'gift-card';
  readonly code: string | null;
  readonly availableMinor: number;
  readonly endsAtMs: number | null;
  readonly isFrozen: boolean;
}

interface CreditFormProps {
  readonly preview: SalePreview;
  readonly customerName: string | null;
  readonly tenders: readonly TenderDraft[];
  readonly remainingMinor: number;
  readonly isBusy: boolean;
  readonly top: ReactNode;
  readonly onTake: (tender: TenderDraft) => Promise<boolean>;
}

/** Pays with the credit of the sale's customer (W1). */
export function CreditForm({ preview, customerName, ...rest }: CreditFormProps): ReactNode {
  const { t } = useTranslation('value');
  const account = preview.credit.find(({ kind }) => kind === 'credit');
  if (account === undefined) {
    return (
      <Hindered top={rest.top}>
        {customerName === null ? t('pay.nobody') : t('pay.noCredit', { name: customerName })}
      </Hindered>
    );
  }
  return <PayFrom account={{ ...account, code: null }} {...rest} />;
}

/** Pays with a gift card, which is scanned or typed first (W2). */
export function GiftCardForm({ preview: _, customerName: __, ...rest }: CreditFormProps): ReactNode {
  const { t } = useTranslation('value');
  const [typed, setTyped] = useState('');
  const { card, problem, isLooking, look, forget } = useGiftCard();
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
    return <PayFrom key={card.accountId} account={card} other={other} {...rest} />;
  }
  return (
    <div className="pay-body">
      {rest.top}
      <form className="pay-gift-card" onSubmit={submit}>
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

/** Looks a gift card up by its code; `problem` says why there is none. */
function useGiftCard() {
  const { t } = useTranslation('value');
  const api = useApi();
  const queries = useQueryClient();
  const wordsOf = useRefusalText();
  const [card, setCard] = useState<PayingAccount | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isLooking, setIsLooking] = useState(false);
  const ask = async (code: string): Promise<void> => {
    setIsLooking(true);
    setProblem(null);
    try {
      const found = await queries.fetchQuery({
        ...api.credit.position.queryOptions({ code }),
        staleTime: 0,
        retry: false,
      });
      const { accountId, kind, availableMinor, endsNextMs, status } = found;
      if (accountId !== null)
        setCard({
          accountId,
          kind,
          code: found.code,
          availableMinor,
          endsAtMs: endsNextMs,
          isFrozen: status === 'frozen',
        });
    } catch (error) {
      const result = resultOfError(error);
      setProblem(result?.kind === 'refused' ? wordsOf(result.refusal) : t('pay.failed'));
    } finally {
      setIsLooking(false);
    }
  };
  const look = (code: string): void => {
    if (code.trim() !== '' && !isLooking) void ask(code.trim());
  };
  return { card, problem, isLooking, look, forget: () => setCard(null) };
}

/** Why nothing can be paid this way. */
function Hindered({ top, children }: { top: ReactNode; children: ReactNode }): ReactNode {
  return (
    <div className="pay-body">
      {top}
      <p className="till-notice" role="alert">
        <CircleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
        {children}
      </p>
    </div>
  );
}

interface PayFromProps extends Omit<CreditFormProps, 'preview' | 'customerName'> {
  readonly account: PayingAccount;
  /** Goes back to choosing the account. */
  readonly other?: ReactNode;
}

/** What is there, how much of it pays, and the button that pays it: as much as there is, and no more than is due. */
function PayFrom({ account, other, tenders, remainingMinor, isBusy, top, onTake }: PayFromProps): ReactNode {
  const { t } = useTranslation('value');
  const format = useFormat();
  const credit = useCreditWords();
  const [digits, setDigits] = useState('');
  const usedMinor = tenders
    .filter(({ accountId }) => accountId === account.accountId)
    .reduce((sum, tender) => sum + tender.amountMinor, 0);
  const availableMinor = Math.max(0, account.availableMinor - usedMinor);
  const mostMinor = Math.min(availableMinor, remainingMinor);
  const amountMinor = Math.min(digits === '' ? mostMinor : Number(digits), mostMinor);
  const wordsOf = useRefusalText();
  const askedMinor = Number(digits);
  const why = hindranceOf(account, usedMinor, availableMinor);
  const take = (): void => {
    if (isBusy || why !== null || amountMinor <= 0) return;
    const { accountId, kind } = account;
    void onTake({ tenderId: newOperationId(), kind, amountMinor, accountId });
  };
  if (why !== null) {
    return (
      <>
        <Hindered top={top}>{t(why)}</Hindered>
        {other !== undefined && <div className="till-panel-foot shell-dock">{other}</div>}
      </>
    );
  }
  return (
    <>
      <div className="pay-body pay-cash">
        {top}
        <p className="pay-account">
          <b>{account.code ?? credit.title}</b>
          <span>{availableWords(t, format, credit, { ...account, availableMinor })}</span>
        </p>
        <div className="till-amount">
          <span>{t('pay.amount')}</span>
          <b data-suggested={digits === ''}>
            <Money minor={amountMinor} />
          </b>
        </div>
        {askedMinor > availableMinor && (
          <p className="till-notice" role="alert">
            <CircleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
            {wordsOf({ reason: 'credit-short', facts: { availableMinor, neededMinor: askedMinor } })}
          </p>
        )}
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

function hindranceOf(account: PayingAccount, usedMinor: number, availableMinor: number) {
  if (account.isFrozen) return 'pay.frozen';
  if (availableMinor > 0) return null;
  return usedMinor > 0 ? 'pay.used' : 'pay.empty';
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
