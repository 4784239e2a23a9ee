import { type ReactNode, use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conditionsOf, MAX_RULE_CONDITIONS, type SegmentRule } from '#shop/customers/segment-rule.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CommandContext, useCommand } from '../../ui/use-command.ts';
import { type Segment, useOwnFields, useSegmentCount } from './records-data.ts';
import { RuleBuilder } from './rule-builder.tsx';
import './segments.css';

const EVERYBODY: SegmentRule = { all: [] };

interface SegmentPanelProps {
  /** Null for a new one. */
  readonly segment: Segment | null;
  readonly onClose: () => void;
  readonly onSaved: (segmentId: string) => void;
}

/** Makes or changes a segment: a rule with the number of customers that it holds, or members by hand. */
export function SegmentPanel({ segment, onClose, onSaved }: SegmentPanelProps): ReactNode {
  const { t } = useTranslation('customers');
  const host = use(CommandContext);
  const [segmentId] = useState(() => segment?.segmentId ?? host?.newOperationId() ?? '');
  const [name, setName] = useState(segment?.name ?? '');
  const [kind, setKind] = useState<'rule' | 'static'>(segment?.kind ?? 'rule');
  const [rule, setRule] = useState<SegmentRule>(segment?.rule ?? EVERYBODY);
  const [lines, setLines] = useState('');
  const client = useApiClient();
  const save = useCommand(client.segments.save);
  const recompute = useCommand(client.segments.recompute);
  const addMembers = useCommand(client.segments.addMembers);
  const report = useReport();
  const people = lines.split('\n').filter((line) => line.trim() !== '');
  const store = async (): Promise<void> => {
    const kept = { segmentId, version: segment?.version ?? 0, name: name.trim(), rule: kind === 'rule' ? rule : null };
    if (!report(await save.run(kept))) return;
    if (kind === 'rule' && !report(await recompute.run({ segmentId }))) return;
    if (kind === 'static' && people.length > 0) {
      const added = await addMembers.run({ segmentId, lines: people.slice(0, 500) });
      if (!report(added) || added.kind !== 'done') return;
      const { unknown } = added.value;
      if (unknown.length > 0)
        showToast({ tone: 'warning', title: t('segments.unknown', { lines: unknown.join(', ') }) });
    }
    showToast({ tone: 'success', title: t('segments.saved', { name: name.trim() }) });
    onSaved(segmentId);
    onClose();
  };
  return (
    <SidePanel
      title={segment === null ? t('segments.add') : t('segments.editTitle', { name: segment.name })}
      onClose={onClose}
      needsAnswer
      footer={
        <>
          {segment !== null && <DropSegment segment={segment} onDropped={onClose} />}
          <Button onPress={onClose}>{t('edit.cancel')}</Button>
          <Button
            kind="primary"
            isBusy={save.isRunning || recompute.isRunning}
            isDisabled={name.trim() === '' || conditionsOf(rule).length > MAX_RULE_CONDITIONS}
            onPress={() => void store()}
          >
            {t('segments.save')}
          </Button>
        </>
      }
    >
      <div className="segment-form">
        <TextField label={t('segments.name')} autoFocus value={name} maxLength={80} onChange={setName} />
        {segment === null && (
          <Segmented
            label={t('segments.kind')}
            value={kind}
            onChange={setKind}
            segments={[
              { id: 'rule', label: t('segments.kinds.rule') },
              { id: 'static', label: t('segments.kinds.static') },
            ]}
          />
        )}
        {kind === 'rule' ? (
          <RuleFields rule={rule} onChange={setRule} />
        ) : (
          <TextField
            label={t('segments.people')}
            hint={t('segments.peopleHint')}
            isMultiline
            value={lines}
            maxLength={20_000}
            onChange={setLines}
          />
        )}
      </div>
    </SidePanel>
  );
}

function RuleFields({ rule, onChange }: { rule: SegmentRule; onChange: (rule: SegmentRule) => void }): ReactNode {
  const { t } = useTranslation('customers');
  const own = useOwnFields()?.fields ?? [];
  const count = useSegmentCount(rule);
  return (
    <>
      <RuleBuilder rule={rule} own={own} onChange={onChange} />
      <p className="segment-count" role="status">
        {count === null ? t('segments.counting') : t('segments.holds', { count })}
      </p>
    </>
  );
}

function DropSegment({ segment, onDropped }: { segment: Segment; onDropped: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const command = useCommand(useApiClient().segments.drop);
  const report = useReport();
  const drop = async (): Promise<void> => {
    if (!report(await command.run({ segmentId: segment.segmentId }))) return;
    showToast({ tone: 'neutral', title: t('segments.dropped', { name: segment.name }) });
    onDropped();
  };
  return (
    <Button kind="danger" isBusy={command.isRunning} onPress={() => void drop()}>
      {t('segments.drop')}
    </Button>
  );
}
