import type { Campaign } from '#shop/vouchers/campaign.ts';

/** How many codes were made before and keep their uses, because another number of uses is for new codes alone. */
export function keptCodes(
  { genericCode, limits }: Pick<Campaign, 'genericCode' | 'limits'>,
  inForce: { readonly live: { readonly campaign: Campaign } | null; readonly codeCount: number } | null,
): number {
  const before = inForce?.live?.campaign ?? null;
  if (inForce === null || before === null || genericCode !== null || before.genericCode !== null) return 0;
  return before.limits.usesPerCode === limits.usesPerCode ? 0 : inForce.codeCount;
}
