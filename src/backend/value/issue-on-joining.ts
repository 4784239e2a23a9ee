import { issueKeyOf } from '#shop/vouchers/issue.ts';
import type { SystemScope } from '../command-scope.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { selectRunningCampaigns } from '../vouchers/due-store.ts';
import { issueVoucher } from './issue-voucher.ts';

/**
 * Gives who has just joined the vouchers for joining, and who was brought theirs, while they stand at the counter. The job
 * that gives by rule finds the same causes, so nobody has two; what is refused here it tries again.
 */
export function issueOnJoining(scope: SystemScope, customerId: string, wasBrought: boolean): void {
  const { db, shop } = scope;
  for (const { campaignId } of selectRunningCampaigns(db, shop.merchantId)) {
    const distribution = selectCampaign(db, shop.merchantId, campaignId)?.version?.campaign.distribution;
    const isForFriend = distribution?.kind === 'referral' && distribution.side === 'friend' && wasBrought;
    if (distribution?.kind !== 'enrolment' && !isForFriend) continue;
    const occasion = isForFriend
      ? ({ kind: 'referral', friendId: customerId } as const)
      : ({ kind: 'enrolment' } as const);
    const issueKey = issueKeyOf(campaignId, customerId, occasion);
    issueVoucher(scope, { campaignId, customerId, saleId: null, issueKey });
  }
}
