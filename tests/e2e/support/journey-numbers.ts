export const COFFEE = { name: 'Flat white', priceMinor: 22_500 } as const;
export const BOOK = {
  name: 'The art of the roast',
  priceMinor: 135_900,
  barcode: '9780596008574',
  taxBasisPoints: 500,
} as const;
export const PASTRY = { name: 'Medialuna', priceMinor: 8_250 } as const;
export const CUSTOMER = 'Ana Benítez';
export const DISCOUNT_PERCENT = 7;
export const RECEIVED_MINOR = 200_000;
export const FLOAT_MINOR = 300_000;
/** Paraguay: cash goes in steps of 50, always in the customer's favour. */
const CASH_STEP_MINOR = 50;
const SPEND_PER_POINT_MINOR = 1_000;

/** Worked out from the prices above; nothing of the product is used here. */
function expectedNumbers() {
  const gross = { coffee: 2 * COFFEE.priceMinor, book: BOOK.priceMinor, pastry: PASTRY.priceMinor };
  const subtotal = gross.coffee + gross.book + gross.pastry;
  const discount = Math.round((subtotal * DISCOUNT_PERCENT) / 100);
  const total = subtotal - discount;
  const due = Math.floor(total / CASH_STEP_MINOR) * CASH_STEP_MINOR;
  // The discount is split by largest remainder: what each line bears, rounded down, and the units left over to the
  // lines that lost most by the rounding.
  const shares = Object.entries(gross).map(([line, amount]) => {
    const exact = (amount * discount) / subtotal;
    return { line, share: Math.floor(exact), lost: exact - Math.floor(exact) };
  });
  const left = discount - shares.reduce((sum, { share }) => sum + share, 0);
  for (const each of shares.toSorted((a, b) => b.lost - a.lost).slice(0, left)) each.share += 1;
  const coffeeShare = shares.find(({ line }) => line === 'coffee')?.share ?? 0;
  const oneCoffee = (gross.coffee - coffeeShare) / 2;
  const handedBack = Math.ceil(oneCoffee / CASH_STEP_MINOR) * CASH_STEP_MINOR;
  const earned = Math.floor(total / SPEND_PER_POINT_MINOR);
  const kept = Math.floor((total - oneCoffee) / SPEND_PER_POINT_MINOR);
  const change = RECEIVED_MINOR - due;
  return { subtotal, discount, total, due, change, oneCoffee, handedBack, earned, kept, reversed: earned - kept };
}

/** What every screen and table of the journey has to say, amounts in guaraníes. */
export const WANT = expectedNumbers();
