import { Minus, Plus, Snowflake, Sun } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { useCreditWords } from '../../ui/credit-words.ts';
import { DateText, useNow } from '../../ui/date-text.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { AdjustCredit } from './adjust-credit.tsx';
import { type Credit, useCreditEntries } from './wallet-data.ts';
import { endWords } from './wallet-words.ts';

export type CreditOf = { readonly customerId: string } | { readonly accountId: string };

interface CreditFactsProps {
  readonly credit: Credit;
  /** Whose credit is given or taken: a customer's own opens with the first that is given. */
  readonly of: CreditOf;
  readonly isBlocked: boolean;
}

/** What is on an account: the balance, when what of it ends, what came and went; and what can be done with it by hand. */
export function CreditPanel({
  title,
  onClose,
  ...facts
}: CreditFactsProps & { readonly title: string; readonly onClose: () => void }): ReactNode {
  return (
    <SidePanel title={title} onClose={onClose}>
      <CreditFacts {...facts} />
    </SidePanel>
  );
}

/** The same without a panel around it. */
export function CreditFacts({ credit, of, isBlocked }: CreditFactsProps): ReactNode {
  const { t } = useTranslation('wallet');
  const words = useCreditWords();
  const { accountId, balanceMinor, availableMinor, heldMinor, status } = credit;
  const [adjusting, setAdjusting] = useState<'give' | 'take' | null>(null);
  const freezing = useFreeze(accountId);
  const isFrozen = status === 'frozen';
  return (
    <>
      <p className="wallet-figure">{words.amount(balanceMinor)}</p>
      <p className="is-muted">
        {isFrozen
          ? t('credit.frozenDetail')
          : heldMinor > 0
            ? t('credit.free', { amount: words.amount(availableMinor), held: words.amount(heldMinor) })
            : t('credit.worth')}
      </p>
      <div className="wallet-buttons">
        <Button
          icon={<Plus size={18} aria-hidden="true" />}
          isDisabled={isFrozen || isBlocked}
          onPress={() => setAdjusting('give')}
        >
          {t('credit.give')}
        </Button>
        <Button
          icon={<Minus size={18} aria-hidden="true" />}
          isDisabled={isFrozen || isBlocked || balanceMinor === 0}
          onPress={() => setAdjusting('take')}
        >
          {t('credit.take')}
        </Button>
        {accountId !== null && (
          <Button
            isBusy={freezing.isRunning}
            icon={isFrozen ? <Sun size={18} aria-hidden="true" /> : <Snowflake size={18} aria-hidden="true" />}
            onPress={() => void freezing.set(!isFrozen)}
          >
            {t(isFrozen ? 'credit.unfreeze' : 'credit.freeze')}
          </Button>
        )}
      </div>
      <Lots credit={credit} />
      {accountId === null ? (
        <p className="is-muted is-small">{t('credit.empty')}</p>
      ) : (
        <Entries accountId={accountId} />
      )}
      {adjusting !== null && (
        <AdjustCredit
          of={of}
          isGiving={adjusting === 'give'}
          availableMinor={availableMinor}
          onClose={() => setAdjusting(null)}
        />
      )}
    </>
  );
}

function useFreeze(accountId: string | null) {
  const { t } = useTranslation('wallet');
  const client = useApiClient();
  const freeze = useCommand(client.credit.freeze);
  const unfreeze = useCommand(client.credit.unfreeze);
  const report = useReport();
  const set = async (isFrozen: boolean): Promise<void> => {
    if (accountId === null) return;
    const isDone = isFrozen ? report(await freeze.run({ accountId })) : report(await unfreeze.run({ accountId }));
    if (isDone)
      showToast({ tone: 'neutral', slot: 'wallet', title: t(isFrozen ? 'credit.frozenNow' : 'credit.unfrozenNow') });
  };
  return { set, isRunning: freeze.isRunning || unfreeze.isRunning };
}

function Lots({ credit: { lots } }: { credit: Credit }): ReactNode {
  const { t } = useTranslation('wallet');
  const format = useFormat();
  const words = useCreditWords();
  const nowMs = useNow(60_000);
  if (lots.length < 2 && lots[0]?.expiresAtMs == null) return null;
  return (
    <>
      <h3 className="customer-lots-group">{t('credit.lots')}</h3>
      <ul className="wallet-rows" aria-label={t('credit.lots')}>
        {lots.map((lot) => (
          <li key={lot.lotId}>
            <span>{endWords(t, format, lot.expiresAtMs, nowMs)?.text ?? t('ends.never')}</span>
            <b>{words.amount(lot.remainingMinor)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function Entries({ accountId }: { accountId: string }): ReactNode {
  const { t } = useTranslation('wallet');
  const words = useCreditWords();
  const list = useCreditEntries(accountId);
  const entries = (list.data?.pages ?? []).flatMap((page) => page.entries);
  return (
    <>
      <h3 className="customer-lots-group">{t('credit.entries')}</h3>
      {list.isError && <p className="is-muted is-small">{t('credit.error')}</p>}
      <ul className="wallet-rows" aria-label={t('credit.entries')}>
        {entries.map((entry) => (
          <li key={entry.entryId}>
            <span>
              {t(`kind.${entry.kind}`)}
              {entry.reason !== '' && ` · ${t(`reason.${entry.reason}`, { defaultValue: entry.reason })}`}
            </span>
            <b data-sign={entry.amountMinor < 0 ? 'minus' : 'plus'}>
              {words.amount(entry.amountMinor, { sign: 'always' })}
            </b>
            <small>
              <DateText atMs={entry.atMs} />
            </small>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button kind="ghost" isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}
