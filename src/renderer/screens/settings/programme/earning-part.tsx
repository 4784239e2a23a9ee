import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countingUnitMinor } from '#shop/money/currency.ts';
import type { EarningRule, Promotion } from '#shop/points/programme-rules.ts';
import { newOperationId } from '../../../api.ts';
import { useShop } from '../../../ui/shop-context.ts';
import { PromotionPanel } from './promotion-panel.tsx';
import { RulePanel } from './rule-panel.tsx';
import { SentenceList } from './sentence-list.tsx';
import type { PartProps } from './part-props.ts';
import { promotionText, ruleText } from './words.ts';

type Open = { readonly rule: EarningRule | null } | { readonly promotion: Promotion | null } | null;

/** How points are earned: the rules, and the promotions that add to them. */
export function EarningPart({ editing, words, isDisabled }: PartProps): ReactNode {
  const { t } = useTranslation('programme');
  const { currency } = useShop();
  const [open, setOpen] = useState<Open>(null);
  const { programme, change } = editing;
  const { rules, promotions } = programme;
  const levels = programme.tiers?.levels ?? [];
  const close = (): void => setOpen(null);
  return (
    <>
      <SentenceList
        title={t('rules')}
        emptyText={t('rulesEmpty')}
        addLabel={t('rule.add')}
        items={rules}
        idOf={(rule) => rule.ruleId}
        nameOf={(rule) => rule.name}
        textOf={(rule) => ruleText(words, rule)}
        isDisabled={isDisabled}
        onAdd={() => setOpen({ rule: null })}
        onOpen={(rule) => setOpen({ rule })}
      />
      <SentenceList
        title={t('promotions')}
        emptyText={t('promotionsEmpty')}
        addLabel={t('promotion.add')}
        items={promotions}
        idOf={(promotion) => promotion.promotionId}
        nameOf={(promotion) => promotion.name}
        textOf={(promotion) => promotionText(words, promotion)}
        isDisabled={isDisabled}
        onAdd={() => setOpen({ promotion: null })}
        onOpen={(promotion) => setOpen({ promotion })}
      />
      {open !== null && 'rule' in open && (
        <RulePanel
          rule={open.rule}
          newId={newOperationId}
          unitMinor={countingUnitMinor(currency)}
          words={words}
          levels={levels}
          onStore={(rule) => change({ rules: replaced(rules, rule, (each) => each.ruleId) })}
          onRemove={() => {
            change({ rules: rules.filter((each) => each !== open.rule) });
            close();
          }}
          onClose={close}
        />
      )}
      {open !== null && 'promotion' in open && (
        <PromotionPanel
          promotion={open.promotion}
          newId={newOperationId}
          words={words}
          levels={levels}
          onStore={(promotion) => change({ promotions: replaced(promotions, promotion, (each) => each.promotionId) })}
          onRemove={() => {
            change({ promotions: promotions.filter((each) => each !== open.promotion) });
            close();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

/** The list with an item in its old place, or at the end where it is new. */
export function replaced<Item>(items: readonly Item[], item: Item, idOf: (item: Item) => string): Item[] {
  return items.some((each) => idOf(each) === idOf(item))
    ? items.map((each) => (idOf(each) === idOf(item) ? item : each))
    : [...items, item];
}
