import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Programme } from '#shop/points/programme.ts';
import { useApi } from '../../../ui/api-context.ts';
import { Card } from '../../../ui/card.tsx';
import { DateText } from '../../../ui/date-text.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { differencesOf } from './differences.ts';
import type { ProgrammeDetail } from './programme-types.ts';
import { DifferenceList } from './publish-dialog.tsx';
import { useWords } from './use-words.ts';
import { levelText, promotionText, rewardText, ruleText } from './words.ts';

type Version = ProgrammeDetail['versions'][number];

/** Everything that a version says, as sentences. */
function WholeProgramme({ programme }: { programme: Programme }): ReactNode {
  const words = useWords(programme);
  const { t } = words;
  const parts = [
    { title: t('rules'), texts: programme.rules.map((rule) => ruleText(words, rule)) },
    { title: t('promotions'), texts: programme.promotions.map((each) => promotionText(words, each)) },
    {
      title: t('tiers.title'),
      texts: (programme.tiers?.levels ?? []).map((level) =>
        levelText(words, programme.tiers ?? { mode: 'BALANCE', measure: 'points' }, level),
      ),
    },
    { title: t('rewards'), texts: programme.rewards.map((reward) => rewardText(words, reward)) },
  ];
  return (
    <>
      {parts
        .filter(({ texts }) => texts.length > 0)
        .map(({ title, texts }) => (
          <section key={title} aria-label={title}>
            <h3 className="ui-field-label">{title}</h3>
            <ul className="programme-sentences">
              {texts.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}

function VersionPanel({
  version,
  live,
  onClose,
}: {
  version: Version;
  live: Programme | null;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('programme');
  const { versionId } = version;
  const shown = useQuery(useApi().points.programmeVersion.queryOptions({ versionId })).data;
  const words = useWords(shown?.programme ?? null, live);
  const differences = shown === undefined || live === null ? [] : differencesOf(words, shown.programme, live);
  return (
    <SidePanel title={t('versions.of', { version: version.version })} onClose={onClose} isOnlyRead>
      {shown === undefined ? (
        <Skeleton />
      ) : (
        <div className="settings-form">
          <WholeProgramme programme={shown.programme} />
          {differences.length > 0 && (
            <section aria-label={t('versions.since')}>
              <h3 className="ui-field-label">{t('versions.since')}</h3>
              <DifferenceList differences={differences} />
            </section>
          )}
        </div>
      )}
    </SidePanel>
  );
}

/** Every published version, for ever: sales keep the one that they used. */
export function VersionsPart({ detail }: { detail: ProgrammeDetail }): ReactNode {
  const { t } = useTranslation('programme');
  const [open, setOpen] = useState<Version | null>(null);
  const { versions, live } = detail;
  return (
    <Card title={t('versions.title')}>
      {versions.length === 0 && <EmptyState tone="neutral" title={t('versions.none')} />}
      <ul className="settings-rows">
        {versions.map((version) => (
          <li key={version.versionId}>
            <button type="button" className="settings-row" onClick={() => setOpen(version)}>
              <span className="settings-row-words">
                <b>
                  {t(version.versionId === live?.versionId ? 'versions.inForce' : 'versions.of', {
                    version: version.version,
                  })}
                </b>
                <span className="is-muted is-small">
                  <DateText atMs={version.publishedAtMs} />
                  {version.staffName !== null && ` · ${version.staffName}`}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <VersionPanel version={open} live={live?.programme ?? null} onClose={() => setOpen(null)} />}
    </Card>
  );
}
