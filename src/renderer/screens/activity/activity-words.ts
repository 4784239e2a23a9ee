import type { TFunction } from 'i18next';
import type { Formatter } from '../../ui/format.ts';

export type Values = Readonly<Record<string, unknown>>;

/** One field that changed, in words. */
export interface ChangedField {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What was done, in words; an action that has none yet reads as its code. */
export function actionWords(t: TFunction<'activity'>, action: string): string {
  return t(`actions.${action}`, { defaultValue: action });
}

function valueText(format: Formatter, name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') {
    if (/_minor$|Minor$/.test(name)) return format.money(value);
    if (/(^|_)at_ms$|AtMs$/.test(name)) return format.exact(value);
    if (/basis_points$|BasisPoints$/.test(name)) return format.percent(value);
    return format.number(value);
  }
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (Array.isArray(value)) return value.map((part) => valueText(format, name, part)).join(', ') || '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Ids tie rows together and versions count them; neither tells a reader anything. */
function isBookkeeping(name: string): boolean {
  return /(^|_)ids?$|Ids?$|^version$/.test(name);
}

/** Fields that differ between two states; every field when there was none before. */
export function changedFields(format: Formatter, before: Values | null, after: Values | null): ChangedField[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .filter((name) => !isBookkeeping(name))
    .map((name) => ({
      name,
      before: valueText(format, name, before?.[name]),
      after: valueText(format, name, after?.[name]),
    }))
    .filter((field) => field.before !== field.after);
}

/** 'price_minor' as people read it: 'price'. */
export function fieldName(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/_(minor|ms|thousandths|basis_points)$/, '')
    .replaceAll('_', ' ');
}
