import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { useCreditWords } from '../../ui/credit-words.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { PrintSheet } from '../../ui/print-sheet.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { useShop } from '../../ui/shop-context.ts';
import { useCommand } from '../../ui/use-command.ts';

/** A card that was just made: whoever has the code has the money. */
export interface NewCard {
  readonly accountId: string;
  readonly code: string;
  readonly balanceMinor: number;
}

interface GiveGiftCardProps {
  readonly onClose: () => void;
  readonly onDone: (card: NewCard) => void;
}

/** Gives away a card without a sale: a complaint, a prize. */
export function GiveGiftCard({ onClose, onDone }: GiveGiftCardProps): ReactNode {
  const { t } = useTranslation('wallet');
  const [minor, setMinor] = useState<number | null>(null);
  const [days, setDays] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const give = useCommand(useApiClient().credit.giveCard);
  const report = useReport();
  const act = async (): Promise<void> => {
    const result = await give.run({ amountMinor: minor ?? 0, days, note: note.trim() });
    if (report(result) && result.kind === 'done') onDone(result.value);
  };
  return (
    <Dialog
      title={t('card.giveTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button
            kind="primary"
            isBusy={give.isRunning}
            isDisabled={minor === null || minor <= 0 || note.trim() === ''}
            onPress={() => void act()}
          >
            {t('card.giveAct')}
          </Button>
        </>
      }
    >
      <div className="wallet-form">
        <p className="is-muted">{t('card.giveDetail')}</p>
        <MoneyField label={t('adjust.amount')} autoFocus minor={minor} onChange={setMinor} />
        <NumberField label={t('adjust.days')} hint={t('adjust.daysHint')} value={days} onChange={setDays} />
        <TextField label={t('note')} hint={t('adjust.noteHint')} maxLength={200} value={note} onChange={setNote} />
      </div>
    </Dialog>
  );
}

/** A new card to be looked at and printed. */
export function NewGiftCard({ card, onClose }: { card: NewCard; onClose: () => void }): ReactNode {
  const { t } = useTranslation('wallet');
  const [isPrinting, setIsPrinting] = useState(false);
  return (
    <Dialog
      title={t('card.new')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('close')}</Button>
          <Button kind="primary" icon={<Printer size={18} aria-hidden="true" />} onPress={() => setIsPrinting(true)}>
            {t('card.print')}
          </Button>
        </>
      }
    >
      <div className="wallet-voucher">
        <PaperCard card={card} />
        <p className="is-muted is-small">{t('card.newDetail')}</p>
      </div>
      {isPrinting && (
        <PrintSheet onDone={() => setIsPrinting(false)}>
          <PaperCard card={card} />
        </PrintSheet>
      )}
    </Dialog>
  );
}

function PaperCard({ card: { code, balanceMinor } }: { card: NewCard }): ReactNode {
  const { t } = useTranslation('wallet');
  const { shopName } = useShop();
  const words = useCreditWords();
  return (
    <div className="ui-print-card">
      <div>
        <p>{shopName}</p>
        <h3>{words.amount(balanceMinor)}</h3>
        <p className="ui-print-card-code">{code}</p>
        <p>{t('card.paper')}</p>
      </div>
      <QrCode text={code} label={t('qr', { code })} />
    </div>
  );
}
