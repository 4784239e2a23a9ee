import type { Benefit } from '#shop/vouchers/kinds/all-kinds.ts';
import type { Formatter } from '../../ui/format.ts';

type BadgeFormat = Pick<Formatter, 'money' | 'moneyParts' | 'percent' | 'currencySymbol' | 'currencyDigits'>;

const THOUSAND = 1_000;
/** So many characters have room with the currency's symbol. */
const SHORT_BADGE = 6;

/** An amount in few characters, never rounded: shortened only where nothing is lost, long ones without their symbol. */
function badgeMoney(format: BadgeFormat, minor: number): string {
  const unit = 10 ** format.currencyDigits();
  const step = minor < THOUSAND * unit ? unit : minor < THOUSAND * THOUSAND * unit ? 100 * unit : 100 * THOUSAND * unit;
  if (minor % step === 0) return format.money(minor, { isCompact: true }).replace(/\s/g, '');
  const whole = format.money(minor);
  if (whole.length <= SHORT_BADGE) return whole;
  const digits = format.moneyParts(minor).filter(({ kind }) => kind !== 'symbol');
  return digits
    .map(({ text }) => text)
    .join('')
    .trim();
}

/**
 * The few characters that stand for what it gives, from the kind and its bare number: '10%', '₲20k', '1×'. paidUnits: for
 * how many paid pieces the free ones are ('2×1': two for the price of one).
 */
export function benefitBadge(
  format: BadgeFormat,
  kind: Benefit['kind'],
  value: number,
  paidUnits: number | null = null,
): string {
  if (kind === 'percent') return format.percent(value);
  if (kind === 'amount' || kind === 'fixed-price') return badgeMoney(format, value);
  if (kind === 'credit') return format.currencySymbol();
  return paidUnits === null ? `${value}×` : `${paidUnits + value}×${paidUnits}`;
}
