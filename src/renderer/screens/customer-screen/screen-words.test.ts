import { expect, test } from 'vitest';
import en from '../../i18n/en/customer-screen.json' with { type: 'json' };
import es from '../../i18n/es/customer-screen.json' with { type: 'json' };
import { amountSize } from './amount-size.ts';
import { rewardProgress } from './reward-progress.ts';
import { whyNotOf } from './why-not.ts';

test('UX-12: the bar shows what the customer had and what this sale adds, never more than the whole', () => {
  const reward = { name: 'Lunch', costPoints: 1500, missingPoints: 144 };
  expect(rewardProgress(reward, 156)).toEqual({ hadBasisPoints: 8000, addedBasisPoints: 1040 });
  expect(rewardProgress({ ...reward, missingPoints: 0 }, 5000)).toEqual({
    hadBasisPoints: 0,
    addedBasisPoints: 10_000,
  });
  expect(rewardProgress({ ...reward, missingPoints: 1500 }, 0)).toEqual({ hadBasisPoints: 0, addedBasisPoints: 0 });
});

test('UX-12: every reason has words for a customer in both languages, and an unknown one sends them to the counter', () => {
  expect(whyNotOf('voucher-wrong-hours')).toBe('time');
  expect(whyNotOf('sign-in-required')).toBe('ask');
  for (const reason of [
    'voucher-minimum-not-met',
    'voucher-used',
    'voucher-not-applied',
    'no-such-reason',
  ] as never[]) {
    const key = whyNotOf(reason);
    expect(en.whyNot[key].length).toBeGreaterThan(5);
    expect(es.whyNot[key].length).toBeGreaterThan(5);
  }
});

test('UX-12: an amount is drawn smaller the longer it is', () => {
  expect(['₲ 9.100', '₲ 142.000', '₲ 12.345.678'].map(amountSize)).toEqual([undefined, 'is-long', 'is-longer']);
});
