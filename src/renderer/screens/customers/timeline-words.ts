import type { TFunction } from 'i18next';
import type { Formatter } from '../../ui/format.ts';
import { creditAmount } from '../../ui/credit-words.ts';
import type { TimelineGroup } from './customers-data.ts';
import type { ActionStyle, EventIcon, EventTone } from './event-style.ts';
import { VALUE_ACTIONS, valueFacts, valueKey } from './value-words.ts';

type EventFact = TimelineGroup['action'];
type Words = TFunction<'customers'>;
type CreditName = Parameters<typeof creditAmount>[1];

const ACTIONS: Readonly<Record<string, ActionStyle>> = {
  'customer.order.created': { words: 'sale', icon: 'sale', tone: 'neutral' },
  'customer.order.updated': { words: 'refund', icon: 'refund', tone: 'warning' },
  'customer.order.canceled': { words: 'cancel', icon: 'refund', tone: 'danger' },
  'customer.rewarded': { words: 'award', icon: 'points', tone: 'accent' },
  'customer.rewarded.loyalty_points': { words: 'award', icon: 'points', tone: 'accent' },
  'customer.redeemed.loyalty_points': { words: 'redeem', icon: 'points', tone: 'warning' },
  'customer.tier.upgraded': { words: 'tierUp', icon: 'tier', tone: 'success' },
  'customer.tier.downgraded': { words: 'tierDown', icon: 'tier', tone: 'neutral' },
  'customer.points.expired': { words: 'expire', icon: 'expire', tone: 'warning' },
  'customer.points.ripened': { words: 'ripen', icon: 'points', tone: 'success' },
  'customer.points.expiring': { words: 'warn', icon: 'expire', tone: 'warning' },
  'customer.scanned': { words: 'scan', icon: 'scan', tone: 'success' },
  'customer.created': { words: 'enrol', icon: 'person', tone: 'accent' },
  'customer.enrolled': { words: 'enrol', icon: 'person', tone: 'accent' },
  'customer.imported': { words: 'import', icon: 'person', tone: 'neutral' },
  'customer.updated': { words: 'update', icon: 'person', tone: 'neutral' },
  'customer.blocked': { words: 'block', icon: 'block', tone: 'danger' },
  'customer.exported': { words: 'exported', icon: 'person', tone: 'neutral' },
  'customer.card_replaced': { words: 'cardReplaced', icon: 'person', tone: 'warning' },
  'customer.merged': { words: 'merged', icon: 'person', tone: 'accent' },
  'customer.merge_undone': { words: 'mergeUndone', icon: 'person', tone: 'warning' },
  'customer.consent.given': { words: 'consentGiven', icon: 'person', tone: 'success' },
  'customer.consent.withdrawn': { words: 'consentWithdrawn', icon: 'person', tone: 'neutral' },
  'customer.segment.entered': { words: 'segmentEntered', icon: 'person', tone: 'neutral' },
  'customer.segment.left': { words: 'segmentLeft', icon: 'person', tone: 'neutral' },
  'customer.event.recorded': { words: 'recorded', icon: 'points', tone: 'accent' },
  'customer.unblocked': { words: 'unblock', icon: 'person', tone: 'success' },
  ...VALUE_ACTIONS,
};

function textOf(event: EventFact, name: string): string | null {
  const value = event.data[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(event: EventFact, name: string): number | null {
  const value = event.data[name];
  return typeof value === 'number' ? value : null;
}

/** 'by phone': how somebody said it; '' where that is not told. */
function channelWords(t: Words, event: EventFact): string {
  const channel = textOf(event, 'channel');
  return channel === null ? '' : t(`more.channel.${channel}`);
}

function styleOf(event: EventFact): ActionStyle {
  const style = ACTIONS[event.type] ?? { words: 'other', icon: 'other', tone: 'neutral' };
  const reason = textOf(event, 'reason');
  if (style.words === 'award' && (reason === 'goodwill' || reason === 'correction')) return { ...style, words: reason };
  if (textOf(event, 'undoes') !== null) return { words: 'undo', icon: 'refund', tone: 'warning' };
  if (textOf(event, 'awardedFor') !== null) {
    const isBack = textOf(event, 'kind') === 'reverse_earn';
    return isBack ? { words: 'eventBack', icon: 'refund', tone: 'warning' } : { ...style, words: 'event' };
  }
  if (textOf(event, 'kind') === 'reverse_redeem') return { words: 'redeemBack', icon: 'refund', tone: 'neutral' };
  return textOf(event, 'kind') === 'AWARD' ? { words: 'award', icon: 'points', tone: 'accent' } : style;
}

export interface EventWords {
  readonly icon: EventIcon;
  readonly tone: EventTone;
  readonly title: string;
  /** The sale it belongs to, for the link. */
  readonly saleId: string | null;
  /** Money at the right; negative when it went back. */
  readonly amountMinor: number | null;
  /** Time, items, how, who; joined by a middle dot. */
  readonly details: readonly string[];
}

/** Words the row of a group: what the person did. A type without words shows as it is, so nothing is hidden. */
export function actionWords(
  t: Words,
  format: Formatter,
  group: TimelineGroup,
  creditName: CreditName = null,
): EventWords {
  const { action } = group;
  if (VALUE_ACTIONS[action.type] !== undefined) return valueActionWords(t, format, group, creditName);
  const style = styleOf(action);
  const terminal = group.terminalName;
  const words = style.words === 'scan' && terminal === null ? 'scanPlain' : style.words;
  const amountMinor = numberOf(action, 'amountMinor') ?? numberOf(action, 'totalMinor');
  const isBack = style.icon === 'refund';
  return {
    icon: style.icon,
    tone: style.tone,
    title: t(`timeline.action.${words}`, {
      number: textOf(action, 'receiptNumber') ?? textOf(action, 'saleReceiptNumber') ?? '',
      terminal,
      reason: textOf(action, 'reason'),
      reward: textOf(action, 'rewardName') ?? '',
      event: eventTitle(t, textOf(action, 'awardedFor') ?? ''),
      tier: textOf(action, 'tierName') ?? '',
      segment: textOf(action, 'segmentName') ?? '',
      channel: channelWords(t, action),
      points: format.points(Math.abs(numberOf(action, 'endingPoints') ?? numberOf(action, 'points') ?? 0)),
      type: action.type,
    }).trim(),
    saleId: style.icon === 'sale' || style.icon === 'refund' ? textOf(action, 'saleId') : null,
    amountMinor: amountMinor === null ? null : isBack ? -Math.abs(amountMinor) : amountMinor,
    details: detailWords(t, format, group),
  };
}

function valueActionWords(t: Words, format: Formatter, group: TimelineGroup, creditName: CreditName): EventWords {
  const { icon, tone } = styleOf(group.action);
  return {
    icon,
    tone,
    title: valueTitle(t, format, group.action, creditName),
    saleId: null,
    amountMinor: null,
    details: detailWords(t, format, group),
  };
}

/** 'Birthday cake: put into the wallet': an event of vouchers, credit or passes, as a row or as a chip. */
function valueTitle(t: Words, format: Formatter, event: EventFact, creditName: CreditName): string {
  const { words } = styleOf(event);
  const facts = valueFacts(t, event, (minor) => creditAmount(format, creditName, minor));
  return t(`timeline.action.${valueKey(words, facts.isLess)}`, facts).trim();
}

function detailWords(t: Words, format: Formatter, group: TimelineGroup): string[] {
  const { action } = group;
  const items = numberOf(action, 'itemCount');
  const method = textOf(action, 'paymentMethod');
  const source = textOf(action, 'source') ?? textOf(action, 'scanSource');
  return [
    format.time(group.atMs),
    items === null ? null : t('timeline.items', { count: items }),
    method === null ? null : t(`timeline.tender.${method}`, { defaultValue: method }),
    source === null ? null : t(`timeline.source.${source}`, { defaultValue: source }),
    textOf(action, 'note'),
    group.staffName,
  ].filter((detail): detail is string => detail !== null && detail !== '');
}

/** What follows from an action and is worded as an action of its own. */
const ALSO_EFFECTS = /^customer\.(consent|segment|merge|blocked|unblocked)/;

const KNOWN_EVENTS = new Set(['birthday', 'review', 'enrolment', 'referral', 'referral-friend']);

/** What points without a sale were for: 'Birthday'. The shop's own code stands as it is. */
export function eventTitle(t: Words, event: string): string {
  return KNOWN_EVENTS.has(event) ? t(`timeline.event.${event}`) : event;
}

/** Words a chip: what the system did because of it. */
export function effectWords(t: Words, format: Formatter, effect: EventFact, creditName: CreditName = null): string {
  if (VALUE_ACTIONS[effect.type] !== undefined) return valueTitle(t, format, effect, creditName);
  const tier = textOf(effect, 'tierName');
  if (tier !== null && effect.type.startsWith('customer.tier.'))
    return t(`timeline.effect.${effect.type === 'customer.tier.upgraded' ? 'tierUp' : 'tierDown'}`, { tier });
  const aged = ACTIONS[effect.type];
  if (aged !== undefined && effect.type.startsWith('customer.points.')) {
    const many = Math.abs(numberOf(effect, 'endingPoints') ?? numberOf(effect, 'points') ?? 0);
    return t(`timeline.action.${aged.words}`, { points: format.points(many) });
  }
  if (aged !== undefined && ALSO_EFFECTS.test(effect.type)) {
    const segment = textOf(effect, 'segmentName') ?? '';
    const channel = channelWords(t, effect);
    return t(`timeline.action.${aged.words}`, {
      segment,
      channel,
      points: format.points(numberOf(effect, 'points') ?? 0),
    }).trim();
  }
  const points = numberOf(effect, 'points');
  const reward = textOf(effect, 'rewardName');
  if (points !== null && reward !== null)
    return t('timeline.effect.reward', { name: reward, points: format.points(points, { sign: 'always' }) });
  const awardedFor = textOf(effect, 'awardedFor');
  if (points !== null && awardedFor !== null) {
    const event = eventTitle(t, awardedFor);
    return t('timeline.effect.event', { event, points: format.points(points, { sign: 'always' }) });
  }
  if (points !== null) return t('timeline.effect.earned', { points: format.points(points, { sign: 'always' }) });
  if (/visit/.test(effect.type)) return t('timeline.effect.visit');
  return t('timeline.effect.other', { type: effect.type });
}
