import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Formatter, type MoneyOptions, useFormat } from './format.ts';
import { useShop } from './shop-context.ts';

type CreditName = { readonly one: string; readonly many: string } | null;

/** How the shop's credit is called and written. */
export interface CreditWords {
  /** 'coins' as the shop calls them, or 'store credit'; begins small, for the middle of a sentence. */
  readonly name: string;
  /** The same to begin with. */
  readonly title: string;
  /** '₲ 20.000', or '20.000 coins' where the shop has a name for it. */
  amount(minor: number, options?: Pick<MoneyOptions, 'sign'>): string;
}

/** An amount of credit: one unit of a named credit is worth one unit of the currency. */
export function creditAmount(
  format: Formatter,
  name: CreditName,
  minor: number,
  options: Pick<MoneyOptions, 'sign'> = {},
): string {
  if (name === null) return format.money(minor, options);
  const figure = format
    .moneyParts(minor, options)
    .filter(({ kind }) => kind !== 'symbol')
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s/g, '');
  const isOne = Math.abs(minor) === 10 ** format.currencyDigits();
  return `${figure}\u00a0${isOne ? name.one : name.many}`;
}

/** The words for credit in the person's language and the shop's own name. */
export function useCreditWords(): CreditWords {
  const { t } = useTranslation('common');
  const format = useFormat();
  const { creditName } = useShop();
  return useMemo(() => {
    const name = creditName?.many ?? t('credit.name');
    return {
      name,
      title: name.charAt(0).toLocaleUpperCase() + name.slice(1),
      amount: (minor, options) => creditAmount(format, creditName, minor, options),
    };
  }, [t, format, creditName]);
}
