import { expect, test } from 'vitest';
import { campaignSchema } from '#shop/vouchers/campaign.ts';
import { keptCodes } from './kept-codes.ts';

test('VC7: another number of uses of each code is for new codes; how many keep theirs is said before it is published', () => {
  const benefit = { kind: 'percent', rateBasisPoints: 1000 } as const;
  const campaign = (usesPerCode: number | null, genericCode: string | null = null) =>
    campaignSchema.parse({ name: 'Autumn', benefit, genericCode, limits: { usesPerCode } });
  const inForce = { live: { campaign: campaign(1) }, codeCount: 1_000 };
  expect(keptCodes(campaign(3), inForce)).toBe(1_000);
  expect(keptCodes(campaign(null), inForce)).toBe(1_000);
  expect(keptCodes(campaign(1), inForce)).toBe(0);
  // One code for everybody follows what is published, and a first version has made none.
  const generic = { live: { campaign: campaign(null, 'AUTUMN') }, codeCount: 1 };
  expect(keptCodes(campaign(5, 'AUTUMN'), generic)).toBe(0);
  expect([keptCodes(campaign(3), { live: null, codeCount: 0 }), keptCodes(campaign(3), null)]).toEqual([0, 0]);
});
