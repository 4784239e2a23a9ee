const LONG = 7;
const LONGER = 10;

/** How large an amount is drawn by its length: it stands on one line on the narrowest screen. */
export function amountSize(text: string): 'is-long' | 'is-longer' | undefined {
  return text.length > LONGER ? 'is-longer' : text.length > LONG ? 'is-long' : undefined;
}
