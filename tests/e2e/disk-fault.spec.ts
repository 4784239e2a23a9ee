import { join } from 'node:path';
import { breakDisk, canBreakDisk, type DiskFault } from '../support/disk-faults.ts';
import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { addProducts, openShop, readRows, tileOf } from './support/shop.ts';

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
const FAULTS: readonly (Pick<DiskFault, 'calls' | 'error'> & { id: string; title: string; next: string })[] = [
  {
    id: 'F4',
    calls: 'pwrite64',
    error: 'ENOSPC',
    title: 'The disk of this computer is full',
    next: 'Nothing was changed. Free some space, then try again; no restart is needed.',
  },
  {
    id: 'F6',
    calls: 'fdatasync,fsync',
    error: 'EIO',
    title: 'The disk of this computer does not answer as it should',
    next: 'Nothing was changed. Stop selling and call IT.',
  },
];

test.skip(!canBreakDisk(), 'the disk of a process can be made to fail only with strace and the right to trace');

// proves F4, F6
for (const { id, title, next, ...fault } of FAULTS) {
  test(`${id}: ${title}: Charge says so, nothing is written, and the same Charge goes through once the disk is well`, async ({
    till,
  }) => {
    const { page } = till;
    await openShop(page);
    await addProducts(page, [COFFEE]);
    await command(page, 'till.openShift', { floatMinor: 0 });
    await page.reload();
    await tileOf(page, COFFEE.name).click();
    await expect.poll(() => readRows(till, 'SELECT draft FROM sale_drafts').length).toBe(1);
    await page.keyboard.press('F9');
    const paid = page.getByRole('button', { name: /^Paid / });
    await expect(paid).toBeVisible();

    const mend = await breakDisk(till.processId, { ...fault, path: join(till.dataFolder, 'regulars.sqlite-wal') });
    await paid.click();
    await expect(page.getByText(title, { exact: true })).toBeVisible();
    await expect(page.getByText(next).last()).toBeVisible();
    await expect(paid).toBeEnabled();
    expect(readRows(till, 'SELECT id FROM transactions')).toEqual([]);
    await mend();

    await paid.click();
    await expect(page.getByRole('complementary', { name: 'Paid' })).toContainText('T1-1-000001');
    expect(readRows(till, "SELECT count(*) AS count FROM transactions WHERE status = 'completed'")).toEqual([
      { count: 1 },
    ]);
  });
}
