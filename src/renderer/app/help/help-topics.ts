import type { Route } from '../../ui/route.ts';

/** The topics in the order of the list; their words are `help.topic.<id>`. */
export const HELP_TOPICS = [
  'sell',
  'redeem',
  'give',
  'points',
  'credit',
  'packages',
  'refunds',
  'customers',
  'campaigns',
  'trials',
  'figures',
  'alerts',
  'people',
  'offline',
  'faq',
  'messages',
  'keys',
] as const;

export type HelpTopicId = (typeof HELP_TOPICS)[number];

/** Where a topic sends on to. */
export const SEE_ALSO: Readonly<Record<HelpTopicId, readonly HelpTopicId[]>> = {
  sell: ['redeem', 'credit', 'refunds'],
  redeem: ['messages', 'give', 'refunds'],
  give: ['redeem', 'campaigns'],
  points: ['redeem', 'customers', 'refunds'],
  credit: ['packages', 'refunds', 'messages'],
  packages: ['credit', 'messages'],
  refunds: ['credit', 'people'],
  customers: ['give', 'points'],
  campaigns: ['redeem', 'trials'],
  trials: ['campaigns', 'figures'],
  figures: ['trials', 'campaigns'],
  alerts: ['figures', 'offline'],
  people: ['refunds', 'alerts', 'offline'],
  offline: ['people', 'faq'],
  faq: ['messages', 'offline'],
  messages: ['redeem', 'people'],
  keys: ['sell', 'faq'],
};

const BY_SCREEN: Readonly<Record<string, HelpTopicId>> = {
  till: 'sell',
  customers: 'customers',
  award: 'points',
  vouchers: 'redeem',
  today: 'figures',
  experiments: 'trials',
  alerts: 'alerts',
  activity: 'people',
  settings: 'people',
};

const BY_PAGE: Readonly<Record<string, HelpTopicId>> = {
  'till/sales': 'refunds',
  'till/sale': 'refunds',
  'customers/gift-cards': 'credit',
  'settings/value': 'credit',
  'settings/programme': 'points',
};

/** The topic of where one stands: of the page, else of its screen. A campaign, or one being written, is about campaigns. */
export function topicOf({ screen, rest }: Pick<Route, 'screen' | 'rest'>): HelpTopicId {
  const page = BY_PAGE[`${screen}/${rest[0] ?? ''}`];
  if (page !== undefined) return page;
  if (screen === 'vouchers' && rest.length > 0) return 'campaigns';
  return BY_SCREEN[screen] ?? 'faq';
}
