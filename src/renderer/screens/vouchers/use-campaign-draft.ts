import { useCallback, useEffect, useRef, useState } from 'react';
import { type Campaign, campaignSchema, type Distribution, type Validity } from '#shop/vouchers/campaign.ts';
import type { Benefit } from '#shop/vouchers/kinds/all-kinds.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { useCommand } from '../../ui/use-command.ts';
import { type CampaignDetail, shownCampaign } from './vouchers-data.ts';

/** Stands on the ticket until it has a name. */
const NO_NAME = '…';
const SAVE_AFTER_MS = 400;
const MOST_NAME = 120;

/** A part while it is written: a number may still be missing. */
type Loose<T> = T extends unknown ? { readonly [K in keyof T]: T[K] extends number ? number | null : T[K] } : never;
export type BenefitDraft = Loose<Benefit>;
export type DistributionDraft = Loose<Distribution>;
export type MinimumDraft = Loose<NonNullable<Campaign['minimum']>>;

export type CampaignDraft = Omit<Campaign, 'benefit' | 'minimum' | 'validity' | 'distribution'> & {
  readonly benefit: BenefitDraft;
  readonly minimum: MinimumDraft | null;
  readonly validity: Omit<Validity, 'recurrence'> & {
    readonly recurrence: Loose<NonNullable<Validity['recurrence']>> | null;
  };
  readonly distribution: DistributionDraft;
};

export interface CampaignEditing {
  readonly draft: CampaignDraft;
  /** The draft as a campaign; null while something is missing. */
  readonly campaign: Campaign | null;
  /** Where the first thing is that is missing: 'benefit.rateBasisPoints'. */
  readonly missing: string | null;
  readonly campaignId: string | null;
  readonly state: 'unchanged' | 'unsaved' | 'saving' | 'saved';
  /** Somebody else saved this draft meanwhile. */
  readonly isTaken: boolean;
  change(part: Partial<CampaignDraft>): void;
  /** Says that somebody else saved or published it: nothing more is written until it is read again. */
  noteTaken(): void;
  /** Saves what is not saved yet; answers what stands, or null where it could not be saved. */
  flush(standsOnLatest?: boolean): Promise<{ campaignId: string; revision: number } | null>;
}

/** A campaign to begin with: ten percent off, of which one voucher has one use. */
export function firstDraft(): CampaignDraft {
  const { name: _, ...rest } = campaignSchema.parse({ name: '-', benefit: { kind: 'percent', rateBasisPoints: 1000 } });
  return { name: '', ...rest };
}

/** A new campaign that says what another does, under a name of its own; a code belongs to one campaign, so it asks for another. */
export function copyOf(campaign: Campaign, name: string): CampaignDraft {
  return { ...campaign, name: name.slice(0, MOST_NAME), genericCode: campaign.genericCode === null ? null : '' };
}

function stateAtFirst(detail: CampaignDetail | null): CampaignEditing['state'] {
  if (detail === null) return 'unsaved';
  return detail.draft === null ? 'unchanged' : 'saved';
}

/** What the ticket can show of a draft that lacks nothing but a name; null where more is missing. */
export function ticketOf(draft: CampaignDraft): Campaign | null {
  return campaignSchema.safeParse({ ...draft, name: draft.name.trim() || NO_NAME }).data ?? null;
}

function readDraft(draft: CampaignDraft): Pick<CampaignEditing, 'campaign' | 'missing'> {
  const read = campaignSchema.safeParse(draft);
  if (read.success) return { campaign: read.data, missing: null };
  return { campaign: null, missing: read.error.issues[0]?.path.join('.') ?? '' };
}

/** A campaign that is being written: saved as a draft by itself as soon as it says something whole. */
export function useCampaignDraft(detail: CampaignDetail | null, from: CampaignDraft | null): CampaignEditing {
  const save = useCommand(useApiClient().vouchers.saveDraft);
  const report = useReport();
  const [draft, setDraft] = useState<CampaignDraft>(
    () => detail?.draft?.campaign ?? (detail === null ? from : shownCampaign(detail)) ?? firstDraft(),
  );
  const [campaignId, setCampaignId] = useState(detail?.campaignId ?? null);
  const [state, setState] = useState(() => stateAtFirst(detail));
  const [isTaken, setIsTaken] = useState(false);
  const now = useRef({
    draft,
    campaignId,
    revision: detail?.draft?.revision ?? 0,
    isDirty: false,
    saving: Promise.resolve() as Promise<unknown>,
  });

  const store = async (standsOnLatest: boolean): ReturnType<CampaignEditing['flush']> => {
    const whole = campaignSchema.safeParse(now.current.draft);
    if (!whole.success) return null;
    now.current.isDirty = false;
    setState('saving');
    const { campaignId: known, revision } = now.current;
    const result = await save.run({ campaignId: known, campaign: whole.data, revision, standsOnLatest });
    if (result.kind !== 'done') {
      now.current.isDirty = true;
      setState('unsaved');
      if (result.kind === 'refused' && result.refusal.reason === 'changed-elsewhere') setIsTaken(true);
      else report(result);
      return null;
    }
    now.current.campaignId = result.value.campaignId;
    now.current.revision = result.value.revision;
    setCampaignId(result.value.campaignId);
    if (!now.current.isDirty) setState('saved');
    return { campaignId: result.value.campaignId, revision: result.value.revision };
  };
  const storeNow = useRef(store);
  storeNow.current = store;

  const flush = useCallback(async (standsOnLatest = false): ReturnType<CampaignEditing['flush']> => {
    await now.current.saving;
    const { isDirty, campaignId: known, revision } = now.current;
    if (!isDirty && !standsOnLatest && known !== null && revision > 0) return { campaignId: known, revision };
    const saving = storeNow.current(standsOnLatest);
    now.current.saving = saving;
    return saving;
  }, []);

  const timer = useRef<number | undefined>(undefined);
  // What was typed last is not lost by closing the panel.
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      if (now.current.isDirty) void flush();
    },
    [flush],
  );

  const change = (part: Partial<CampaignDraft>): void => {
    const next = { ...now.current.draft, ...part };
    now.current.draft = next;
    now.current.isDirty = true;
    setDraft(next);
    setState('unsaved');
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush(), SAVE_AFTER_MS);
  };
  const noteTaken = (): void => setIsTaken(true);
  return { draft, ...readDraft(draft), campaignId, state, isTaken, change, noteTaken, flush };
}
