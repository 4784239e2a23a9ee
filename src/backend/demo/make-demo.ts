import { randomBytes } from 'node:crypto';
import { makeCode } from '#shop/ids/code.ts';
import { instantOfLocal, localDateOf } from '#shop/time/business-day.ts';
import { mustHave } from '#shop/must.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { Role } from '#shop/staff/permissions.ts';
import { writeHistory } from '../command.ts';
import type { BackendEnv, Session, ShopIdentity } from '../context.ts';
import { defaultSettings } from '../settings/shop-settings.ts';
import { makeRecoveryCode } from '../staff/recovery-code.ts';
import { selectCurrentProgramme } from '../points/programmes-store.ts';
import { insertStaff } from '../staff/staff-store.ts';
import { writeFirstShop } from '../setup/write-first-shop.ts';
import { DEMO_STAFF } from './cafe.ts';
import { createChance } from './chance.ts';
import { writeDemoCatalogue } from './demo-catalogue.ts';
import { publishDemoProgramme } from './demo-programme.ts';
import { type DemoVouchers, publishDemoCampaigns } from './demo-vouchers.ts';
import { momentAt } from '../time/moment.ts';
import { inventRegulars } from './demo-customers.ts';
import { HISTORY_DAYS, writeDemoHistory } from './demo-history.ts';

const TIME_ZONE = 'America/Asuncion';

/**
 * Fills an empty data folder with the sample shop: a café in Asunción with 40 products, 600 customers and 90 days of
 * sales, each of which went through the engine as a whole command. The same seed and instant make the same shop, but for
 * its ids. Returns the manager's staff id. Takes a few seconds and the writing thread.
 */
export async function makeDemoShop(
  env: BackendEnv,
  given: { readonly language: 'en' | 'es'; readonly seed: number; readonly nowMs: number },
): Promise<{ staffId: string }> {
  const { language, nowMs } = given;
  const chance = createChance(given.seed);
  const people = await Promise.all(
    DEMO_STAFF.map(async (person) => ({ ...person, pinHash: await env.pins.hash(person.pin) })),
  );
  const shop = newDemoShop(env, language);
  const beginsAtMs = instantOfLocal(addDays(localDateOf(nowMs, TIME_ZONE), 1 - HISTORY_DAYS), 6, TIME_ZONE);
  const sessions = writePeople({ env, shop, language, people, beginsAtMs });
  const [manager, owner = manager] = sessions.filter(({ roles }) => roles.includes('manager'));
  if (manager === undefined || owner === undefined) throw new Error('the sample shop has no manager');
  const products: ReturnType<typeof writeDemoCatalogue> = [];
  const { programId } = mustHave(selectCurrentProgramme(env.db.read, shop.merchantId), 'the programme of a new shop');
  const cashiers = sessions.filter(({ roles }) => roles.includes('cashier'));
  const cashier = cashiers.find(({ staffId }) => staffId !== manager.staffId) ?? sessionOf(sessions, 'cashier');
  const begun: { vouchers: DemoVouchers | null } = { vouchers: null };
  writeHistory(env, shop, (run) => {
    products.push(...writeDemoCatalogue(run, { env, shop, manager, atMs: beginsAtMs, language }));
    publishDemoProgramme(run, { programId, manager, atMs: beginsAtMs, language, products });
    const when = { atMs: beginsAtMs, nowMs, timeZone: TIME_ZONE };
    const own = createChance(given.seed + 1);
    begun.vouchers = publishDemoCampaigns(run, { ...when, owner, manager, cashier, language, products, chance: own });
  });
  const vouchers = mustHave(begun.vouchers, 'the campaigns of the sample shop');
  const regulars = inventRegulars(chance, HISTORY_DAYS);
  writeDemoHistory({ env, shop, programId, chance, nowMs, cashiers, manager, products, regulars, vouchers });
  env.forgetShop();
  return { staffId: manager.staffId };
}

function sessionOf(sessions: readonly Session[], role: Role): Session {
  const found = sessions.find(({ roles }) => roles.includes(role));
  if (found === undefined) throw new Error(`the sample shop has no ${role}`);
  return found;
}

function newDemoShop(env: BackendEnv, language: 'en' | 'es'): ShopIdentity {
  return {
    merchantId: env.newId(),
    shopId: env.newId(),
    terminalId: env.newId(),
    merchantCode: makeCode((bytes) => void bytes.set(randomBytes(bytes.length))),
    shopName: 'Café Lapacho',
    terminalName: language === 'es' ? 'Caja 1' : 'Till 1',
    shopCode: 'S1',
    terminalCode: 'T1',
    country: 'PY',
    currency: 'PYG',
    timeZone: TIME_ZONE,
    dayStartsAtHour: 4,
    isDemo: true,
  };
}

interface NewPerson {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly pinHash: string;
}

function writePeople(given: {
  env: BackendEnv;
  shop: ShopIdentity;
  language: 'en' | 'es';
  people: readonly NewPerson[];
  beginsAtMs: number;
}): Session[] {
  const { env, shop, language, people, beginsAtMs } = given;
  const sessions = people.map(({ name, roles }) => ({
    sessionId: env.newId(),
    staffId: env.newId(),
    name,
    roles,
    isLocked: false,
  }));
  const at = people.findIndex(({ roles }) => roles.includes('manager'));
  const [manager, session] = [people[at], sessions[at]];
  if (manager === undefined || session === undefined) throw new Error('the sample shop has no manager');
  writeFirstShop(env, {
    shop,
    settings: { ...defaultSettings(shop.country, shop.currency), language, region: 'es-PY' },
    manager: { staffId: session.staffId, name: manager.name, roles: manager.roles, pinHash: manager.pinHash },
    recoveryCode: makeRecoveryCode(),
    operationId: env.newId(),
    moment: momentAt(shop, beginsAtMs),
  });
  env.db.write((db) => {
    people.forEach((person, index) => {
      const staffId = sessions[index]?.staffId;
      if (index === at || staffId === undefined) return;
      insertStaff(db, { staffId, merchantId: shop.merchantId, ...person, atMs: beginsAtMs });
    });
  });
  return sessions;
}
