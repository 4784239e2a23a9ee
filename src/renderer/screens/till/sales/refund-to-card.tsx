import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRawScans } from '../../../scanning/raw-scans.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { useGiftCard } from '../payment/use-gift-card.ts';

/** The gift card that a refund goes to: one that is made for it, or one that the customer has; null until it is found. */
export type RefundCard = { readonly kind: 'new' } | { readonly kind: 'known'; readonly accountId: string | null };

/** Asks for the gift card that a refund goes to (W5): a new one, or one that is scanned or typed. */
export function RefundToCard({
  card,
  onChange,
}: {
  readonly card: RefundCard;
  readonly onChange: (card: RefundCard) => void;
}): ReactNode {
  const { t } = useTranslation('till');
  return (
    <>
      <Segmented
        isWide
        label={t('refund.toCard.which')}
        value={card.kind}
        segments={[
          { id: 'new', label: t('refund.toCard.new') },
          { id: 'known', label: t('refund.toCard.known') },
        ]}
        onChange={(kind) => onChange(kind === 'new' ? { kind } : { kind, accountId: null })}
      />
      {card.kind === 'known' && <KnownCard onFound={(accountId) => onChange({ kind: 'known', accountId })} />}
    </>
  );
}

function KnownCard({ onFound }: { onFound: (accountId: string | null) => void }): ReactNode {
  const { t } = useTranslation(['till', 'value']);
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const { card, problem, isLooking, look, forget } = useGiftCard((found) =>
    onFound(found.isFrozen ? null : found.accountId),
  );
  useRawScans(({ text }) => {
    if (card === null) look(text);
    return true;
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    look(typed);
  };
  if (card === null) {
    return (
      <form className="refund-to-card" onSubmit={submit}>
        <TextField
          label={t('value:pay.card')}
          placeholder={t('value:pay.cardHow')}
          error={problem}
          value={typed}
          onChange={setTyped}
          maxLength={80}
          autoComplete="off"
          autoFocus
        />
        <Button type="submit" isBusy={isLooking} isDisabled={typed.trim() === ''}>
          {t('value:pay.cardLook')}
        </Button>
      </form>
    );
  }
  return (
    <div className="refund-to-card">
      <p className="refund-known-card" role="status">
        <b>{card.code}</b>
        <span>{t('value:pay.available', { amount: format.money(card.availableMinor) })}</span>
        {card.isFrozen && <span className="is-warning">{t('refund.toCard.frozen')}</span>}
      </p>
      <Button
        onPress={() => {
          forget();
          setTyped('');
          onFound(null);
        }}
      >
        {t('value:pay.cardOther')}
      </Button>
    </div>
  );
}
