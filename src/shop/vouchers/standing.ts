import type { Campaign } from './campaign.ts';
import { endOf, startOf } from './validity.ts';
import type { CampaignFacts } from './voucher-facts.ts';

/** How a campaign stands, in one word of the list of vouchers. */
export type CampaignStanding = 'draft' | 'scheduled' | 'live' | 'automatic' | 'paused' | 'used-up' | 'ended';

/** Says how a campaign stands at an instant: what was decided by hand first, then its dates, then its limits. */
export function standingOf(
  {
    version,
    status,
    uses,
    spentMinor,
  }: Pick<CampaignFacts, 'version' | 'status' | 'spentMinor'> & {
    readonly uses: Pick<CampaignFacts['uses'], 'total'>;
  },
  atMs: number,
  zone: string,
): CampaignStanding {
  if (status === 'ended') return 'ended';
  if (version === null || status === 'draft') return 'draft';
  const { campaign } = version;
  const { validity, limits, trigger, distribution } = campaign;
  const endMs = endOf(validity, zone);
  if (endMs !== null && atMs >= endMs) return 'ended';
  if (status === 'paused') return 'paused';
  if (atMs < (startOf(validity, zone) ?? atMs)) return 'scheduled';
  const isSpent = limits.budgetMinor !== null && spentMinor >= limits.budgetMinor;
  const limit = mostUses(campaign);
  if (isSpent || (limit !== null && uses.total >= limit)) return 'used-up';
  return trigger === 'automatic' || distribution.kind !== 'by-hand' ? 'automatic' : 'live';
}

/** How often it can be used in all: by its campaign, and where one code serves everybody by that code; null without limit. */
export function mostUses({ genericCode, limits: { total, usesPerCode } }: Campaign): number | null {
  if (genericCode === null || usesPerCode === null) return total;
  return total === null ? usesPerCode : Math.min(total, usesPerCode);
}
