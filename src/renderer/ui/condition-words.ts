import { z } from 'zod';
import { type Condition, type ConditionFact, conditionSchema, isGroup } from '#shop/offers/conditions.ts';
import type { RefusalFacts } from '#shop/refusal.ts';
import { itemsText, listOf, type SayingWords } from './saying-words.ts';
import { windowsText } from './schedule-words.ts';

/** '3 of Coffee, or 20,00 of Food and tier Gold': what conditions ask for, as a part of a sentence. */
export function conditionsText(words: SayingWords, condition: Condition): string {
  return textOf(words, condition, false);
}

function textOf(words: SayingWords, condition: Condition, isWithin: boolean): string {
  if (!isGroup(condition)) return factText(words, condition);
  const { kind, parts } = condition;
  const texts = parts.map((part) => textOf(words, part, kind === 'none' || parts.length > 1));
  if (kind === 'none')
    return words.common('conditions.none', { count: texts.length, parts: listOf(words, texts, 'conjunction') });
  const text = listOf(words, texts, kind === 'all' ? 'conjunction' : 'disjunction');
  return isWithin && texts.length > 1 ? `(${text})` : text;
}

function factText(words: SayingWords, fact: ConditionFact): string {
  const { common, format } = words;
  const counted = (key: 'quantity' | 'variety' | 'purchases', count: number, items: string | null): string => {
    const number = format.number(count);
    if (key === 'purchases') return common('conditions.purchases', { count, number });
    return items === null
      ? common(`conditions.${key}OfAll`, { count, number })
      : common(`conditions.${key}`, { count, number, items });
  };
  switch (fact.kind) {
    case 'quantity':
    case 'variety':
      return counted(fact.kind, fact.atLeast, itemsText(words, fact.filter));
    case 'purchases':
      return counted(fact.kind, fact.atLeast, null);
    case 'spend': {
      const items = itemsText(words, fact.filter) ?? common('conditions.wholeSale');
      const text = common('conditions.spend', { amount: format.money(fact.amountMinor), items });
      return fact.withTax ? text : `${text} ${common('conditions.withoutTax')}`;
    }
    case 'time':
      return windowsText(words, [fact.window]) ?? common('conditions.always');
    case 'tier':
      return common('conditions.tier', { name: words.tierName(fact.tierId) });
    case 'segment':
      return common('conditions.segment', { name: words.segmentName(fact.segmentId) });
  }
}

const namesSchema = z.record(z.string(), z.string());

/** What of a campaign's conditions is missing, by the facts of a refusal; null where they do not tell it. */
export function missingText(
  words: Pick<SayingWords, 'common' | 'format' | 'today'>,
  { missing, missingNames }: RefusalFacts,
): string | null {
  if (typeof missing !== 'string' || typeof missingNames !== 'string') return null;
  const condition = conditionSchema.safeParse(JSON.parse(missing));
  const names = namesSchema.safeParse(JSON.parse(missingNames));
  if (!condition.success || !names.success) return null;
  const nameOf = (id: string): string => names.data[id] ?? words.common('items.gone');
  const named = { productName: nameOf, categoryName: nameOf, tierName: nameOf, segmentName: nameOf };
  return conditionsText({ ...words, ...named }, condition.data);
}
