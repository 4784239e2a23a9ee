import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { navigateTo } from '../../../ui/route.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { useMay } from '../../../ui/shop-context.ts';
import { Tag } from '../../../ui/tag.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { useSaving } from '../use-save.ts';
import { EarningPart } from './earning-part.tsx';
import { LiveExample } from './live-example.tsx';
import { OwedPart } from './owed-part.tsx';
import type { PartProps } from './part-props.ts';
import type { ProgrammeDetail } from './programme-types.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { RewardsPart } from './rewards-part.tsx';
import { TermsPart } from './terms-part.tsx';
import { TiersPart } from './tiers-part.tsx';
import { type ProgrammeEditing, useProgrammeDraft } from './use-programme-draft.ts';
import { useWords } from './use-words.ts';
import { VersionsPart } from './versions-part.tsx';
import { WhatIfPart } from './what-if-part.tsx';

const TABS = ['earning', 'terms', 'tiers', 'rewards', 'what-if', 'owed', 'versions'] as const;
type Tab = (typeof TABS)[number];
const EDITED: readonly Tab[] = ['earning', 'terms', 'tiers', 'rewards'];

function StatusLine({ detail, editing }: { detail: ProgrammeDetail; editing: ProgrammeEditing }): ReactNode {
  const { t } = useTranslation('programme');
  const { live, status } = detail;
  const isDraft = editing.revision > 0 || !editing.isSaved;
  return (
    <p className="programme-status" role="status">
      <Tag tone={status === 'live' ? 'success' : 'neutral'}>{t(`status.${status}`)}</Tag>
      <span>{live === null ? t('version.none') : t('version.inForce', { version: live.version })}</span>
      {isDraft && <Tag tone="warning">{editing.isSaved ? t('draft.saved') : t('draft.saving')}</Tag>}
    </p>
  );
}

function NameFields({ editing, isDisabled }: Pick<PartProps, 'editing' | 'isDisabled'>): ReactNode {
  const { t } = useTranslation('programme');
  const { programme, change } = editing;
  const [name, setName] = useState(programme.name);
  return (
    <Card className="settings-card">
      <div className="settings-pair">
        <TextField
          label={t('field.name')}
          value={name}
          maxLength={80}
          isDisabled={isDisabled}
          error={name.trim() === '' ? t('nameNeeded') : null}
          onChange={(text) => {
            setName(text);
            if (text.trim() !== '') change({ name: text.trim() });
          }}
        />
        <TextField
          label={t('field.pointName')}
          hint={t('pointNameHint')}
          value={programme.pointName}
          maxLength={20}
          isDisabled={isDisabled}
          onChange={(pointName) => change({ pointName })}
        />
      </div>
    </Card>
  );
}

interface ActionsProps {
  readonly detail: ProgrammeDetail;
  readonly editing: ProgrammeEditing;
  readonly onPublish: () => void;
  readonly onReload: () => void;
}

function Actions({ detail, editing, onPublish, onReload }: ActionsProps): ReactNode {
  const { t } = useTranslation('programme');
  const client = useApiClient();
  const discard = useCommand(client.points.discardProgrammeDraft);
  const archive = useCommand(client.points.archiveProgramme);
  const saving = useSaving();
  const [asks, setAsks] = useState(false);
  const { programId, status, isMain, live } = detail;
  const isDraft = editing.revision > 0 || !editing.isSaved;
  const giveUp = async (): Promise<void> => {
    await editing.flush();
    if (!(await saving(discard.run({ programId })))) return;
    if (live === null) navigateTo('settings', 'programme');
    onReload();
  };
  return (
    <div className="settings-buttons">
      {!isMain && live !== null && (
        <Button
          kind="ghost"
          isBusy={archive.isRunning}
          onPress={() => void saving(archive.run({ programId, isArchived: status !== 'archived' }))}
        >
          {t(status === 'archived' ? 'archive.undo' : 'archive.act')}
        </Button>
      )}
      {isDraft && <Button onPress={() => setAsks(true)}>{t('draft.discard')}</Button>}
      <Button kind="primary" isDisabled={!isDraft} onPress={onPublish}>
        {t('publish.open')}
      </Button>
      {asks && (
        <ConfirmDialog
          title={t('draft.discardTitle', { name: editing.programme.name })}
          detail={t(live === null ? 'draft.discardNew' : 'draft.discardDetail')}
          safeLabel={t('draft.keep')}
          actLabel={t('draft.discard')}
          onAct={() => {
            setAsks(false);
            void giveUp();
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </div>
  );
}

function Part({ tab, detail, ...given }: PartProps & { tab: Tab; detail: ProgrammeDetail }): ReactNode {
  const { programId } = detail;
  if (tab === 'earning') return <EarningPart {...given} />;
  if (tab === 'terms') return <TermsPart {...given} />;
  if (tab === 'tiers') return <TiersPart {...given} />;
  if (tab === 'rewards') return <RewardsPart {...given} />;
  if (tab === 'what-if') return <WhatIfPart programId={programId} {...given} />;
  if (tab === 'owed') return <OwedPart programId={programId} words={given.words} />;
  return <VersionsPart detail={detail} />;
}

interface ProgrammeEditorProps {
  readonly detail: ProgrammeDetail;
  readonly tab: string | undefined;
  /** Reads the programme again and starts anew with what is there. */
  readonly onReload: () => void;
}

/** One programme: what it says as sentences, a live example, and what a change would do. */
export function ProgrammeEditor({ detail, tab, onReload }: ProgrammeEditorProps): ReactNode {
  const { t } = useTranslation('programme');
  const mayEdit = useMay('programme.edit');
  const mayCount = useMay('analytics.all');
  const editing = useProgrammeDraft(detail);
  const words = useWords(editing.programme, editing.live);
  const [isPublishing, setIsPublishing] = useState(false);
  const { programId, live, draft } = detail;
  const isDisabled = !mayEdit || editing.isTaken;
  const shown = TABS.filter((id) => (id !== 'owed' || (mayCount && live !== null)) && (id !== 'what-if' || mayEdit));
  const current = shown.find((id) => id === tab) ?? 'earning';
  const isBehind = draft !== null && draft.basedOnVersion !== (live?.version ?? 0);
  return (
    <>
      <div className="programme-top">
        <StatusLine detail={detail} editing={editing} />
        {mayEdit && (
          <Actions
            detail={detail}
            editing={editing}
            onPublish={() => void editing.flush().then((revision) => revision !== null && setIsPublishing(true))}
            onReload={onReload}
          />
        )}
      </div>
      {editing.isTaken && (
        <div className="programme-warning" role="alert">
          {t('draft.taken')} <Button onPress={onReload}>{t('draft.reload')}</Button>
        </div>
      )}
      {isBehind && <p className="programme-warning">{t('publish.behind', { version: live?.version ?? 0 })}</p>}
      <Segmented
        label={t('tabs.label')}
        className="settings-tabs programme-tabs"
        segments={shown.map((id) => ({ id, label: t(`tabs.${id}`) }))}
        value={current}
        onChange={(id) => navigateTo('settings', 'programme', programId, id)}
      />
      {EDITED.includes(current) && <LiveExample programme={editing.programme} words={words} />}
      {current === 'earning' && <NameFields editing={editing} isDisabled={isDisabled} />}
      <Part tab={current} detail={detail} editing={editing} words={words} isDisabled={isDisabled} />
      {isPublishing && (
        <PublishDialog
          programId={programId}
          version={(live?.version ?? 0) + 1}
          editing={editing}
          words={words}
          isBehind={isBehind}
          onTry={() => {
            setIsPublishing(false);
            navigateTo('settings', 'programme', programId, 'what-if');
          }}
          onPublished={onReload}
          onClose={() => setIsPublishing(false)}
        />
      )}
    </>
  );
}
