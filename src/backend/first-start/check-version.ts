import { randomBytes } from 'node:crypto';
import { done } from '#shop/refusal.ts';
import { raiseAlert } from '../alerts/alerts-store.ts';
import { runSystemCommand } from '../command.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import { newestSchema } from '../db/migrate.ts';
import { selectSchemaVersion } from '../system/system-store.ts';
import { type CheckedPart, type PartFound, keepLastVersion, readLastVersion } from './last-version.ts';
import { rehearseSale } from './rehearse-sale.ts';
import { countWrongBalances } from './sample-store.ts';

/** What the alert is about. */
const FIRST_START = 'first-start';
/** So many of the last entries of each ledger say whose balances are added up again. */
const SAMPLE = 500;

/**
 * At the first start of a version: checks what it opened, keeps what it found, and tells whoever is in charge where something
 * is not good (S3-79). Later starts of the same version look at nothing.
 */
export function checkFirstStart(env: BackendEnv, dataFolder: string, wallMs: number): void {
  const { appVersion } = env;
  if (readLastVersion(dataFolder)?.appVersion === appVersion) return;
  const shop = env.shop();
  const parts = shop === null ? [] : checkVersion(env, shop);
  keepLastVersion(dataFolder, { appVersion, atMs: wallMs, parts });
  const wrong = parts.find(({ isGood }) => !isGood);
  if (wrong !== undefined) tell(env, wrong.errorCode ?? '');
}

/** Looks at one part after the other; what throws is not good, stands in the log, and keeps no other part from being looked at. */
export function checkVersion(env: BackendEnv, shop: ShopIdentity): PartFound[] {
  const found = (part: CheckedPart, look: () => void): PartFound => {
    try {
      look();
      return { part, isGood: true, errorCode: null };
    } catch (cause) {
      const errorCode = randomBytes(4).toString('hex');
      env.logError(errorCode, cause);
      return { part, isGood: false, errorCode };
    }
  };
  return [
    found('schema', () => refuseUnequal('schema', selectSchemaVersion(env.db.read), newestSchema())),
    found('ledgers', () =>
      refuseUnequal('wrong balances', countWrongBalances(env.db.read, shop.merchantId, SAMPLE), 0),
    ),
    ...rehearseSale(env, shop, found),
  ];
}

function refuseUnequal(what: string, is: number, shouldBe: number): void {
  if (is !== shouldBe) throw new Error(`${what}: ${is}, not ${shouldBe}`);
}

function tell(env: BackendEnv, errorCode: string): void {
  runSystemCommand(
    env,
    {
      action: 'firstStart.fail',
      handle: (scope, facts: { readonly job: string; readonly errorCode: string }) => {
        raiseAlert(scope, { kind: 'job-failed', subject: FIRST_START, facts });
        return done({ job: FIRST_START });
      },
    },
    { operationId: env.newId(), input: { job: FIRST_START, errorCode } },
  );
}
