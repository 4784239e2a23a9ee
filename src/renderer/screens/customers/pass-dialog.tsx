import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../ui/amount-field.tsx';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { DateText, useNow } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useMay } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Pass } from './wallet-data.ts';
import { endWords } from './wallet-words.ts';

type Act = 'give' | 'take' | 'revoke';

/** A pass: what is left, since when and until when; uses are added or taken off by hand, or all of it is withdrawn. */
export function PassDialog({ pass, onClose }: { pass: Pass; onClose: () => void }): ReactNode {
  const { t } = useTranslation('wallet');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const mayAct = useMay('vouchers.redeem') && pass.standing !== 'revoked';
  const [act, setAct] = useState<Act | null>(null);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('fact.state'), t(`pass.standing.${pass.standing}`)],
    [t('fact.left'), t('pass.leftOf', { left: format.number(pass.unitsLeft), total: format.number(pass.unitsTotal) })],
    [t('pass.since'), <DateText key="since" atMs={pass.startsAtMs} />],
    [t('fact.ends'), endWords(t, format, pass.endsAtMs, nowMs)?.text ?? t('ends.never')],
  ];
  const from = pass.fromVoucher;
  const held = pass.unitsLeft - pass.unitsFree;
  return (
    <Dialog
      title={pass.name}
      needsAnswer={act !== null}
      hasCloseButton
      onClose={onClose}
      {...(act === null ? { footer: <Button onPress={onClose}>{t('close')}</Button> } : {})}
    >
      <dl className="wallet-facts">
        {from !== null && [<dt key="from">{t('pass.from')}</dt>, <dd key="from-value">{from}</dd>]}
        {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
      </dl>
      {held > 0 && <p className="is-muted is-small">{t('pass.held', { count: held })}</p>}
      {mayAct && (
        <Segmented<Act>
          label={t('pass.change')}
          isWide
          value={act ?? ('' as Act)}
          onChange={setAct}
          segments={[
            { id: 'give', label: t('pass.add') },
            { id: 'take', label: t('pass.takeOff'), isDisabled: pass.unitsFree === 0 },
            { id: 'revoke', label: t('pass.revoke') },
          ]}
        />
      )}
      {act !== null && <ChangePass key={act} pass={pass} act={act} onDone={onClose} onCancel={() => setAct(null)} />}
    </Dialog>
  );
}

interface ChangePassProps {
  readonly pass: Pass;
  readonly act: Act;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function ChangePass({ pass, act, onDone, onCancel }: ChangePassProps): ReactNode {
  const { t } = useTranslation('wallet');
  const client = useApiClient();
  const adjust = useCommand(client.passes.adjust);
  const revoke = useCommand(client.passes.revoke);
  const report = useReport();
  const [units, setUnits] = useState<number | null>(1);
  const [note, setNote] = useState('');
  const { passId, unitsFree } = pass;
  const isTooMuch = act === 'take' && (units ?? 0) > unitsFree;
  const isReady = note.trim() !== '' && (act === 'revoke' || ((units ?? 0) > 0 && !isTooMuch));
  const run = async (): Promise<void> => {
    const by = note.trim();
    const reason = act === 'give' ? ('goodwill' as const) : ('correction' as const);
    const count = (units ?? 0) * (act === 'give' ? 1 : -1);
    const isDone =
      act === 'revoke'
        ? report(await revoke.run({ passId, note: by }))
        : report(await adjust.run({ passId, units: count, reason, note: by }));
    if (!isDone) return;
    showToast({ tone: 'success', slot: 'wallet', title: t(`pass.done.${act}`, { name: pass.name }) });
    onDone();
  };
  return (
    <div className="wallet-form">
      {act === 'revoke' ? (
        <p className="is-muted">{t('pass.revokeDetail', { count: pass.unitsLeft })}</p>
      ) : (
        <NumberField
          label={t('pass.howMany')}
          value={units}
          error={isTooMuch ? t('pass.tooMany', { count: unitsFree }) : null}
          onChange={setUnits}
        />
      )}
      <TextField label={t('note')} hint={t('adjust.noteHint')} maxLength={200} value={note} onChange={setNote} />
      <div className="wallet-buttons">
        <Button onPress={onCancel}>{t('cancel')}</Button>
        <Button
          kind={act === 'revoke' ? 'danger' : 'primary'}
          isBusy={adjust.isRunning || revoke.isRunning}
          isDisabled={!isReady}
          onPress={() => void run()}
        >
          {t(`pass.act.${act}`)}
        </Button>
      </div>
    </div>
  );
}
