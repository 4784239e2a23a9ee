import { businessDateOf, instantOfLocal, localTimeOf } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import { type RunThen, writeHistory } from '../command.ts';
import type { BackendEnv, Session, ShopIdentity } from '../context.ts';
import type { Chance } from './chance.ts';
import type { SoldProduct } from './demo-catalogue.ts';
import { type EnrolledRegular, enrolRegular, type Regular } from './demo-customers.ts';
import { awardElsewhere, giveBack, ringUp } from './demo-sales.ts';
import type { DemoVouchers } from './demo-vouchers.ts';

export const HISTORY_DAYS = 90;
const MINUTE_MS = 60_000;
const OPENS_AT = 7;
const CLOSES_AT = 20;
/** Sales of an ordinary day by weekday, Monday first. */
const SALES_BY_WEEKDAY = [44, 46, 48, 50, 60, 74, 40];
/** How busy the hours are from opening to closing. */
const BUSY = [9, 12, 10, 7, 6, 9, 9, 6, 5, 6, 7, 5, 3];
const MEMBER_SHARE = 0.62;

export interface HistoryPlan {
  readonly env: BackendEnv;
  readonly shop: ShopIdentity;
  readonly programId: string;
  readonly chance: Chance;
  readonly nowMs: number;
  readonly cashiers: readonly Session[];
  readonly manager: Session;
  readonly products: readonly SoldProduct[];
  readonly regulars: readonly Regular[];
  readonly vouchers: DemoVouchers;
}

/** Days that are committed together: each commit writes every page anew that it touched. */
const DAYS_AT_ONCE = 15;

/** Writes the days one by one, some in one transaction, up to now: enrolments, sales, a few refunds and awards. */
export function writeDemoHistory(plan: HistoryPlan): void {
  const { env, shop, nowMs } = plan;
  const today = businessDateOf(nowMs, shop.timeZone, shop.dayStartsAtHour);
  const enrolled: EnrolledRegular[] = [];
  for (let from = 0; from < HISTORY_DAYS; from += DAYS_AT_ONCE) {
    writeHistory(env, shop, (run) => {
      for (let day = from; day < Math.min(from + DAYS_AT_ONCE, HISTORY_DAYS); day += 1) {
        writeDay({ ...plan, run }, addDays(today, day - HISTORY_DAYS + 1), day, enrolled);
      }
      if (from + DAYS_AT_ONCE >= HISTORY_DAYS) plan.vouchers.finish(run, nowMs - MINUTE_MS, enrolled);
    });
  }
}

function writeDay(
  plan: HistoryPlan & { readonly run: RunThen },
  date: string,
  day: number,
  enrolled: EnrolledRegular[],
): void {
  const { env, run, shop, programId, chance, cashiers, manager, products, nowMs, vouchers } = plan;
  const moments = momentsOf(plan, date, day).filter((atMs) => atMs < nowMs - MINUTE_MS);
  const cashier = chance.pick(cashiers);
  const opensAtMs = Math.min(instantOfLocal(date, OPENS_AT, shop.timeZone), nowMs - MINUTE_MS);
  if (day === 0) {
    for (const regular of plan.regulars)
      if (regular.fromDay < 0) enrolled.push(enrolRegular(run, cashier, opensAtMs, regular));
  }
  const joining = plan.regulars.filter((regular) => regular.fromDay === day);
  for (const atMs of moments) {
    const { hour } = localTimeOf(atMs, shop.timeZone);
    const story = { run, chance, newId: env.newId, programId, cashier, products, atMs, hour, vouchers };
    const newcomer = joining.pop();
    if (newcomer !== undefined) enrolled.push(enrolRegular(run, cashier, atMs, newcomer));
    const customer = newcomer === undefined ? memberOrNobody(chance, enrolled) : (enrolled.at(-1) ?? null);
    if (customer !== null && chance.isTrue(0.02)) awardElsewhere(story, customer);
    else {
      const sale = ringUp(story, customer);
      if (chance.isTrue(0.012)) giveBack({ run, atMs, manager }, sale, customer);
    }
  }
  for (const regular of joining) enrolled.push(enrolRegular(run, cashier, moments.at(-1) ?? opensAtMs, regular));
}

function memberOrNobody(chance: Chance, enrolled: readonly EnrolledRegular[]): EnrolledRegular | null {
  return chance.isTrue(MEMBER_SHARE) ? chance.pick(enrolled, (regular) => regular.weight) : null;
}

/** The instants of a day's sales, in order: more on busy weekdays and hours, a little more each month. */
function momentsOf({ shop, chance }: HistoryPlan, date: string, day: number): number[] {
  const weekday = localTimeOf(instantOfLocal(date, 12, shop.timeZone), shop.timeZone).weekday;
  const usual = (SALES_BY_WEEKDAY[weekday - 1] ?? 45) * (1 + day / 600);
  const count = Math.round(usual * (0.85 + chance.next() * 0.3));
  const hours = Array.from({ length: CLOSES_AT - OPENS_AT }, (_, index) => OPENS_AT + index);
  return Array.from({ length: count }, () => {
    const hour = chance.pick(hours, (one) => BUSY[one - OPENS_AT] ?? 0);
    return instantOfLocal(date, hour, shop.timeZone) + chance.whole(0, 59 * 60_000);
  }).sort((a, b) => a - b);
}
