/**
 * PINs that people choose most and thieves try first.
 * Sources: DataGenetics, "PIN number analysis" (2012); Markert et al., "This PIN Can Be Easily Guessed" (IEEE S&P 2020),
 * the blocklists of four and six digits; keypad shapes.
 */
const LISTED = new Set(
  (
    '1004 1122 1123 1133 1221 1230 1231 1233 1235 1236 1245 1269 1289 1324 1331 1342 1357 1369 1379 1397 1414 1425 ' +
    '1441 1470 1472 1478 1488 1515 1523 1590 1596 1598 1616 1701 1717 1771 1818 1919 2001 2112 2233 2323 2424 2468 ' +
    '2486 2525 2580 2626 2684 2727 2828 2846 2929 3141 3214 3344 3412 3571 3579 3691 3698 3971 4242 4321 4455 4545 ' +
    '4569 4711 4747 4789 5150 5252 5454 5566 5683 5858 6364 6464 6543 6677 6789 6969 7412 7410 7531 7539 7676 7788 ' +
    '7852 7890 7894 7896 7913 7931 8246 8520 8642 8899 8989 9090 9182 9512 9517 9630 9632 9638 9731 9753 9764 9871 ' +
    '11223 12321 12345 13579 24680 25800 54321 98765 00700 10203 14789 36987 78963 ' +
    '010203 007007 100200 102030 110110 112112 112211 112233 112358 121314 123098 123123 123654 123698 123789 ' +
    '131313 135790 135791 142536 145236 147258 147369 147852 147896 159159 159263 159357 159753 159951 192837 ' +
    '200000 246810 246813 258000 258456 258741 321321 321654 332211 357159 369258 369852 420420 456123 456789 ' +
    '520520 521521 654123 741852 741963 753159 753951 789123 789456 789632 852456 963852 987456 951753 987321 ' +
    '123890 098123 314159 271828 202020 191919 696969 252525 515151 686868 818181 080808 050505 070707'
  ).split(' '),
);

/** Whether a PIN of four to six digits is among the first that anybody would try. */
export function isCommonPin(pin: string): boolean {
  return LISTED.has(pin) || isRepeated(pin) || isStraight(pin) || isMirroredHalf(pin) || isYear(pin);
}

/** How many PINs are listed by name; shapes come on top. */
export const LISTED_PINS = LISTED.size;

/** 1111, 1212, 123123. */
function isRepeated(pin: string): boolean {
  return [1, 2, 3].some(
    (length) => pin.length % length === 0 && pin.slice(0, length).repeat(pin.length / length) === pin,
  );
}

/** 1234, 6543, 890123: each digit one more, or one less, than the one before, around the corner too. */
function isStraight(pin: string): boolean {
  return [1, 9].some((step) =>
    [...pin].every((digit, at) => at === 0 || Number(digit) === (Number(pin[at - 1]) + step) % 10),
  );
}

/** 1221, 123321. */
function isMirroredHalf(pin: string): boolean {
  return pin.length % 2 === 0 && [...pin].reverse().join('') === pin;
}

/** A year of birth or of now. */
function isYear(pin: string): boolean {
  return /^(19[2-9]\d|20[0-3]\d)$/.test(pin);
}
