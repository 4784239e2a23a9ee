import { type Campaign, campaignSchema } from './campaign.ts';

/** What a new campaign can begin from. */
export const CAMPAIGN_TEMPLATES = [
  'hours',
  'birthday',
  'win-back',
  'welcome',
  'friend',
  'referrer',
  'season',
  'next-order',
] as const;
export type CampaignTemplate = (typeof CAMPAIGN_TEMPLATES)[number];

const WEEKDAYS = [0, 1, 2, 3, 4];
const SHOWN_DAYS = 14;

/**
 * Returns a campaign to begin from: weekdays before eleven, a birthday, who has not come for two months, a first
 * purchase, both sides of a referral (VC23), a season of every year, a coupon with a sale (PR2). today is the shop's civil date;
 * amountMinor a round sum of its currency.
 */
export function campaignFrom(
  template: CampaignTemplate,
  { name, today, amountMinor }: { readonly name: string; readonly today: string; readonly amountMinor: number },
): Campaign {
  const percent = (rateBasisPoints: number) => ({ kind: 'percent', rateBasisPoints }) as const;
  const amount = { kind: 'amount', amountMinor } as const;
  const once = { limits: { perCustomer: 1 } };
  const given = {
    hours: { benefit: percent(1000), ...once, validity: { windows: [{ weekdays: WEEKDAYS, toMinute: 660 }] } },
    birthday: { benefit: { kind: 'product' }, distribution: { kind: 'birthday' }, validity: { claimDays: 30 } },
    'win-back': { benefit: amount, distribution: { kind: 'win-back', afterDays: 60 }, validity: { claimDays: 30 } },
    welcome: { benefit: percent(1000), distribution: { kind: 'enrolment' }, audience: { isFirstPurchase: true } },
    friend: {
      benefit: percent(1000),
      distribution: { kind: 'referral', side: 'friend' },
      audience: { isFirstPurchase: true },
    },
    referrer: { benefit: amount, distribution: { kind: 'referral', side: 'referrer' }, validity: { claimDays: 60 } },
    season: {
      benefit: percent(1500),
      distribution: { kind: 'season', startsOn: today.slice(5), forDays: SHOWN_DAYS },
      validity: { claimDays: SHOWN_DAYS },
    },
    'next-order': {
      benefit: percent(1000),
      use: 'next-sale',
      distribution: { kind: 'after-sale', minimumMinor: 10 * amountMinor },
      validity: { claimDays: 30 },
    },
  } as const;
  return campaignSchema.parse({ name, ...given[template] });
}
