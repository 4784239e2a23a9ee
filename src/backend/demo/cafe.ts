/** The sample café: what it sells. Prices in guaraníes, tax included. Icons by their names on the till. */
export interface DemoProduct {
  readonly name: { readonly en: string; readonly es: string };
  readonly priceMinor: number;
  readonly icon: string;
  /** How often it is asked for, against the others of its part of the day. */
  readonly weight: number;
  /** 5 % instead of 10 %: basic food (Ley 6380/2019). */
  readonly isBasicFood?: boolean;
  readonly barcode?: string;
  /** Place among the favourites; left out: not a favourite. */
  readonly tile?: number;
}

export interface DemoCategory {
  readonly name: { readonly en: string; readonly es: string };
  readonly color: 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
  readonly products: readonly DemoProduct[];
}

const item = (
  en: string,
  es: string,
  priceMinor: number,
  icon: string,
  weight: number,
  more: Partial<DemoProduct> = {},
): DemoProduct => ({ name: { en, es }, priceMinor, icon, weight, ...more });

/** Six categories, forty products. */
export const DEMO_CATEGORIES: readonly DemoCategory[] = [
  {
    name: { en: 'Coffee', es: 'Café' },
    color: 'a',
    products: [
      item('Flat white', 'Flat white', 22_000, 'coffee', 16, { tile: 0 }),
      item('Espresso', 'Espresso', 14_000, 'coffee', 9, { tile: 1 }),
      item('Cappuccino', 'Capuchino', 20_000, 'coffee', 12, { tile: 2 }),
      item('Latte', 'Latte', 21_000, 'milk', 10, { tile: 3 }),
      item('Americano', 'Americano', 16_000, 'coffee', 7),
      item('Cortado', 'Cortado', 16_000, 'coffee', 7),
      item('Mocha', 'Moca', 24_000, 'coffee', 4),
      item('Hot chocolate', 'Chocolate caliente', 20_000, 'coffee', 3),
    ],
  },
  {
    name: { en: 'Tereré & cold', es: 'Tereré y fríos' },
    color: 'b',
    products: [
      item('Cold brew', 'Cold brew', 18_000, 'cup-soda', 8, { tile: 4 }),
      item('Tereré jar', 'Jarra de tereré', 16_000, 'leaf', 7, { tile: 5 }),
      item('Fresh orange', 'Jugo de naranja', 15_000, 'citrus', 6, { tile: 6 }),
      item('Still water', 'Agua sin gas', 8_000, 'glass-water', 6, { tile: 7, barcode: '7840058001238' }),
      item('Sparkling water', 'Agua con gas', 8_000, 'glass-water', 4, { barcode: '7840058001245' }),
      item('Lemonade', 'Limonada', 14_000, 'citrus', 5),
      item('Iced tea', 'Té helado', 13_000, 'cup-soda', 3),
    ],
  },
  {
    name: { en: 'Bakery', es: 'Panadería' },
    color: 'c',
    products: [
      item('Medialuna', 'Medialuna', 8_000, 'croissant', 14, { tile: 8 }),
      item('Donut', 'Dona', 10_000, 'donut', 5, { tile: 9 }),
      item('Chipa', 'Chipa', 6_000, 'wheat', 11, { tile: 10, isBasicFood: true }),
      item('Bread roll', 'Pan de la casa', 3_000, 'wheat', 4, { isBasicFood: true }),
      item('Cheese stick', 'Palito de queso', 7_000, 'wheat', 4),
      item('Almond croissant', 'Croissant de almendras', 15_000, 'croissant', 3),
    ],
  },
  {
    name: { en: 'Lunch', es: 'Almuerzo' },
    color: 'd',
    products: [
      item('Chipa guasu', 'Chipa guasu', 15_000, 'pizza', 7, { tile: 11 }),
      item('Ham & cheese', 'Jamón y queso', 24_000, 'sandwich', 8, { tile: 12 }),
      item('Garden salad', 'Ensalada', 32_000, 'salad', 4, { tile: 13 }),
      item('Soup of the day', 'Sopa del día', 28_000, 'soup', 4, { tile: 14 }),
      item('Eggs on toast', 'Tostada con huevos', 34_000, 'egg-fried', 5, { tile: 15 }),
      item('Milanesa sandwich', 'Sándwich de milanesa', 35_000, 'sandwich', 6),
      item('Sopa paraguaya', 'Sopa paraguaya', 14_000, 'pizza', 6),
      item('Empanada', 'Empanada', 9_000, 'pizza', 9),
    ],
  },
  {
    name: { en: 'Sweets', es: 'Dulces' },
    color: 'e',
    products: [
      item('Carrot cake', 'Torta de zanahoria', 19_000, 'cake-slice', 5, { tile: 16 }),
      item('Cookie', 'Galleta', 9_000, 'cookie', 8, { tile: 17 }),
      item('Ice cream', 'Helado', 14_000, 'ice-cream-cone', 5, { tile: 18 }),
      item('Brownie', 'Brownie', 13_000, 'cake-slice', 5),
      item('Alfajor', 'Alfajor', 8_000, 'cookie', 7),
      item('Cheesecake', 'Cheesecake', 21_000, 'cake-slice', 3),
    ],
  },
  {
    name: { en: 'Retail', es: 'Para llevar' },
    color: 'f',
    products: [
      item('Beans 250 g', 'Café en grano 250 g', 62_000, 'bean', 2, { tile: 19, barcode: '7840058002501' }),
      item('Beans 1 kg', 'Café en grano 1 kg', 210_000, 'bean', 1, { barcode: '7840058001009' }),
      item('Ground coffee 250 g', 'Café molido 250 g', 64_000, 'bean', 1, { barcode: '7840058002518' }),
      item('Mug', 'Taza', 45_000, 'coffee', 1),
      item('Yerba mate 500 g', 'Yerba mate 500 g', 22_000, 'leaf', 2, { barcode: '7840058005007' }),
    ],
  },
];

/**
 * Who works there; Rosa owns the café, makes its campaigns and does not stand at the till, as nobody redeems what they made
 * themselves. The PINs are told on the sign-in screen of the sample shop and nowhere else worth protecting.
 */
export const DEMO_STAFF = [
  { name: 'Lucía Rojas', roles: ['cashier'], pin: '2580' },
  { name: 'Jorge Melgarejo', roles: ['cashier'], pin: '2581' },
  { name: 'Diego Acosta', roles: ['manager'], pin: '258025' },
  { name: 'Support visit', roles: ['admin'], pin: '147014' },
  { name: 'Rosa Lapacho', roles: ['manager'], pin: '369258' },
] as const;

export const DEMO_GIVEN_NAMES: readonly string[] =
  'Ana Mateo Sofía Carlos Rocío Diego Lucía Jorge Marta José Camila Hugo Elena Iván Nadia Pedro Liz Rubén Paz Óscar Mirta Fátima Arnaldo Blanca Derlis Gloria Nélida Rodrigo Sandra Víctor Andrea Hernán Verónica Édgar Perla Gustavo Norma Fernando Raquel Sebastián'.split(
    ' ',
  );

export const DEMO_SURNAMES: readonly string[] =
  'Benítez Giménez Ayala Ortiz Rojas Acosta Melgarejo Torres Ríos González Núñez Cáceres Duarte Franco Vera Insfrán Peña Yegros Martínez Cabrera Aquino Ozuna Fretes Bogado Villalba Mendoza Ramírez Sosa Lezcano Riquelme Báez Colmán Domínguez Espínola Galeano'.split(
    ' ',
  );
