import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isPattern } from '#shop/vouchers/voucher-code.ts';
import { NumberField } from '../../../ui/amount-field.tsx';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useRefusalText, useReport } from '../../../ui/refusal-text.ts';
import { useCommand } from '../../../ui/use-command.ts';
import { exampleOf } from './example-code.ts';

const MOST = 1_000_000;

/** How many codes and how they look; they are made in the background. */
export function MakeCodesDialog(given: { campaignId: string; pattern: string; onClose: () => void }): ReactNode {
  const { campaignId, onClose } = given;
  const { t } = useTranslation(['codes', 'common']);
  const format = useFormat();
  const [count, setCount] = useState<number | null>(100);
  const [pattern, setPattern] = useState(given.pattern);
  const [tooFew, setTooFew] = useState<string | null>(null);
  const start = useCommand(useApiClient().codes.startBatch);
  const report = useReport();
  const wordsOf = useRefusalText();
  const isCountRight = count !== null && count >= 1 && count <= MOST;
  const shape = pattern.trim().toUpperCase();
  const isShapeRight = isPattern(shape);
  const make = async (): Promise<void> => {
    if (!isCountRight || !isShapeRight) return;
    const result = await start.run({ campaignId, count, pattern: shape });
    if (result.kind === 'refused' && result.refusal.reason === 'voucher-codes-too-few') {
      setTooFew(wordsOf(result.refusal));
    } else if (report(result)) onClose();
  };
  return (
    <Dialog
      title={t('make.title')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button
            kind="primary"
            isBusy={start.isRunning}
            isDisabled={!isCountRight || !isShapeRight}
            onPress={() => void make()}
          >
            {t('make.start', { count: count ?? 0, shown: format.number(count ?? 0) })}
          </Button>
        </>
      }
    >
      <div className="codes-form">
        <NumberField
          label={t('make.count')}
          value={count}
          onChange={setCount}
          error={isCountRight ? null : t('make.countWrong', { most: format.number(MOST) })}
          autoFocus
        />
        <TextField
          label={t('make.pattern')}
          value={pattern}
          maxLength={40}
          onChange={(text) => {
            setTooFew(null);
            setPattern(text);
          }}
          hint={isShapeRight ? t('make.patternHint', { example: exampleOf(shape) }) : t('make.patternWrong')}
          error={isShapeRight ? tooFew : t('make.patternWrong')}
        />
        <p className="is-muted is-small">{t('make.background')}</p>
      </div>
    </Dialog>
  );
}
