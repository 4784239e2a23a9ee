import type { Page } from '@playwright/test';
import { ask, command } from './page-api.ts';
import { addProducts, enrol, openShop } from './shop.ts';

export const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
export const PLATTER = { name: 'Platter', priceMinor: 120_000 } as const;

/** 1 point per 1.000; 100 points are worth 10.000; Gold from 100.000 spent, with half as many points again. */
const PROGRAMME = {
  rules: [{ ruleId: 'base', kind: 'spend', name: 'Every sale', points: 1, perMinor: 1000 }],
  rewards: [
    { rewardId: 'off', kind: 'rate', name: 'Money off', pointsPerStep: 100, minorPerStep: 10_000 },
    { rewardId: 'lunch', kind: 'fixed', name: 'Free lunch', pricePoints: 1000, amountMinor: 30_000 },
  ],
  tiers: {
    measure: 'spend',
    levels: [
      { tierId: 'member', name: 'Member', threshold: 0 },
      { tierId: 'gold', name: 'Gold', threshold: 100_000, multiplierBasisPoints: 15_000, metal: 'gold' },
    ],
  },
};

/** Publishes a programme as the shop's main one, with `change` on top of the usual terms of these tests. */
export async function publishProgramme(page: Page, change: object = {}): Promise<void> {
  const [main] = await ask<{ programId: string; name: string }[]>(page, 'points.programmes');
  if (main === undefined) throw new Error('the shop has a programme from the start');
  const { programId } = main;
  const programme = { name: 'Puntos', ...PROGRAMME, ...change };
  const { revision } = await command<{ revision: number }>(page, 'points.saveProgrammeDraft', {
    programId,
    programme,
    revision: 0,
  });
  await command(page, 'points.publishProgrammeDraft', { programId, revision });
}

/** A shop with the programme, two products, an open drawer, and Ana with points from before. */
export async function openLoyalShop(page: Page, points: number): Promise<{ customerId: string; code: string }> {
  await openShop(page);
  await publishProgramme(page);
  await addProducts(page, [COFFEE, PLATTER]);
  const ana = await enrol(page, 'Ana Benítez');
  if (points > 0)
    await command(page, 'points.award', {
      customerId: ana.customerId,
      reason: 'goodwill',
      points,
      note: 'from before',
    });
  await command(page, 'till.openShift', { floatMinor: 500_000 });
  await page.reload();
  return ana;
}
