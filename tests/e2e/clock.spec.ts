import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { addProducts, CASHIER, MANAGER, openShop, orderOf, readRows, signIn, tileOf } from './support/shop.ts';

const SIXTY_HOURS_MS = 60 * 3_600_000;

test('F11: after a long weekend the till asks for the time, sells meanwhile, and one key with a manager’s PIN answers', async ({
  till,
}) => {
  await openShop(till.page);
  await addProducts(till.page, [{ name: 'Flat white', priceMinor: 22_000 }]);
  await command(till.page, 'till.openShift', { floatMinor: 0 });
  await command(till.page, 'staff.create', { name: CASHIER.name, roles: ['cashier'], pin: CASHIER.pin });
  await till.close();
  const db = new DatabaseSync(join(till.dataFolder, 'regulars.sqlite'));
  db.exec(`UPDATE terminal_state SET last_commit_at_ms = last_commit_at_ms - ${SIXTY_HOURS_MS}`);
  db.close();
  await till.open();
  const { page } = till;
  await signIn(page, CASHIER);

  const question = page.getByRole('region', { name: 'What time is it?' });
  await expect(question).toContainText('Is it really');
  await tileOf(page, 'Flat white').click();
  await expect(orderOf(page)).toContainText('Flat white');
  await page.keyboard.press('Alt+0');
  const sheet = page.getByRole('dialog', { name: 'Approve the time' });
  await sheet.getByLabel("Manager's PIN").fill(MANAGER.pin);
  await expect(question).toBeHidden();
  await expect(orderOf(page)).toContainText('Flat white');
  expect(readRows(till, `SELECT action FROM audit_logs WHERE action GLOB 'time.*' AND outcome = 'done'`)).toEqual([
    { action: 'time.asked' },
    { action: 'time.confirm' },
  ]);
});

test('F11: the sign-in screen asks for the time, and the sign-in that follows confirms the answer', async ({
  till,
}) => {
  await openShop(till.page);
  await till.close();
  const db = new DatabaseSync(join(till.dataFolder, 'regulars.sqlite'));
  db.exec(`UPDATE terminal_state SET last_commit_at_ms = last_commit_at_ms - ${SIXTY_HOURS_MS}`);
  db.close();
  await till.open();
  const { page } = till;
  const question = page.getByRole('region', { name: 'What time is it?' });
  await expect(question).toContainText('Is it really');
  await question.getByRole('button', { name: 'Yes, it is' }).click();
  await expect(question).toContainText('Now sign in');
  await question.getByRole('button', { name: 'Change the answer' }).click();
  await question.getByRole('button', { name: 'Another time' }).click();
  const dialog = page.getByRole('dialog', { name: 'What time is it?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await question.getByRole('button', { name: 'Yes, it is' }).click();
  await signIn(page, MANAGER);
  await expect(question).toBeHidden();
  await expect
    .poll(() =>
      readRows(
        till,
        `SELECT action, staff_id IS NOT NULL AS isNamed FROM audit_logs
      WHERE action GLOB 'time.*' AND outcome = 'done' ORDER BY seq`,
      ),
    )
    .toEqual([
      { action: 'time.asked', isNamed: 0 },
      { action: 'time.confirm', isNamed: 1 },
    ]);
});
