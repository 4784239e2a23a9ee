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
  const { validity, limits, trigger, distribution } = version.campaign;
  const endMs = endOf(validity, zone);
  if (endMs !== null && atMs >= endMs) return 'ended';
  if (status === 'paused') return 'paused';
  if (atMs < (startOf(validity, zone) ?? atMs)) return 'scheduled';
  const isSpent = limits.budgetMinor !== null && spentMinor >= limits.budgetMinor;
  if (isSpent || (limits.total !== null && uses.total >= limits.total)) return 'used-up';
  return trigger === 'automatic' || distribution.kind !== 'by-hand' ? 'automatic' : 'live';
}
