import type { RunThen } from '../command.ts';
import type { Session } from '../context.ts';
import { enrolCustomer } from '../customers/enrol-customer.ts';
import { DEMO_GIVEN_NAMES, DEMO_SURNAMES } from './cafe.ts';
import type { Chance } from './chance.ts';

const CUSTOMERS = 600;
/** This share was enrolled before the history begins; the others come in on its days. */
const EARLY_SHARE = 0.55;

/** A customer as the history knows them. */
export interface Regular {
  readonly name: string;
  readonly phone: string;
  readonly email: string | undefined;
  readonly consentMarketing: boolean;
  readonly birthday: string | null;
  /** How often they come, against the others: a few come daily, most come rarely. */
  readonly weight: number;
  /** Day of the history on which they enrol; -1 for before it. */
  readonly fromDay: number;
}

export interface EnrolledRegular extends Regular {
  readonly customerId: string;
  /** Their points as the last command answered them. */
  points: number;
}

const ENROL = { action: 'customers.enrol', permission: 'customers.edit', handle: enrolCustomer } as const;

/** Makes up the people: names of the region, phones that do not repeat, a birthday for most. */
export function inventRegulars(chance: Chance, days: number): Regular[] {
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const given = chance.pick(DEMO_GIVEN_NAMES);
    const name = `${given} ${chance.pick(DEMO_SURNAMES)}${chance.isTrue(0.3) ? ` ${chance.pick(DEMO_SURNAMES)}` : ''}`;
    const digits = String(100_000 + ((index * 7_919 + 12_345) % 900_000));
    const isEarly = index < CUSTOMERS * EARLY_SHARE;
    return {
      name,
      phone: `09${chance.pick(['71', '81', '82', '83', '91', '95'])} ${digits.slice(0, 3)} ${digits.slice(3)}`,
      email: chance.isTrue(0.35) ? `${plain(name)}${index}@example.com` : undefined,
      consentMarketing: chance.isTrue(0.7),
      birthday: chance.isTrue(0.6) ? birthday(chance) : null,
      weight: 1 / (1 + chance.next() * 24) ** 1.4,
      fromDay: isEarly ? -1 : chance.whole(0, days - 1),
    };
  });
}

/** Enrols one of them at an instant, as the cashier at the counter did. */
export function enrolRegular(run: RunThen, cashier: Session, atMs: number, regular: Regular): EnrolledRegular {
  const { name, phone, email, consentMarketing, birthday: born } = regular;
  const { customerId } = run(ENROL, cashier, atMs, { name, phone, email, consentMarketing, birthday: born });
  return { ...regular, customerId, points: 0 };
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');
}

function birthday(chance: Chance): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${chance.whole(1955, 2006)}-${two(chance.whole(1, 12))}-${two(chance.whole(1, 28))}`;
}
