import type { TFunction } from 'i18next';

/** What a line is called; an open amount whose name went with an erased customer is called what it was. */
export function lineName(t: TFunction<'till'>, { name }: { readonly name: string }): string {
  return name === '' ? t('openAmount.defaultName') : name;
}
