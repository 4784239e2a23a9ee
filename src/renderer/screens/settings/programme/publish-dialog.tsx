import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useReport } from '../../../ui/refusal-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { type Difference, differencesOf } from './differences.ts';
import type { ProgrammeEditing } from './use-programme-draft.ts';
import type { Words } from './words.ts';

/** What a draft changes, before and after, line by line. */
export function DifferenceList({ differences }: { differences: readonly Difference[] }): ReactNode {
  const { t } = useTranslation('programme');
  return (
    <ul className="programme-differences">
      {differences.map(({ id, what, before, after }) => (
        <li key={id}>
          <b>{what}</b>
          {before !== null && (
            <span className="is-before">
              <span className="is-hidden-visually">{t('publish.before')}</span>
              <del>{before}</del>
            </span>
          )}
          {after !== null && (
            <span>
              <span className="is-hidden-visually">{t('publish.after')}</span>
              <ins>{after}</ins>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

interface PublishDialogProps {
  readonly programId: string;
  readonly version: number;
  readonly editing: ProgrammeEditing;
  readonly words: Words;
  /** Another version was published since the draft was begun. */
  readonly isBehind: boolean;
  /** Goes to what the draft would have done. */
  readonly onTry: () => void;
  readonly onPublished: () => void;
  readonly onClose: () => void;
}

/** The last look before a draft counts for the next sale. */
export function PublishDialog(props: PublishDialogProps): ReactNode {
  const { programId, version, editing, words, isBehind, onTry, onPublished, onClose } = props;
  const { t } = useTranslation(['programme', 'common']);
  const publish = useCommand(useApiClient().points.publishProgrammeDraft);
  const report = useReport();
  const [isBusy, setIsBusy] = useState(false);
  const { programme, live } = editing;
  const differences = live === null ? [] : differencesOf(words, live, programme);
  const run = async (): Promise<void> => {
    setIsBusy(true);
    const revision = await editing.flush(isBehind);
    const result = revision === null ? null : await publish.run({ programId, revision });
    setIsBusy(false);
    if (result === null || !report(result)) return;
    showToast({ tone: 'success', title: t('publish.done', { version: result.value.version }) });
    onPublished();
  };
  return (
    <Dialog
      title={t('publish.title', { version, name: programme.name })}
      size="medium"
      onClose={onClose}
      footer={
        <>
          {live !== null && (
            <Button kind="ghost" onPress={onTry}>
              {t('publish.try')}
            </Button>
          )}
          <Button onPress={onClose}>{t('publish.keep')}</Button>
          <Button kind="primary" isBusy={isBusy} onPress={() => void run()}>
            {t('publish.act', { version })}
          </Button>
        </>
      }
    >
      <div className="settings-form">
        {isBehind && <p className="programme-warning">{t('publish.behind', { version: version - 1 })}</p>}
        {live === null && <p>{t('publish.first')}</p>}
        {live !== null && differences.length === 0 && <p>{t('publish.same')}</p>}
        <DifferenceList differences={differences} />
        <p className="is-muted is-small">{t('publish.detail')}</p>
      </div>
    </Dialog>
  );
}
