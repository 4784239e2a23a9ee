import { Ban, Gift, Info, Lock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { needsApproval, type ScanRisk, useRiskWords } from '../../scanning/use-scan-risk.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { type Formatter, useFormat } from '../../ui/format.ts';
import { Lapacho } from '../../ui/lapacho.tsx';
import { type AwardPreview, draftPoints, type Programme, useMainPosition, useProgramme } from './award-data.ts';
import { type AwardDraft, setReceiptNumber, useAwardDraft } from './award-state.ts';
import './result-panel.css';

const LONG_POINTS = 7;

type Words = ReturnType<typeof useTranslation<'award'>>['t'];

/** Why the button rests; null when it may be pressed. */
export type Blocker =
  | 'needCustomer'
  | 'needAmount'
  | 'needPoints'
  | 'needNote'
  | 'below'
  | 'negative'
  | 'blocked'
  | 'noPermission';

interface ResultPanelProps {
  readonly preview: AwardPreview | undefined;
  readonly hasPreviewFailed: boolean;
  readonly blocker: Blocker | null;
  /** Who used the receipt number before, and when; null while it is free. */
  readonly receiptUsed: { readonly byName: string; readonly atMs: number } | null;
  /** What stands against the award because of how the customer was scanned. */
  readonly risk: ScanRisk | null;
  readonly needsManager: boolean;
  readonly isRunning: boolean;
  readonly onAward: () => void;
  /** Opens "Just awarded" on narrow windows, where it has no room of its own. */
  readonly lastToggle: ReactNode;
}

/** Panel 3: the points, the sum that leads to them, the receipt number, and the one primary button. */
export function ResultPanel(props: ResultPanelProps): ReactNode {
  const { t } = useTranslation('award');
  const draft = useAwardDraft();
  return (
    <section className="ui-card award-result" aria-label={t('result.region')}>
      <div className="award-row">
        <h2 className="award-step">
          <i aria-hidden="true">3</i>
          {t('result.step')}
        </h2>
        {props.lastToggle}
      </div>
      <BigPoints draft={draft} preview={props.preview} />
      <div className="award-detail">
        <SumOfPoints draft={draft} preview={props.preview} />
        <Strips {...props} />
        {draft.reason === 'purchase' && (
          <TextField
            label={`${t('result.receipt')} (${t('result.optional')})`}
            value={draft.receiptNumber}
            onChange={setReceiptNumber}
            placeholder={t('result.receiptPlaceholder')}
            maxLength={40}
            acceptsScan
            autoComplete="off"
            onKeyDown={(event) => {
              if (event.key === 'Enter') props.onAward();
            }}
          />
        )}
      </div>
      <GoButton {...props} />
    </section>
  );
}

function shownPoints(draft: AwardDraft, preview: AwardPreview | undefined): number {
  if (draft.value === 0) return 0;
  return draftPoints(draft) ?? preview?.points ?? 0;
}

function BigPoints({ draft, preview }: { draft: AwardDraft; preview: AwardPreview | undefined }): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const points = shownPoints(draft, preview);
  const text = format.points(points, { sign: 'always' });
  return (
    <div className="award-big" data-empty={points === 0} role="status">
      <Lapacho size={150} isPlain className="award-bloom is-left" />
      <Lapacho size={120} isPlain className="award-bloom is-right" />
      <b data-long={text.length > LONG_POINTS}>
        <span key={text} className="award-swap">
          {text}
        </span>
      </b>
      <span>{t('result.points')}</span>
    </div>
  );
}

function rateWords(t: Words, format: Formatter, programme: Programme | undefined): string {
  if (programme === undefined || programme === null) return t('result.base');
  const { points, perMinor } = programme.pointsPerUnit;
  return t('result.rate', { count: points, points: format.points(points), amount: format.money(perMinor) });
}

/** What a part of the points comes from, by its own name where it has one. */
function partWords(
  t: Words,
  format: Formatter,
  { kind, name }: AwardPreview['parts'][number],
  programme: Programme | undefined,
): string {
  if (kind === 'base') return rateWords(t, format, programme);
  return name === '' ? t(`result.${kind}`) : name;
}

function SumOfPoints({ draft, preview }: { draft: AwardDraft; preview: AwardPreview | undefined }): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const programme = useProgramme();
  if (draft.value === 0 || preview === undefined) return <div className="award-sum" />;
  const isPurchase = draft.reason === 'purchase';
  return (
    <dl className="award-sum">
      {isPurchase ? (
        preview.parts.map((part, index) => (
          <div key={`${part.ruleId}${part.kind}`}>
            <dt>{partWords(t, format, part, programme.data)}</dt>
            <dd>{format.points(part.points, { sign: index === 0 ? 'auto' : 'always' })}</dd>
          </div>
        ))
      ) : (
        <div>
          <dt>{t(`result.${draft.reason === 'goodwill' ? 'goodwill' : 'correction'}`)}</dt>
          <dd>{format.points(draftPoints(draft) ?? 0, { sign: 'always' })}</dd>
        </div>
      )}
      {draft.customerId !== null && (
        <div data-total="">
          <dt>{t('result.newBalance')}</dt>
          <dd>
            <span key={preview.balanceAfter} className="award-swap">
              {format.points(preview.balanceAfter)}
            </span>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Strips({ preview, hasPreviewFailed, blocker, receiptUsed, risk }: ResultPanelProps): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const draft = useAwardDraft();
  const programme = useProgramme();
  const isUnderMinimum = draft.reason === 'purchase' && draft.value > 0 && preview !== undefined && !preview.minimumMet;
  const minimum = programme.data?.minimumSpendMinor ?? 0;
  return (
    <>
      {risk !== null && <RiskStrip risk={risk} />}
      {isUnderMinimum && (
        <p className="award-strip" data-tone="warning">
          <Info size={18} strokeWidth={2} aria-hidden="true" />
          {t('result.minimum', {
            amount: format.money(minimum),
            missing: format.money(Math.max(0, minimum - draft.value)),
          })}
        </p>
      )}
      <Unlocked points={preview === undefined ? 0 : shownPoints(draft, preview)} />
      {blocker === 'blocked' && (
        <p className="award-strip" data-tone="danger">
          <Ban size={18} strokeWidth={2} aria-hidden="true" />
          {t('customer.blockedHint')}
        </p>
      )}
      {receiptUsed !== null && (
        <p className="award-strip" data-tone="warning" role="alert">
          <TriangleAlert size={18} strokeWidth={2} aria-hidden="true" />
          {t('result.receiptUsed', { name: receiptUsed.byName, when: format.weekdayAndTime(receiptUsed.atMs) })}
        </p>
      )}
      {hasPreviewFailed && (
        <p className="award-strip">
          <Info size={18} strokeWidth={2} aria-hidden="true" />
          {t('result.previewFailed')}
        </p>
      )}
    </>
  );
}

/** The dearest reward that these points bring within reach. */
function Unlocked({ points }: { points: number }): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  const position = useMainPosition(useAwardDraft().customerId);
  const [reward] = (position?.rewards ?? [])
    .filter(({ name, pointsMissing }) => name !== '' && pointsMissing > 0 && pointsMissing <= points)
    .toSorted((a, b) => b.pointsNeeded - a.pointsNeeded);
  if (reward === undefined) return null;
  return (
    <p className="award-strip" data-tone="gold">
      <Gift size={18} strokeWidth={2} aria-hidden="true" />
      {t('result.unlocks', { name: reward.name, points: format.points(reward.pointsNeeded) })}
    </p>
  );
}

/** Red while a manager has to let it go on, amber otherwise. */
function RiskStrip({ risk }: { risk: ScanRisk }): ReactNode {
  const wordsOf = useRiskWords();
  return (
    <p className="award-strip" data-tone={needsApproval(risk) ? 'danger' : 'warning'} role="alert">
      <TriangleAlert size={18} strokeWidth={2} aria-hidden="true" />
      {wordsOf(risk)}
    </p>
  );
}

function goWords(t: Words, format: Formatter, draft: AwardDraft, points: number, isAnyway: boolean): string {
  if (isAnyway) return t('result.awardAnyway');
  if (points === 0) return t('result.awardEmpty');
  const count = Math.abs(points);
  const isTaking = draft.reason === 'correction' && points < 0;
  return t(isTaking ? 'result.take' : 'result.award', { count, points: format.points(count) });
}

function GoButton(props: ResultPanelProps): ReactNode {
  const { preview, blocker, receiptUsed, risk, isRunning, onAward } = props;
  const needsManager = props.needsManager || needsApproval(risk);
  const { t } = useTranslation('award');
  const format = useFormat();
  const draft = useAwardDraft();
  const points = shownPoints(draft, preview);
  const why =
    blocker === null
      ? needsManager || receiptUsed !== null
        ? t('result.manager')
        : null
      : blocker === 'blocked'
        ? t('customer.blocked')
        : blocker === 'noPermission'
          ? t('noPermission.title')
          : t(`result.${blocker}`);
  return (
    <div className="award-go shell-dock">
      <p className="award-why" id="award-why">
        {why}
      </p>
      <Button
        kind="primary"
        size="primary"
        isFullWidth
        keys="Enter"
        isBusy={isRunning}
        isDisabled={blocker !== null}
        aria-describedby="award-why"
        className="award-go-button"
        icon={needsManager || receiptUsed !== null ? <Lock size={20} strokeWidth={2} aria-hidden="true" /> : undefined}
        onPress={onAward}
      >
        {goWords(t, format, draft, points, receiptUsed !== null)}
      </Button>
    </div>
  );
}
