import type { i18n as I18n } from 'i18next';
import type { RefusalReason } from '#shop/refusal.ts';
import { isOverridable, PERMISSIONS, type Permission } from '#shop/staff/permissions.ts';
import { foldText } from '../../ui/fold-text.ts';
import { WORDED_REASONS } from '../../ui/refusal-text.ts';
import { HELP_TOPICS, type HelpTopicId } from './help-topics.ts';

/** One heading of a topic with what stands under it. Lines may name a control (`*Charge*`) or a key (`[F9]`). */
export interface HelpPart {
  readonly heading: string;
  readonly steps?: readonly string[];
  readonly text?: readonly string[];
}

export interface HelpTopic {
  readonly title: string;
  readonly parts: readonly HelpPart[];
}

/** A piece of a line: words, the name of something on screen, or a key as printed. */
export interface HelpSpan {
  readonly kind: 'words' | 'control' | 'key';
  readonly text: string;
}

/** What the till can say, and what to do about it; null where the words say it themselves. */
export interface HelpMessage {
  readonly reason: RefusalReason;
  readonly says: string;
  readonly does: string | null;
}

/** Somewhere in the help, as the search sees it. */
export interface HelpPlace {
  readonly id: string;
  readonly topic: HelpTopicId;
  readonly heading: string;
  readonly line: string;
}

export const MESSAGE_GROUPS = ['voucher', 'credit', 'pass', 'reward', 'till', 'other'] as const;
export type MessageGroup = (typeof MESSAGE_GROUPS)[number];

const GROUP_OF: readonly (readonly [MessageGroup, RegExp])[] = [
  ['voucher', /^voucher-/],
  ['credit', /^(credit|gift-card)-/],
  ['pass', /^pass-/],
  ['reward', /^(reward-|points-short|balance-negative)/],
  [
    'till',
    /^(sale|tender|refund|exchange|cancel|shift|draft|discount|price|nothing-to-refund|empty-sale|too-many|attach)/,
  ],
];

/** Where a reason stands in the list of messages. */
export function groupOf(reason: RefusalReason): MessageGroup {
  return GROUP_OF.find(([, names]) => names.test(reason))?.[0] ?? 'other';
}

/** Splits a line of the help into words, controls and keys. */
export function spansOf(line: string): HelpSpan[] {
  return line
    .split(/(\*[^*]+\*|\[[^\]]+\])/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (piece.startsWith('*')) return { kind: 'control', text: piece.slice(1, -1) };
      if (piece.startsWith('[')) return { kind: 'key', text: piece.slice(1, -1) };
      return { kind: 'words', text: piece };
    });
}

/** A line as it is read aloud or searched, without its marks. */
export function plainLine(line: string): string {
  return spansOf(line)
    .map(({ text }) => text)
    .join('');
}

/** A template without its facts: 'Only from {{from}} to {{to}}' is 'Only from … to …'. */
export function withoutFacts(template: string): string {
  const bare = template.replace(/\$t\(.*?\}\}\)|\{\{.*?\}\}/g, '…');
  return bare.replace(/…(, …)+/g, '…').trim();
}

function resource(i18n: I18n, area: string, key: string): unknown {
  return i18n.getResource(i18n.language, area, key) ?? undefined;
}

/** The words of one topic in the language of the screen. */
export function readTopic(i18n: I18n, id: HelpTopicId): HelpTopic {
  return resource(i18n, 'help', `topic.${id}`) as HelpTopic;
}

/** What a manager's PIN opens in place, in the order of the table of permissions. */
export function readOpenedByPin(i18n: I18n): string[] {
  const words = resource(i18n, 'help', 'manager') as Readonly<Partial<Record<Permission, string>>>;
  return PERMISSIONS.filter(isOverridable).flatMap((permission) => words[permission] ?? []);
}

/** Every reason for which the shop says no, in the shop's own words, with what to do. */
export function readMessages(i18n: I18n): HelpMessage[] {
  const advice = resource(i18n, 'help', 'do') as Readonly<Partial<Record<RefusalReason, string>>>;
  return WORDED_REASONS.map((reason) => ({
    reason,
    says: withoutFacts(String(resource(i18n, 'refusals', reason))),
    does: advice[reason] ?? null,
  }));
}

function placesOf(i18n: I18n): HelpPlace[] {
  const parts = HELP_TOPICS.flatMap((topic) =>
    readTopic(i18n, topic).parts.map(({ heading, steps = [], text = [] }) => ({
      id: `${topic}/${heading}`,
      topic,
      heading,
      line: [...steps, ...text].map(plainLine).join(' '),
    })),
  );
  const messages = readMessages(i18n).map(({ reason, says, does }) => ({
    id: reason,
    topic: 'messages' as const,
    heading: says,
    line: does ?? '',
  }));
  return [...parts, ...messages];
}

/** The places that hold every typed word, without case and accents; those that hold them in the heading come first. */
export function findInHelp(i18n: I18n, typed: string): HelpPlace[] {
  const words = foldText(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const holds = (text: string): boolean => {
    const folded = foldText(text);
    return words.every((word) => folded.includes(word));
  };
  const titled = (place: HelpPlace): string => `${readTopic(i18n, place.topic).title} ${place.heading}`;
  const found = placesOf(i18n).filter((place) => holds(`${titled(place)} ${place.line}`));
  return [...found.filter((place) => holds(titled(place))), ...found.filter((place) => !holds(titled(place)))];
}
