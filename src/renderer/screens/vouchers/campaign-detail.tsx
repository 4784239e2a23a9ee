import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReasonWords } from '../../ui/refused-reasons.tsx';
import { navigateTo } from '../../ui/route.ts';
import { windowsText } from '../../ui/schedule-words.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { type CampaignWords, campaignSentence } from './campaign-sentence.ts';
import { CampaignCodes } from './codes/campaign-codes.tsx';
import { CampaignFigures } from './figures/campaign-figures.tsx';
import { CampaignNumbers } from './figures/campaign-numbers.tsx';
import { RedemptionList } from './redemption-list.tsx';
import { Ticket } from './ticket.tsx';
import {
  type CampaignDetail,
  shownCampaign,
  STANDING_TONES,
  useCampaign,
  useCampaignChoices,
  useCampaignWords,
} from './vouchers-data.ts';
import './campaign-detail.css';

const SHORTENED_FROM = 10_000;

/** How a campaign stands beside its word: by whom it was paused, that a change waits. */
function StandingNotes({ detail }: { detail: CampaignDetail }): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const { standing, pausedByName, pausedAtMs, endedAtMs, draft, live } = detail;
  const day = (atMs: number): string => format.day(atMs, shopNowMs());
  return (
    <>
      {standing === 'paused' && pausedAtMs !== null && (
        <p className="voucher-note">
          {pausedByName === null
            ? t('detail.paused', { date: day(pausedAtMs) })
            : t('detail.pausedBy', { name: pausedByName, date: day(pausedAtMs) })}
        </p>
      )}
      {endedAtMs !== null && <p className="voucher-note">{t('detail.ended', { date: day(endedAtMs) })}</p>}
      {draft !== null && (
        <p className="voucher-note">{t(live === null ? 'detail.neverPublished' : 'detail.draftWaits')}</p>
      )}
    </>
  );
}

/** Four numbers in a narrow row: large ones are shortened, never broken, and said in full where they are pointed at. */
function Numbers({ detail }: { detail: CampaignDetail }): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const { codeCount, claims, claimsUsed, redemptions, costMinor } = detail;
  const short = new Intl.NumberFormat(format.settings.region, { notation: 'compact', maximumFractionDigits: 1 });
  const count = (value: number) => ({
    note: null,
    text: value < SHORTENED_FROM ? format.number(value) : short.format(value),
    whole: format.number(value),
  });
  const numbers = [
    { id: 'codes', ...count(codeCount) },
    { id: 'claims', ...count(claims), note: t('detail.claimsUsed', { used: count(claimsUsed).text }) },
    { id: 'redemptions', ...count(redemptions) },
    { id: 'cost', note: null, text: format.money(costMinor, { isCompact: true }), whole: format.money(costMinor) },
  ];
  return (
    <dl className="voucher-numbers">
      {numbers.map(({ id, text, whole, note }) => (
        <div key={id}>
          <dt>{t(`detail.number.${id}`)}</dt>
          <dd title={whole}>
            <b>{text}</b>
            {note !== null && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Rules({ detail, words }: { detail: CampaignDetail; words: CampaignWords }): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const campaign = shownCampaign(detail);
  if (campaign === null) return null;
  const { limits, minimum, validity } = campaign;
  const { perCustomer } = limits;
  const rows = [
    ['valid', windowsText(words, validity.windows) ?? t('detail.always')],
    [
      'perCustomer',
      perCustomer === null
        ? t('detail.noLimit')
        : t('detail.times', { count: perCustomer, times: format.number(perCustomer) }),
    ],
    ['minimum', minimum === null ? t('detail.noMinimum') : format.money(minimum.amountMinor)],
    [
      'budget',
      limits.budgetMinor === null
        ? null
        : t('detail.ofBudget', { spent: format.money(detail.costMinor), budget: format.money(limits.budgetMinor) }),
    ],
  ] as const;
  return (
    <section aria-label={t('detail.rules')}>
      <p className="voucher-sentence">{campaignSentence(words, campaign)}</p>
      <dl className="voucher-rules">
        {rows.map(
          ([id, text]) =>
            text !== null && (
              <div key={id}>
                <dt>{t(`detail.rule.${id}`)}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}

/** Whom its rule meant and who got nothing, and why: tried again the next day. */
function NotGiven({ detail }: { detail: CampaignDetail }): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const words = useReasonWords();
  if (detail.notGiven.length === 0) return null;
  return (
    <section aria-label={t('notGiven.title')} className="voucher-not-given">
      <b>{t('notGiven.title')}</b>
      <ul>
        {detail.notGiven.map(({ reason, customers }) => (
          <li key={reason}>
            {t('notGiven.customers', { count: customers, customers: format.number(customers) })}: {words(reason)}
          </li>
        ))}
      </ul>
      <small className="is-muted">{t('notGiven.again')}</small>
    </section>
  );
}

function Versions({ detail, words }: { detail: CampaignDetail; words: CampaignWords }): ReactNode {
  const { t } = useTranslation('vouchers');
  const [isOpen, setIsOpen] = useState(false);
  const { versions, live } = detail;
  if (versions.length === 0) return null;
  return (
    <details className="voucher-fold" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('detail.versions', { count: versions.length })}</summary>
      {isOpen && (
        <ul>
          {versions.map((version) => (
            <li key={version.versionId}>
              <b>{t('detail.version', { version: version.version })}</b>{' '}
              {version.versionId === live?.versionId && <Tag tone="success">{t('detail.inForce')}</Tag>}
              <small className="is-muted">
                <DateText atMs={version.publishedAtMs} />
                {version.staffName !== null && ` · ${version.staffName}`}
              </small>
            </li>
          ))}
        </ul>
      )}
      {live !== null && isOpen && <p className="is-muted is-small">{campaignSentence(words, live.campaign)}</p>}
    </details>
  );
}

/** One campaign in full: the ticket as its customers see it, figures, rules, codes, and what can be done with it. */
export function CampaignDetailPane({ campaignId }: { campaignId: string }): ReactNode {
  const { t } = useTranslation(['vouchers', 'common']);
  const found = useCampaign(campaignId);
  const words = useCampaignWords(useCampaignChoices());
  const mayReadCustomers = useMay('customers.read');
  if (found.isPending) return <Skeleton rows={5} />;
  if (found.isError)
    return (
      <EmptyState
        tone="danger"
        title={t('common:error.load')}
        detail={t('common:error.loadDetail')}
        action={<Button onPress={() => void found.refetch()}>{t('common:retry')}</Button>}
      />
    );
  const detail = found.data;
  const campaign = shownCampaign(detail);
  if (campaign === null) return <EmptyState tone="neutral" title={t('detail.givenUp')} />;
  return (
    <section className="voucher-detail" aria-label={campaign.name}>
      <div className="voucher-detail-scroll">
        <Button
          kind="ghost"
          className="voucher-back"
          icon={<ArrowLeft size={18} strokeWidth={1.75} aria-hidden="true" />}
          onPress={() => navigateTo('vouchers')}
        >
          {t('detail.back')}
        </Button>
        <header>
          <span>
            <h2>{campaign.name}</h2>
            <small className="is-muted">{t('detail.sees')}</small>
          </span>
          <Tag tone={STANDING_TONES[detail.standing]}>
            {detail.isArchived ? t('standing.archived') : t(`standing.${detail.standing}`)}
          </Tag>
        </header>
        <Ticket words={words} campaign={campaign} code={detail.voucher?.code ?? campaign.genericCode} />
        <StandingNotes detail={detail} />
        <CampaignNumbers campaignId={campaignId} fallback={<Numbers detail={detail} />} />
        <Rules detail={detail} words={words} />
        <NotGiven detail={detail} />
        <CampaignCodes campaignId={campaignId} />
        <CampaignFigures campaignId={campaignId} />
        {mayReadCustomers && detail.live !== null && <RedemptionList campaignId={campaignId} />}
        <Versions detail={detail} words={words} />
      </div>
      <CampaignActions detail={detail} campaign={campaign} />
    </section>
  );
}
