/** More links than this no chain of people has that ever brought each other. */
const LONGEST_CHAIN = 10_000;

/**
 * Whether bringing somebody along is rewarded: nobody brings themself, also not by a second record that was found to be
 * theirs, and nobody is brought by whom they brought, at whatever remove. `referrerOf` names who brought a person, as the
 * person stands today; null: nobody.
 */
export function isFitReferral(
  friendId: string,
  referrerId: string,
  referrerOf: (customerId: string) => string | null,
): boolean {
  let above: string | null = referrerId;
  for (let links = 0; above !== null; links += 1) {
    if (above === friendId || links >= LONGEST_CHAIN) return false;
    above = referrerOf(above);
  }
  return true;
}
