import type { Role } from '#shop/staff/permissions.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { insertTaxRate } from '../catalogue/tax-rates-store.ts';
import type { JsonRow, Moment } from '../command-scope.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import type { WritableDb } from '../db/database.ts';
import { insertOperation } from '../operations-store.ts';
import { insertDefaultProgramme } from '../points/programmes-store.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';
import { recoveryHashOf } from '../staff/recovery-code.ts';
import { updateRecoveryHash } from '../staff/recovery-store.ts';
import { insertStaff } from '../staff/staff-store.ts';
import { appendOp } from '../sync/outbox-store.ts';
import { updateLastCommit } from '../terminal-state-store.ts';
import { defaultTaxRates } from './default-tax-rates.ts';

import { insertNewShop } from './setup-store.ts';

export interface FirstShop {
  readonly shop: ShopIdentity;
  readonly settings: ShopSettings;
  readonly manager: { staffId: string; name: string; roles: readonly Role[]; pinHash: string };
  readonly recoveryCode: string;
  readonly operationId: string;
  readonly moment: Moment;
}

/** Writes everything that a new shop starts with in one transaction: rows, op, audit row and the stored answer. */
export function writeFirstShop(env: BackendEnv, given: FirstShop): void {
  env.db.write((db) => writeRows(env, db, given));
  env.forgetShop();
  env.feed.announce(new Set(['settings', 'staff', 'catalogue']));
  env.afterCommit();
}

function writeRows(env: BackendEnv, db: WritableDb, given: FirstShop): void {
  const { shop, manager, operationId, moment } = given;
  const { merchantId, terminalId } = shop;
  const { atMs } = moment;
  const { staffId, name, roles } = manager;
  const rows = insertNewShop(db, shop, given.settings, atMs);
  insertStaff(db, { ...manager, merchantId, atMs });
  rows.push(['staff_members', { id: staffId, merchant_id: merchantId, roles: [...roles], is_active: 1 }]);
  defaultTaxRates(shop.country).forEach((rate, position) => {
    rows.push(['tax_rates', insertTaxRate(db, { id: env.newId(), merchantId, ...rate, isDefault: position === 0 })]);
  });
  for (const { table, row } of insertDefaultProgramme(db, {
    newId: env.newId,
    shop,
    staffId,
    name: shop.shopName,
    atMs,
  })) {
    rows.push([table, row]);
  }
  updateRecoveryHash(db, recoveryHashOf(given.recoveryCode));
  const pii = { staff_members: [{ id: staffId, name }] };
  appendOp(db, { shop, operationId, type: 'setup.createShop', staffId, moment, body: byTable(rows), pii });
  appendAudit(db, {
    merchantId,
    terminalId,
    operationId,
    action: 'setup.createShop',
    outcome: 'done',
    reason: null,
    staffId,
    approvedByStaffId: null,
    sessionId: null,
    changes: [
      {
        table: 'merchants',
        recordId: merchantId,
        before: null,
        after: { shopName: shop.shopName, currency: shop.currency },
      },
    ],
    moment,
  });
  insertOperation(db, {
    id: operationId,
    merchantId,
    action: 'setup.createShop',
    // The input holds a PIN: nothing of it is kept, not even a hash.
    requestHash: '',
    outcome: JSON.stringify({ kind: 'done', value: { staffId } }),
    staffId,
    atMs,
  });
  updateLastCommit(db, moment.trustedAtMs);
}

function byTable(rows: readonly (readonly [string, JsonRow])[]): Record<string, JsonRow[]> {
  const tables: Record<string, JsonRow[]> = {};
  for (const [table, row] of rows) {
    tables[table] ??= [];
    tables[table].push(row);
  }
  return tables;
}
