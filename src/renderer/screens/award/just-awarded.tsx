import { ChevronRight, Lock, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/date-text.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { type Formatter, useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { Points } from '../../ui/points-text.tsx';
import { hrefTo } from '../../ui/route.ts';
import { useMay, useSession } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { type RecentAward, useRecentAwards } from './award-data.ts';
import { useUndoAward } from './use-undo-award.ts';
import './just-awarded.css';

/** Undo is one press for the person who gave the points, this long. */
export const UNDO_REACH_MS = 5 * 60_000;

/** The last awards of this till. Undo for 5 minutes by the same person, later with a manager. */
export function JustAwarded({ newestEntryId }: { newestEntryId: string | null }): ReactNode {
  const { t } = useTranslation('award');
  const recent = useRecentAwards();
  const [asked, setAsked] = useState<RecentAward | null>(null);
  const format = useFormat();
  const undoAward = useUndoAward();
  const undoable = ({ entryId, points, customerName }: RecentAward) => ({
    entryId,
    points,
    customerName: customerName ?? t('last.unknown'),
  });
  return (
    <section className="ui-card award-last" aria-label={t('last.title')}>
      <div className="award-row award-last-head">
        <h2>{t('last.title')}</h2>
        <span>{t('last.thisTill')}</span>
      </div>
      <div className="award-last-body">
        {recent.data === undefined ? (
          <Skeleton rows={4} />
        ) : recent.data.length === 0 ? (
          <p className="award-last-empty">{t('last.empty')}</p>
        ) : (
          <ul>
            {recent.data.map((award) => (
              <AwardEntry
                key={award.entryId}
                award={award}
                isNew={award.entryId === newestEntryId}
                isBusy={undoAward.isRunning}
                onUndo={(asManager) => (asManager ? setAsked(award) : void undoAward.undo(undoable(award), false))}
              />
            ))}
          </ul>
        )}
        <ActivityLink />
      </div>
      {asked !== null && (
        <ConfirmDialog
          title={t('confirmUndo.title', {
            points: format.points(asked.points),
            name: asked.customerName ?? t('last.unknown'),
          })}
          detail={t('confirmUndo.detail')}
          safeLabel={t('confirmUndo.keep')}
          actLabel={t('confirmUndo.act', { points: format.points(asked.points) })}
          isBusy={undoAward.isRunning}
          onClose={() => setAsked(null)}
          onAct={() => {
            setAsked(null);
            void undoAward.undo(undoable(asked), true);
          }}
        />
      )}
    </section>
  );
}

function ActivityLink(): ReactNode {
  const { t } = useTranslation('award');
  const mayOwn = useMay('activity.own');
  const mayAll = useMay('activity.all');
  if (!mayOwn && !mayAll) return null;
  return (
    <a className="award-last-all" href={hrefTo('activity')}>
      {t('last.all')}
      <ChevronRight size={18} strokeWidth={1.75} aria-hidden="true" />
    </a>
  );
}

function entryWords(t: ReturnType<typeof useTranslation<'award'>>['t'], award: RecentAward): ReactNode {
  if (award.reason === 'goodwill' || award.reason === 'correction') return t(`last.${award.reason}`);
  if (award.amountMinor === null) return null;
  if (award.kind === 'award') return <Money minor={award.amountMinor} />;
  // "Sale ₲ 90.900": the catalogue says where the amount stands; the money component writes it.
  const [before = '', after = ''] = t('last.sale', { amount: '\u0000' }).split('\u0000');
  return (
    <>
      {before}
      <Money minor={award.amountMinor} />
      {after}
    </>
  );
}

interface AwardEntryProps {
  readonly award: RecentAward;
  readonly isNew: boolean;
  readonly isBusy: boolean;
  readonly onUndo: (asManager: boolean) => void;
}

function undoLabel(
  t: ReturnType<typeof useTranslation<'award'>>['t'],
  format: Formatter,
  award: RecentAward,
  asManager: boolean,
): string {
  return t(asManager ? 'last.managerUndo' : 'last.undoOf', {
    points: format.points(award.points),
    name: award.customerName ?? t('last.unknown'),
  });
}

function AwardEntry({ award, isNew, isBusy, onUndo }: AwardEntryProps): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const nowMs = useNow(10_000);
  const { staffId } = useSession();
  const isUndone = award.undoneAtMs !== null;
  // What the back end said may be minutes old; the clock and the person decide again here.
  const asManager = award.needsManager || award.staffId !== staffId || nowMs - award.atMs >= UNDO_REACH_MS;
  const canUndo = !isUndone && award.canUndo;
  const what = entryWords(t, award);
  return (
    <li className="award-entry" data-new={isNew}>
      <div>
        <div className="award-entry-name">{award.customerName ?? t('last.unknown')}</div>
        <div className="award-entry-what">
          {format.time(award.atMs)}
          {what !== null && <> · {what}</>}
        </div>
      </div>
      <div className="award-entry-end" data-undone={isUndone} data-button={canUndo}>
        <Points points={award.points} sign="always" />
        {isUndone && <Tag>{t('last.undone')}</Tag>}
        {canUndo && (
          <Button
            kind="ghost"
            isDisabled={isBusy}
            aria-label={undoLabel(t, format, award, asManager)}
            icon={
              asManager ? (
                <Lock size={16} strokeWidth={2} aria-hidden="true" />
              ) : (
                <Undo2 size={16} strokeWidth={2} aria-hidden="true" />
              )
            }
            onPress={() => onUndo(asManager)}
          >
            {t('last.undo')}
          </Button>
        )}
      </div>
    </li>
  );
}
