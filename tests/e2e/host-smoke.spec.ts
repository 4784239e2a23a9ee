import { expect, test } from './support/console.ts';

test('the console opens, shows the first run, and survives being closed and opened again', async ({ till }) => {
  await expect(till.page.locator('#root')).not.toBeEmpty();
  await expect(till.page.getByRole('heading').first()).toBeVisible();
  await till.close();
  await till.open();
  await expect(till.page.getByRole('heading').first()).toBeVisible();
});

test('the page loads without breaking its own content policy', async ({ till }) => {
  const violations: string[] = [];
  till.page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  await expect(till.page.getByRole('heading').first()).toBeVisible();
  await till.page.reload();
  await expect(till.page.getByRole('heading').first()).toBeVisible();
  expect(violations).toEqual([]);
});

test('a killed console opens again on the same data folder', async ({ till }) => {
  await expect(till.page.getByRole('heading').first()).toBeVisible();
  await till.kill();
  await till.open();
  await expect(till.page.getByRole('heading').first()).toBeVisible();
});
