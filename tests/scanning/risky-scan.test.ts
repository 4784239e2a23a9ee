import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkCharacterOf } from '#shop/ids/code.ts';
import { judgeFailedCodes, judgeSameCode, worstRisk } from '#shop/scanning/scan-risk.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { MANAGER_PIN, refusalOf } from '../support/test-backend.ts';
import { createTillShop, percent, type TillShop } from '../till/till-shop.ts';

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop();
});
afterEach(() => shop.close());

const RISKY = 'scan.risky' as const;

function codeNumber(number: number): string {
  const body = String(number).padStart(10, '0');
  return body + checkCharacterOf(body);
}

const scan = (text: string) =>
  shop
    .caller('cashier')
    .scanning.submit(shop.op({ text, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() }));

/** Enrols a customer and scans them as the eleventh code within a minute. */
async function scannedUnderHighRisk(): Promise<{ customerId: string; scanId: string }> {
  const { customerId, code } = await shop
    .caller('cashier')
    .customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  for (let number = 1; number <= 10; number += 1) await scan(codeNumber(number));
  const answer = await scan(code);
  expect(answer).toMatchObject({ risk: 'HIGH', riskReason: 'scan-rate', outcome: { kind: 'customer' } });
  return { customerId, scanId: answer.scanId ?? '' };
}

function saleOf(customerId: string, more: Partial<SaleDraft> = {}): SaleDraft {
  const identified = { customerIdentifiedBy: 'scan' as const, customerIdentifiedAtMs: shop.clock.wallNowMs() };
  return shop.draft([shop.line(10_000)], { customerId, ...identified, ...more });
}

async function approve(permission: typeof RISKY | 'discount.over-limit' | 'sale.refund' = RISKY): Promise<string> {
  const grant = shop.op({ permission, pin: MANAGER_PIN, staffId: shop.managerId, reason: '' });
  return (await shop.caller('cashier').staff.grantOverride(grant)).overrideId;
}

const complete = (draft: SaleDraft, more: { overrideId?: string; totalMinor?: number } = {}) => {
  const { overrideId, totalMinor = 10_000 } = more;
  const input = { draft, tenders: [shop.cash(totalMinor)], expectedTotalMinor: totalMinor };
  const approved = overrideId === undefined ? input : { ...input, overrideIds: [overrideId] };
  return shop.caller('cashier').till.completeSale(shop.op(approved));
};

const approvals = () => shop.number('SELECT COUNT(*) AS n FROM scan_approvals');
const sales = () => shop.number('SELECT COUNT(*) AS n FROM transactions');

describe('a customer scanned under HIGH risk', () => {
  test('C-44, S2-16: their sale is refused with the reason, and a manager PIN lets it go on', async () => {
    const { customerId, scanId } = await scannedUnderHighRisk();
    const draft = saleOf(customerId);
    expect(await refusalOf(complete(draft))).toEqual({
      reason: 'scan-risk',
      facts: { scanId, why: 'scan-rate', permission: RISKY, overridable: true },
    });
    expect(sales()).toBe(0);
    expect(await refusalOf(complete(draft, { overrideId: await approve('sale.refund') }))).not.toBeNull();
    const sold = await complete(draft, { overrideId: await approve() });
    expect(sold.totalMinor).toBe(10_000);
    const [row] = shop.env.db.read.all<{ by: string; asked: string }>(
      'SELECT approved_by_staff_id AS "by", requested_by_staff_id AS asked FROM scan_approvals' as never,
    );
    expect(row).toEqual({ by: shop.managerId, asked: shop.staffId('cashier') });
    expect(shop.number("SELECT COUNT(*) AS n FROM outbox WHERE body LIKE '%scan_approvals%'")).toBe(1);
  });

  test('an approval given at Charge holds for a card payment and its sale: the PIN is asked once', async () => {
    const { customerId, scanId } = await scannedUnderHighRisk();
    const draft = saleOf(customerId);
    const cashier = shop.caller('cashier');
    const begin = { draft, tender: { kind: 'card' as const, amountMinor: 10_000 } };
    expect(await refusalOf(cashier.till.beginPayment(shop.op(begin)))).toMatchObject({ reason: 'scan-risk' });
    expect(await refusalOf(cashier.scanning.approve(shop.op({ scanId })))).toMatchObject({
      reason: 'not-permitted',
      facts: { permission: RISKY, overridable: true },
    });
    expect(await cashier.scanning.risk({ customerId, isByScan: true })).toMatchObject({
      risk: 'HIGH',
      reason: 'scan-rate',
      approvedBy: null,
    });
    await cashier.scanning.approve(shop.op({ scanId, overrideIds: [await approve()] }));
    expect(await cashier.scanning.risk({ customerId, isByScan: true })).toMatchObject({ approvedBy: 'Marta Benítez' });
    const { tenderId } = await cashier.till.beginPayment(shop.op(begin));
    const paid = { draft, tenders: [{ ...shop.card(10_000), tenderId }], expectedTotalMinor: 10_000 };
    expect((await cashier.till.completeSale(shop.op(paid))).totalMinor).toBe(10_000);
    expect(approvals()).toBe(1);
  });

  test('a big discount besides needs an approval of its own, and the first one is not lost', async () => {
    const { customerId } = await scannedUnderHighRisk();
    const draft = saleOf(customerId, { discount: percent(2500) });
    const pay = (overrideId: string) => complete(draft, { overrideId, totalMinor: 7_500 });
    expect((await refusalOf(pay(await approve('discount.over-limit'))))?.reason).toBe('scan-risk');
    const { scanId } = (await shop.caller('cashier').scanning.risk({ customerId, isByScan: true })) ?? { scanId: '' };
    await shop.caller('cashier').scanning.approve(shop.op({ scanId, overrideIds: [await approve()] }));
    expect((await refusalOf(complete(draft, { totalMinor: 7_500 })))?.reason).toBe('discount-over-limit');
    expect((await pay(await approve('discount.over-limit'))).totalMinor).toBe(7_500);
  });

  test('finding them by name instead is no way around it for ten minutes; a fresh scan without risk clears it', async () => {
    const { customerId } = await scannedUnderHighRisk();
    const searched = saleOf(customerId, { customerIdentifiedBy: 'search' });
    expect((await refusalOf(complete(searched)))?.reason).toBe('scan-risk');
    shop.clock.advance(600_000);
    expect((await refusalOf(complete(saleOf(customerId))))?.reason).toBe('scan-risk');
    expect((await complete(searched)).totalMinor).toBe(10_000);
    const { code } = await shop.caller('cashier').customers.get({ customerId });
    expect((await scan(code)).risk).toBe('LOW');
    expect((await complete(saleOf(customerId))).totalMinor).toBe(10_000);
    expect(approvals()).toBe(0);
  });

  test('points given by hand or for a purchase elsewhere are refused the same way', async () => {
    const { customerId } = await scannedUnderHighRisk();
    const award = { customerId, reason: 'purchase' as const, amountMinor: 50_000 };
    const { points } = shop.caller('cashier');
    expect((await refusalOf(points.award(shop.op(award))))?.reason).toBe('scan-risk');
    expect(shop.balanceOf(customerId)).toBe(0);
    await points.award(shop.op({ ...award, overrideIds: [await approve()] }));
    expect(shop.balanceOf(customerId)).toBe(50);
  });

  test('a manager who is signed in is not asked for a PIN, and that they let it go on is kept', async () => {
    const { customerId } = await scannedUnderHighRisk();
    await shop.sell(saleOf(customerId));
    expect(approvals()).toBe(1);
  });
});

describe('a MEDIUM risk', () => {
  const enrolled = async () =>
    shop.caller('cashier').customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  const unknownCodes = async (howMany: number): Promise<void> => {
    for (let number = 1; number <= howMany; number += 1) await scan(codeNumber(9_000 + number));
  };

  test('a customer scanned after five codes that nobody has, within a minute: shown, kept, and in nobody’s way', async () => {
    const { customerId, code } = await enrolled();
    await unknownCodes(4);
    expect(await scan(code)).toMatchObject({ risk: 'LOW', riskReason: null });
    await unknownCodes(5);
    shop.clock.advance(10_000);
    expect(await scan(code)).toMatchObject({ risk: 'MEDIUM', riskReason: 'failed-codes' });
    const risk = () => shop.caller('cashier').scanning.risk({ customerId, isByScan: true });
    expect(await risk()).toMatchObject({ risk: 'MEDIUM', reason: 'failed-codes', approvedBy: null });
    expect((await complete(saleOf(customerId))).totalMinor).toBe(10_000);
    expect(approvals()).toBe(0);
    shop.clock.advance(61_000);
    expect(await scan(code)).toMatchObject({ risk: 'LOW' });
  });

  test('products that are not known never count: a busy till is no risk', async () => {
    const { code } = await enrolled();
    for (let number = 1; number <= 12; number += 1) await scan(`SHOE-${number}`);
    expect(await scan(code)).toMatchObject({ risk: 'LOW' });
  });

  test('the fifth read of one customer within ten minutes: a copy of the code may go round', async () => {
    const { code } = await enrolled();
    const seen: unknown[] = [];
    for (let read = 1; read <= 5; read += 1) {
      const answer = await scan(code);
      seen.push([answer.risk, answer.riskReason]);
      shop.clock.advance(70_000);
    }
    expect(seen).toEqual([...Array.from({ length: 4 }, () => ['LOW', null]), ['MEDIUM', 'same-code']]);
    shop.clock.advance(600_000);
    expect(await scan(code)).toMatchObject({ risk: 'LOW' });
  });

  test('a HIGH one is the worse of two', () => {
    expect(worstRisk([judgeFailedCodes(5), { risk: 'HIGH', reason: 'scan-rate' }]).reason).toBe('scan-rate');
    expect(worstRisk([judgeFailedCodes(4), judgeSameCode([0, 1, 2, 3], 3)])).toEqual({ risk: 'LOW', reason: null });
    expect(judgeSameCode([0, 1, 2, 3, 599_999], 599_999).risk).toBe('MEDIUM');
    expect(judgeSameCode([0, 1, 2, 3, 600_000], 600_000).risk).toBe('LOW');
  });
});
