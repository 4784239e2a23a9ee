import type { ScreenCustomer } from '#shop/customer-screen/screen-state.ts';

const WHOLE = 10_000;

/** How far the customer is on the way to the next reward, in basis points of its cost: what they had, and what this sale adds. */
export function rewardProgress(
  reward: NonNullable<ScreenCustomer['nextReward']>,
  earnsPoints: number,
): { readonly hadBasisPoints: number; readonly addedBasisPoints: number } {
  const after = Math.min(Math.max(reward.costPoints - reward.missingPoints, 0), reward.costPoints);
  const had = Math.max(after - Math.max(earnsPoints, 0), 0);
  const share = (points: number): number => Math.floor((points * WHOLE) / Math.max(reward.costPoints, 1));
  return { hadBasisPoints: share(had), addedBasisPoints: share(after) - share(had) };
}
