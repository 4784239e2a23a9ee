import type { CampaignLimit } from '#shop/alerts/alert.ts';
import { isCampaignsFault, limitStandingOf } from '#shop/alerts/thresholds.ts';
import { uuidV5 } from '#shop/ids/uuid.ts';
import { mustHave } from '#shop/must.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { mostUses } from '#shop/vouchers/standing.ts';
import { raiseAlert } from '../alerts/alerts-store.ts';
import type { SystemScope } from '../command-scope.ts';
import { selectCampaignVersion } from '../vouchers/campaigns-store.ts';
import { selectCampaignTotals } from '../vouchers/vouchers-store.ts';

/**
 * Tells whoever is in charge that a campaign has used its budget or its uses (its own limit or that of its code for everybody),
 * or nine tenths of them, after a redemption was counted: once for each limit, also where a refund gives some of it back. A limit that is raised is another one.
 */
export function tellLimits(scope: SystemScope, campaignId: string, versionId: string): void {
  const { db, shop } = scope;
  const version = mustHave(selectCampaignVersion(db, shop.merchantId, versionId), 'the version of a redemption');
  const { budgetMinor } = version.campaign.limits;
  const total = mostUses(version.campaign);
  if (budgetMinor === null && total === null) return;
  const { costMinor, uses } = selectCampaignTotals(db, campaignId);
  if (budgetMinor !== null) tell(scope, campaignId, { limit: 'budget', used: costMinor, of: budgetMinor });
  if (total !== null) tell(scope, campaignId, { limit: 'uses', used: uses, of: total });
}

function tell(scope: SystemScope, campaignId: string, facts: CampaignLimit): void {
  const standing = limitStandingOf(facts);
  if (standing === null) return;
  const kind = standing === 'near' ? 'campaign-near-limit' : 'campaign-limit-reached';
  const subject = `${campaignId}:${facts.limit}:${facts.of}`;
  raiseAlert(scope, { kind, facts, subject, campaignId, occurrenceId: uuidV5(campaignId, `${kind}:${subject}`) });
}

/** Tells that a campaign's rule gave nothing, where that needs somebody: once a day for each reason. */
export function tellNotGiven(scope: SystemScope, campaignId: string, reason: string): void {
  if (!isCampaignsFault(reason)) return;
  const day = localDateOf(scope.moment.trustedAtMs, scope.shop.timeZone);
  const subject = `${campaignId}:${reason}`;
  const occurrenceId = uuidV5(campaignId, `vouchers-not-given:${reason}:${day}`);
  raiseAlert(scope, { kind: 'vouchers-not-given', facts: { reason }, subject, campaignId, occurrenceId });
}
