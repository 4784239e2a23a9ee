import { describe, expect, test } from 'vitest';
import { type Campaign, campaignSchema } from '#shop/vouchers/campaign.ts';
import { CAMPAIGN_TEMPLATES, campaignFrom } from '#shop/vouchers/templates.ts';
import { createI18n } from '../../i18n/i18n.ts';
import { createFormatter } from '../../ui/format.ts';
import { benefitBadge } from './benefit-badge.ts';
import { type CampaignWords, campaignSentence, ticketValue } from './campaign-sentence.ts';

const nameOf = (id: string): string => id;
const formatOf = (language: 'en' | 'es') =>
  createFormatter({ language, region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' });

function wordsIn(language: 'en' | 'es'): CampaignWords {
  return {
    t: createI18n(language).getFixedT(language, 'vouchers'),
    common: createI18n(language).getFixedT(language, 'common'),
    format: formatOf(language),
    today: '2026-11-21',
    productName: nameOf,
    categoryName: nameOf,
    tierName: nameOf,
    segmentName: nameOf,
    staffName: nameOf,
  };
}

const EN = wordsIn('en');
const ES = wordsIn('es');
/** No-break spaces are spaces to a reader. */
const plain = (text: string): string => text.replace(/\u00a0|\u202f/g, ' ');
const TEN = { kind: 'percent', rateBasisPoints: 1000 };
const HERE = '01890000-0000-7000-8000-000000000001';

function campaignOf(change: object): Campaign {
  return campaignSchema.parse({ name: 'Any', benefit: TEN, ...change });
}

const COFFEE = { categoryIds: ['Coffee'] };
const FOOD = { categoryIds: ['Food'], excludeProductIds: ['Soup'] };

describe('what a campaign says', () => {
  test.each<[object, string, string]>([
    [
      {
        conditions: {
          kind: 'any',
          parts: [
            { kind: 'quantity', filter: COFFEE, atLeast: 3 },
            {
              kind: 'all',
              parts: [
                { kind: 'spend', filter: FOOD, amountMinor: 20_000, withTax: false },
                { kind: 'tier', tierId: 'Gold' },
              ],
            },
          ],
        },
      },
      '10% off the sale, needs 3 of Coffee or (₲ 20.000 of Food except Soup before tax and tier Gold)',
      '10% de descuento en la venta, exige 3 de Coffee o (₲ 20.000 de Food salvo Soup sin impuesto y nivel Gold)',
    ],
    [
      {
        conditions: {
          kind: 'all',
          parts: [
            { kind: 'quantity', atLeast: 1 },
            { kind: 'variety', atLeast: 2 },
            { kind: 'variety', filter: COFFEE, atLeast: 2 },
            { kind: 'spend', amountMinor: 5_000 },
            { kind: 'purchases', atLeast: 1 },
            { kind: 'none', parts: [{ kind: 'segment', segmentId: HERE }] },
            {
              kind: 'none',
              parts: [
                { kind: 'time', window: { weekdays: [5, 6] } },
                { kind: 'time', window: {} },
              ],
            },
          ],
        },
      },
      `10% off the sale, needs one item, 2 different products, 2 different of Coffee, ₲ 5.000 of any items, one earlier purchase, not a customer of ${HERE}, and none of (weekends and any time)`,
      `10% de descuento en la venta, exige un artículo, 2 productos distintos, 2 distintos de Coffee, ₲ 5.000 de cualquier artículo, una compra anterior, no un cliente de ${HERE} y nada de (fines de semana y cualquier momento)`,
    ],
    [
      {
        filter: { categoryIds: ['breakfast'] },
        validity: { windows: [{ weekdays: [0, 1, 2, 3, 4], toMinute: 660 }], endsOn: '2026-11-30' },
        limits: { perCustomer: 1 },
      },
      '10% off breakfast, weekdays before 11:00, once per customer, until 30 Nov',
      '10% de descuento en breakfast, de lunes a viernes antes de las 11:00, una vez por cliente, hasta el 30 nov',
    ],
    [
      {
        benefit: { kind: 'amount', amountMinor: 20_000 },
        genericCode: 'ALMUE20',
        validity: {
          windows: [{ weekdays: [0, 1, 2, 3, 4, 5], fromMinute: 660, toMinute: 900 }, { weekdays: [6] }],
          startsOn: '2026-12-01',
          endsOn: '2027-01-05',
        },
        minimum: { amountMinor: 60_000, of: 'sale', withTax: false },
        limits: { usesPerCode: null, total: 300, perDay: 20, budgetMinor: 6_000_000 },
      },
      '₲ 20.000 off the sale, Monday to Saturday 11:00 to 15:00 or Sunday, with a sale from ₲ 60.000 before tax, 20 a day, 300 in all, up to ₲ 6.000.000 in all, from 1 Dec, until 5 Jan 2027',
      '₲ 20.000 de descuento en la venta, de lunes a sábado de 11:00 a 15:00 o domingo, con una venta desde ₲ 60.000 sin impuesto, 20 por día, 300 en total, hasta ₲ 6.000.000 en total, desde el 1 dic, hasta el 5 ene 2027',
    ],
    [
      {
        benefit: { kind: 'product', units: 1 },
        filter: { productIds: ['medialuna'] },
        limits: { usesPerCode: 10, usesPerSale: null },
        audience: { isFirstPurchase: true, tierIds: ['Gold'], staffIds: [HERE], needsCustomer: true, shopIds: [HERE] },
      },
      `One medialuna free, on a first purchase, only Gold, for customers we know, only in this shop, redeemed only by ${HERE}, each code 10 times, all its uses at once`,
      `Un medialuna gratis, en la primera compra, solo Gold, para clientes conocidos, solo en este local, lo canjea solo ${HERE}, cada código 10 veces, todos sus usos de una vez`,
    ],
    [
      {
        benefit: { kind: 'buy-take', buyUnits: 1, takeUnits: 1 },
        filter: { productIds: ['cold brew'], excludeTags: ['large'] },
        trigger: 'automatic',
        stacking: { isExclusive: true },
        validity: { startsOn: '2026-01-01', recurrence: { everyDays: 30, forDays: 3 } },
      },
      '1 free for every 1 paid of cold brew except #large, not with other discounts, by itself, without a code, on the first 3 of every 30 days, from 1 Jan',
      '1 gratis por cada 1 pagados de cold brew salvo #large, sin otros descuentos, solo, sin código, los primeros 3 de cada 30 días, desde el 1 ene',
    ],
    [
      { benefit: { ...TEN, capMinor: 5_000 }, minimum: { amountMinor: 30_000 }, limits: { perCustomerPerDay: 1 } },
      '10% off the sale, at most ₲ 5.000, with ₲ 30.000 or more of these items, once a day per customer',
      '10% de descuento en la venta, como máximo ₲ 5.000, con ₲ 30.000 o más de estos artículos, una vez por día y cliente',
    ],
    [
      { benefit: { kind: 'fixed-price', unitPriceMinor: 9_000 }, filter: { categoryIds: ['lunch'] } },
      'Lunch for ₲ 9.000 each',
      'Lunch a ₲ 9.000 cada uno',
    ],
    [
      { benefit: { kind: 'credit', amountMinor: 20_000, days: 90 }, distribution: { kind: 'birthday', daysBefore: 3 } },
      '₲ 20.000 of credit, within 90 days, given 3 days before the birthday',
      '₲ 20.000 de saldo a favor, en 90 días, se da 3 días antes del cumpleaños',
    ],
    [
      { benefit: { kind: 'package', name: 'Ten coffees', uses: 10, days: 60 }, use: 'next-sale' },
      'Ten coffees with 10 uses, within 60 days, for the next purchase',
      'Ten coffees con 10 usos, en 60 días, para la próxima compra',
    ],
    [
      {
        benefit: { kind: 'units', name: 'messages', units: 5 },
        distribution: { kind: 'after-sale', per: 'unit', filter: { productIds: ['bean bag'] } },
        validity: { claimDays: 30 },
      },
      '5 × messages, given with each piece of bean bag, until 30 days after it is claimed',
      '5 × messages, se da con cada unidad de bean bag, hasta 30 días después de recibirlo',
    ],
    [
      {
        benefit: { kind: 'amount', amountMinor: 2_000, scope: 'item' },
        stacking: { group: 'Season', order: 5 },
        distribution: { kind: 'season', startsOn: '12-20', forDays: 14, segmentId: HERE },
        limits: { usesPerCode: 6, usesPerSale: 2 },
        remindDays: 3,
      },
      `₲ 2.000 off the sale, taken off item by item, each code 6 times, up to 2 uses per sale, only the best of the group Season, in place 5 among the discounts, given every year for 14 days from 20 December to everybody in ${HERE}, with a reminder 3 days before it ends`,
      `₲ 2.000 de descuento en la venta, se descuenta artículo por artículo, cada código 6 veces, hasta 2 usos por venta, solo el mejor del grupo Season, en el lugar 5 entre los descuentos, se da cada año durante 14 días desde el 20 de diciembre a todos los de ${HERE}, con un recordatorio 3 días antes de que termine`,
    ],
    [
      {
        benefit: { kind: 'units', name: 'Coffees', units: 10, filter: { categoryIds: ['coffee'] } },
        distribution: { kind: 'after-sale', minimumMinor: 50_000, filter: { tags: ['beans'] } },
        stacking: { basis: 'initial' },
      },
      '10 × Coffees, each pays one of coffee, given with a sale of #beans worth ₲ 50.000 or more',
      '10 × Coffees, cada uno paga uno de coffee, se da con una venta de #beans por ₲ 50.000 o más',
    ],
    [
      { stacking: { basis: 'initial' }, distribution: { kind: 'season', startsOn: '02-14', forDays: 1 } },
      '10% off the sale, counted on the full price, given every year on 14 February',
      '10% de descuento en la venta, sobre el precio entero, se da cada año el 14 de febrero',
    ],
  ])('%j', (change, english, spanish) => {
    expect(plain(campaignSentence(EN, campaignOf(change)))).toBe(english);
    expect(plain(campaignSentence(ES, campaignOf(change)))).toBe(spanish);
  });

  test.each(CAMPAIGN_TEMPLATES)('the template %s has a whole sentence in both languages', (template) => {
    const campaign = campaignFrom(template, { name: 'Any', today: '2026-11-21', amountMinor: 10_000 });
    for (const words of [EN, ES]) expect(campaignSentence(words, campaign)).not.toMatch(/say\.|undefined|, ,/);
  });
});

test.each([
  ['percent', 1000, '10%'],
  ['amount', 20_000, '₲20k'],
  ['credit', 20_000, '₲'],
  ['product', 1, '1×'],
] as const)('the badge of %s', (kind, value, text) => {
  expect(plain(benefitBadge(formatOf('en'), kind, value))).toBe(text);
});

test('the badge never rounds an amount', () => {
  const usd = createFormatter({ language: 'en', region: 'en-US', currency: 'USD', timeZone: 'America/New_York' });
  const amounts = [777, 950, 900, 1_200_00, 1_234_50, 25_00];
  expect(amounts.map((minor) => benefitBadge(usd, 'amount', minor))).toEqual([
    '$7.77',
    '$9.50',
    '$9',
    '$1.2K',
    '1,234.50',
    '$25',
  ]);
  expect(plain(benefitBadge(formatOf('es'), 'fixed-price', 12_345))).toBe('12.345');
  expect(benefitBadge(usd, 'buy-take', 1, 2)).toBe('3×2');
});

test('the ticket says large what it gives', () => {
  const said = (benefit: object): string => plain(ticketValue(EN, campaignOf({ benefit }).benefit));
  expect(said(TEN)).toBe('10% off');
  expect(said({ kind: 'buy-take', buyUnits: 1, takeUnits: 1 })).toBe('2 for 1');
  expect(said({ kind: 'product' })).toBe('Free');
  expect(said({ kind: 'package', name: 'Ten', uses: 10, days: 60 })).toBe('10 uses');
});
