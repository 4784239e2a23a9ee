import { ChevronLeft, CreditCard, Plus, RefreshCw, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { useRefusalText, useReport } from '../../ui/refusal-text.ts';
import { hrefTo, navigateTo } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TopBarSlot } from '../../ui/top-bar-slot.tsx';
import { resultOfError, useCommand } from '../../ui/use-command.ts';
import { CreditFacts } from './credit-panel.tsx';
import { GiveGiftCard, NewGiftCard, type NewCard } from './new-gift-card.tsx';
import { type Credit, useGiftCard } from './wallet-data.ts';
import './customer-lots.css';
import './wallet.css';

/** Gift cards by their code: what is on one, frozen when it is lost, replaced by a new one. */
export function GiftCardsPage({ code }: { code: string }): ReactNode {
  const { t } = useTranslation(['wallet', 'customers']);
  const [typed, setTyped] = useState(code);
  const [isGiving, setIsGiving] = useState(false);
  const [made, setMade] = useState<NewCard | null>(null);
  const mayGive = useMay('vouchers.redeem');
  const find = (): void => navigateTo('customers', 'gift-cards', typed.trim());
  return (
    <section className="wallet-page" aria-label={t('card.title')}>
      <TopBarSlot replacesTitle>
        <a className="customer-back" href={hrefTo('customers')}>
          <ChevronLeft size={20} strokeWidth={1.75} aria-hidden="true" />
          {t('customers:back')}
        </a>
      </TopBarSlot>
      <h1 tabIndex={-1}>{t('card.title')}</h1>
      <form
        className="wallet-find"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') find();
        }}
      >
        <TextField
          label={t('card.code')}
          placeholder={t('card.codeExample')}
          acceptsScan
          maxLength={80}
          autoComplete="off"
          value={typed}
          onChange={setTyped}
        />
        <Button
          type="submit"
          size="counter"
          isDisabled={typed.trim() === ''}
          icon={<Search size={18} aria-hidden="true" />}
        >
          {t('card.find')}
        </Button>
      </form>
      {code !== '' && <FoundCard code={code} onReplaced={setMade} />}
      {mayGive && (
        <div className="wallet-buttons">
          <Button icon={<Plus size={18} aria-hidden="true" />} onPress={() => setIsGiving(true)}>
            {t('card.give')}
          </Button>
        </div>
      )}
      {isGiving && (
        <GiveGiftCard
          onClose={() => setIsGiving(false)}
          onDone={(card) => {
            setIsGiving(false);
            setMade(card);
          }}
        />
      )}
      {made !== null && (
        <NewGiftCard
          card={made}
          onClose={() => {
            setMade(null);
            setTyped(made.code);
            navigateTo('customers', 'gift-cards', made.code);
          }}
        />
      )}
    </section>
  );
}

function FoundCard({ code, onReplaced }: { code: string; onReplaced: (card: NewCard) => void }): ReactNode {
  const { t } = useTranslation('wallet');
  const refusalText = useRefusalText();
  const card = useGiftCard(code);
  if (card.isPending) return <Skeleton rows={3} shape="card" />;
  if (card.isError) {
    const result = resultOfError(card.error);
    return (
      <EmptyState
        tone={result?.kind === 'refused' ? 'neutral' : 'danger'}
        icon={<CreditCard aria-hidden="true" />}
        title={result?.kind === 'refused' ? refusalText(result.refusal) : t('card.error')}
        {...(result?.kind === 'refused'
          ? {}
          : { action: <Button onPress={() => void card.refetch()}>{t('retry')}</Button> })}
      />
    );
  }
  return <ShownCard card={card.data} onReplaced={onReplaced} />;
}

function ShownCard({ card, onReplaced }: { card: Credit; onReplaced: (card: NewCard) => void }): ReactNode {
  const { t } = useTranslation('wallet');
  const [isAsking, setIsAsking] = useState(false);
  const reissue = useCommand(useApiClient().credit.reissue);
  const report = useReport();
  const { accountId } = card;
  if (accountId === null) return null;
  const act = async (): Promise<void> => {
    const result = await reissue.run({ accountId });
    setIsAsking(false);
    if (report(result) && result.kind === 'done') onReplaced(result.value);
  };
  return (
    <Card title={t('card.of', { code: card.code ?? '' })}>
      <div className="wallet-card">
        <CreditFacts credit={card} of={{ accountId }} isBlocked={false} />
        <div className="wallet-buttons">
          <Button icon={<RefreshCw size={18} aria-hidden="true" />} onPress={() => setIsAsking(true)}>
            {t('card.replace')}
          </Button>
        </div>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t('card.replaceTitle')}
          detail={t('card.replaceDetail')}
          safeLabel={t('card.keep')}
          actLabel={t('card.replaceAct')}
          isBusy={reissue.isRunning}
          onAct={() => void act()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Card>
  );
}
