import Database from 'better-sqlite3';
import { test } from 'vitest';
import { loadedCode, loadedPhone, loadedShop, openBenchShop } from './support/bench-shop.ts';
import { pairs, sample, seeded } from './support/measure.ts';
import { searchCustomers } from '#backend/customers/search-customers.ts';
test('x', { timeout: 1e9 }, async () => {
  const N = Number(process.env.N ?? 10000);
  const shop = await loadedShop(N);
  const { backend, caller, clientId } = await openBenchShop(shop);
  const { env } = backend.createContext({ clientId });
  const merchantId = env.shop()?.merchantId ?? '';
  const raw = new Database(env.db.path, { readonly: true });
  const random = seeded(11);
  const someone = () => 1 + Math.floor(random() * N);
  const byCode =
    raw.prepare(`SELECT c.id, c.customer_code, c.status, p.full_name, p.phone_e164, p.email, c.last_visit_at_ms, a.current_points FROM customers c
   LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
   LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
   WHERE c.merchant_id = ? AND c.customer_code = ?`);
  const byPhone =
    raw.prepare(`SELECT c.id, c.customer_code, c.status, p.full_name, p.phone_e164, p.email, c.last_visit_at_ms, a.current_points FROM customer_pii p
   JOIN customers c ON c.customer_number = p.customer_number
   LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
   WHERE p.merchant_id = ? AND p.phone_e164 = ?`);
  const scope = { db: env.db.read, env, shop: env.shop(), session: null, nowMs: 0 } as never;
  for (const [p, f] of [
    [byCode, loadedCode],
    [byPhone, loadedPhone],
  ] as const) {
    console.log(
      'caller',
      JSON.stringify(
        await pairs(
          9,
          () => sample(1000, () => p.get(merchantId, f(someone()))),
          () => sample(1000, () => caller.customers.search({ text: f(someone()), limit: 20 })),
        ),
      ),
    );
    console.log(
      'direct',
      JSON.stringify(
        await pairs(
          9,
          () => sample(1000, () => p.get(merchantId, f(someone()))),
          () => sample(1000, () => void searchCustomers(scope, { text: f(someone()), limit: 20 })),
        ),
      ),
    );
  }
  const rawSearch = raw.prepare(`SELECT c.id, p.full_name FROM customer_search s
   JOIN customers c ON c.customer_number = s.rowid % 1099511627776 JOIN customer_pii p ON p.customer_number = c.customer_number
   WHERE customer_search MATCH ? AND c.merchant_id = ? ORDER BY c.total_transactions DESC LIMIT 20`);
  for (const t of ['sofía', 'benit', 'gonzál', 'nzál', 'cáceres', 'pedro yegros']) {
    const r = await pairs(
      3,
      () =>
        sample(10, () =>
          rawSearch.all(
            t
              .split(' ')
              .map((w) => `"${w}"`)
              .join(' AND '),
            merchantId,
          ),
        ),
      () => sample(10, () => caller.customers.search({ text: t, limit: 20 })),
    );
    console.log(t, JSON.stringify(r.ratio), r.ours.cpuMs, r.ours.p95Ms);
  }
  console.log(
    'slip',
    JSON.stringify(await sample(10, () => caller.customers.search({ text: 'gonsalez', limit: 20 }))),
    'none',
    JSON.stringify(await sample(10, () => caller.customers.search({ text: 'zzzzzzz', limit: 20 }))),
  );
});
