import { useTranslation } from 'react-i18next';
import type { ValueOfSale } from '#shop/till/value-on-sale.ts';
import { useCreditWords } from '../../../ui/credit-words.ts';
import { useFormat } from '../../../ui/format.ts';

/** One thing that a sale did with value, in words: what it is, when it ends, and how much is there now. */
export interface ValueRow {
  readonly key: string;
  readonly label: string;
  readonly small: string;
  readonly value: string;
}

/** A code that the customer takes along, to be shown as QR and in letters. */
export interface ValueCode {
  readonly key: string;
  readonly title: string;
  readonly small: string;
  readonly code: string;
}

/** What is left of credit and passes after a sale, what it sold, and the codes it gave; the same on screen and on paper. */
export function useValueRows(value: ValueOfSale): {
  readonly rows: readonly ValueRow[];
  readonly codes: readonly ValueCode[];
} {
  const { t } = useTranslation('value');
  const format = useFormat();
  const credit = useCreditWords();
  const until = (endsAtMs: number | null): string =>
    endsAtMs === null ? '' : t('check.until', { day: format.day(endsAtMs - 1, Date.now()) });
  const amountOf = (kind: string, minor: number): string =>
    kind === 'credit' ? credit.amount(minor) : format.money(minor);
  const rows: ValueRow[] = [
    ...value.credit.map(({ accountId, kind, leftMinor }) => ({
      key: accountId,
      label: kind === 'credit' ? t('paid.left', { name: credit.title }) : t('paid.cardLeft'),
      small: '',
      value: amountOf(kind, leftMinor),
    })),
    ...value.passes.map(({ passId, name, left, endsAtMs }) => ({
      key: passId,
      label: name,
      small: until(endsAtMs),
      value: t('paid.passLeft', { count: left }),
    })),
    ...value.sold
      .filter(({ kind }) => kind !== 'gift-card')
      .map(({ lineId, kind, name, leftMinor, units, endsAtMs }) => ({
        key: lineId,
        label: kind === 'credit' ? t('paid.now', { name: credit.title }) : name,
        small: until(endsAtMs),
        value: kind === 'credit' ? credit.amount(leftMinor) : t('paid.passLeft', { count: units }),
      })),
  ];
  const codes: ValueCode[] = [
    ...value.sold.flatMap(({ lineId, kind, code, leftMinor, endsAtMs }) =>
      kind !== 'gift-card' || code === null
        ? []
        : [
            {
              key: lineId,
              title: t('paid.card', { amount: format.money(leftMinor) }),
              small: until(endsAtMs),
              code,
            },
          ],
    ),
    ...value.issued.map(({ voucherId, code, name, uses, endsAtMs }) => ({
      key: voucherId,
      title: t('paid.issued', { name }),
      small: [uses === null || uses === 1 ? '' : t('paid.uses', { count: uses }), until(endsAtMs)]
        .filter((part) => part !== '')
        .join(' · '),
      code,
    })),
  ];
  return { rows, codes };
}
