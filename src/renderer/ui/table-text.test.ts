import { expect, test } from 'vitest';
import { toCsv, toTabText } from './table-text.ts';

test('cells with separators and quotes are quoted, lines end with CRLF', () => {
  expect(toCsv({ columns: ['What', 'Amount'], rows: [['Sale "7", cash', 90_900]] })).toBe(
    '\uFEFFWhat,Amount\r\n"Sale ""7"", cash",90900\r\n',
  );
});

test('a name that begins like a formula does not run in a spreadsheet, a negative number stays a number', () => {
  expect(toCsv({ columns: ['Name', 'Points'], rows: [['=HYPERLINK("x")', -12]] })).toContain(
    `"'=HYPERLINK(""x"")",-12`,
  );
  expect(toTabText({ columns: ['Name'], rows: [['@SUM(A1)']] })).toBe("Name\n'@SUM(A1)");
});

test('tab text keeps one line for each row', () => {
  expect(toTabText({ columns: ['A', 'B'], rows: [['one\ntwo', 'x\ty']] })).toBe('A\tB\none two\tx y');
});
