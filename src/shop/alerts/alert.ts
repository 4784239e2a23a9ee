/** What an alert says of each kind; one entry here, its words and whoever raises it are all that a kind is. */
interface FactsOfAlerts {
  /** A payment outside the till did not come about: what of the sale's points, credit, units and vouchers is free again. */
  readonly 'payment-failed': {
    readonly reason: 'declined' | 'given-up';
    readonly tenderKind: string;
    readonly amountMinor: number;
    readonly points: number;
    readonly creditMinor: number;
    readonly units: number;
    readonly vouchers: number;
  };
  /** A campaign that gives by itself gave nothing, for a reason that does not lie with the customer. */
  readonly 'vouchers-not-given': { readonly reason: string };
  /** What runs by itself broke off. The error code stands in the log. */
  readonly 'job-failed': { readonly job: string; readonly errorCode: string };
  readonly 'campaign-near-limit': CampaignLimit;
  readonly 'campaign-limit-reached': CampaignLimit;
  /** Different codes that nobody made, at one till within so many minutes. */
  readonly 'unknown-codes': { readonly codes: number; readonly minutes: number };
}

/** `of`: the budget in minor units or the uses that the campaign allows; `used` of them. */
export interface CampaignLimit {
  readonly limit: 'budget' | 'uses';
  readonly used: number;
  readonly of: number;
}

export type AlertKind = keyof FactsOfAlerts;

/** One thing that happened and that somebody in charge is to look at: ids and numbers, no names. */
export type Alert = { [Kind in AlertKind]: { readonly kind: Kind; readonly facts: FactsOfAlerts[Kind] } }[AlertKind];
