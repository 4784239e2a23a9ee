import { createInstance, type TFunction } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { createFormatter } from '../../ui/format.ts';
import words from '../../i18n/en/customers.json' with { type: 'json' };
import type { TimelineGroup } from './customers-data.ts';
import { byDay } from './customer-timeline.tsx';
import { actionWords, effectWords } from './timeline-words.ts';

const i18n = createInstance();
beforeAll(async () => {
  await i18n.init({ lng: 'en', resources: { en: { customers: words } }, interpolation: { escapeValue: false } });
});
const t = (): TFunction<'customers'> => i18n.getFixedT('en', 'customers') as TFunction<'customers'>;
const format = createFormatter({ language: 'en', region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' });

const group = (
  type: string,
  data: Record<string, string | number | null>,
  rest: Partial<TimelineGroup> = {},
): TimelineGroup =>
  ({
    groupId: 'g1',
    atMs: Date.UTC(2026, 10, 14, 12, 18),
    businessDate: '2026-11-14',
    action: { type, data },
    effects: [],
    staffName: 'Diego Acosta',
    source: 'Till',
    terminalName: 'Till 1',
    ...rest,
  }) as TimelineGroup;

test('PT12: a reward and a new tier are worded by their names, alone and beside the sale', () => {
  const reward = { type: 'customer.redeemed.loyalty_points', data: { points: -300, rewardName: 'Free lunch' } };
  const tier = { type: 'customer.tier.upgraded', data: { tierName: 'Gold' } };
  expect(effectWords(t(), format, reward)).toBe('Free lunch: −300 points');
  expect(effectWords(t(), format, tier)).toBe('Up to Gold');
  expect(actionWords(t(), format, group(reward.type, reward.data)).title).toBe('Reward taken: Free lunch');
  expect(actionWords(t(), format, group('customer.tier.downgraded', tier.data)).title).toBe('Moved down to Gold');
});

test('a sale is worded with its number, what it cost, how many items and who rang it up', () => {
  const sale = group('customer.order.created', {
    saleId: 's1',
    receiptNumber: '001-002-0004791',
    amountMinor: 76_000,
    itemCount: 4,
  });
  expect(actionWords(t(), format, sale)).toEqual({
    icon: 'sale',
    tone: 'neutral',
    title: 'Sale 001-002-0004791',
    saleId: 's1',
    amountMinor: 76_000,
    details: ['09:18', '4 items', 'Diego Acosta'],
  });
});

test('money that went back is negative', () => {
  const refund = group('customer.order.updated', {
    saleId: 's1',
    receiptNumber: '7',
    amountMinor: -18_000,
    change: 'refund',
  });
  expect(actionWords(t(), format, refund).amountMinor).toBe(-18_000);
});

test('an undone award says so, and points given by hand say why', () => {
  expect(
    actionWords(t(), format, group('customer.order.canceled', { undoes: 'e1', saleId: null, amountMinor: null })).title,
  ).toBe('Points undone');
  expect(actionWords(t(), format, group('customer.rewarded', { reason: 'goodwill', points: 50 })).title).toBe(
    'Goodwill points',
  );
});

test('C-35: points of a reward that are free again, because a card was declined, are not called a reward taken', () => {
  const back = group('customer.redeemed.loyalty_points', { kind: 'reverse_redeem', points: 500, saleId: 's1' });
  expect(actionWords(t(), format, back).title).toBe('Points of a reward given back');
});

test('points that followed are a chip with their sign', () => {
  expect(effectWords(t(), format, { type: 'customer.rewarded.loyalty_points', data: { points: 1_114 } } as never)).toBe(
    '+1.114 points',
  );
  expect(effectWords(t(), format, { type: 'customer.rewarded.loyalty_points', data: { points: -18 } } as never)).toBe(
    '−18 points',
  );
});

test('an event without words of its own is shown by its type and never hidden', () => {
  expect(actionWords(t(), format, group('customer.something.new', {})).title).toBe('customer.something.new');
});

test('groups of one business day stand together in the order given', () => {
  const late = group('a', {}, { groupId: 'g1', businessDate: '2026-11-14' });
  const early = group('b', {}, { groupId: 'g2', businessDate: '2026-11-14' });
  const before = group('c', {}, { groupId: 'g3', businessDate: '2026-11-13' });
  expect(byDay([late, early, before]).map((day) => day.groups.map(({ groupId }) => groupId))).toEqual([
    ['g1', 'g2'],
    ['g3'],
  ]);
});

test('S4-75 PT14: points that ended, ripened or end soon are worded with how many', () => {
  const fact = (type: string, data: object) => ({ type: `customer.points.${type}`, data }) as never;
  expect(effectWords(t(), format, fact('expired', { points: -12 }))).toBe('12 points ended');
  expect(effectWords(t(), format, fact('ripened', { points: 30 }))).toBe('30 points can be used');
  expect(actionWords(t(), format, group('customer.points.expiring', { endingPoints: 7 })).title).toBe(
    '7 points end soon',
  );
});

test('W1 VC: vouchers, credit and passes are worded by their names and amounts, in the shop’s word for credit', () => {
  const title = (
    type: string,
    data: Record<string, string | number | null>,
    name: { one: string; many: string } | null = null,
  ) => actionWords(t(), format, group(type, data), name).title.replaceAll('\u00a0', ' ');
  expect(title('customer.voucher.claimed', { campaignName: '10 % off breakfast' })).toBe(
    '10 % off breakfast: put into the wallet',
  );
  expect(title('customer.voucher.refused', { reason: 'voucher-used' })).toBe('Voucher refused: already used');
  expect(title('customer.credit.adjusted', { amountMinor: 20_000 })).toBe('₲ 20.000 given by hand');
  expect(title('customer.credit.adjusted', { amountMinor: -500 }, { one: 'coin', many: 'coins' })).toBe(
    '500 coins taken off by hand',
  );
  expect(title('customer.credit.expiring', { endingMinor: 1_000 })).toBe('₲ 1.000 end soon');
  expect(title('customer.pass.used', { passName: 'Ten coffees', units: -1 })).toBe('Ten coffees: 1 use taken');
  expect(title('customer.pass.adjusted', { passName: 'Ten coffees', units: -2 })).toBe(
    'Ten coffees: 2 uses taken off by hand',
  );
  const spent = { type: 'customer.credit.spent', data: { amountMinor: 6_000 } };
  expect(effectWords(t(), format, spent).replaceAll('\u00a0', ' ')).toBe('₲ 6.000 paid with credit');
});
