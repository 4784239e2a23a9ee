import { mustHave } from '#shop/must.ts';
import { tierEventIdOf } from '#shop/points/due.ts';
import type { Tiers } from '#shop/points/programme-tiers.ts';
import { foldTier, type TierChange, type TierMove, type TierStanding } from '#shop/points/tiers.ts';
import type { SystemScope } from '../command-scope.ts';
import type { Member } from '../points/accounts-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';
import { selectTier, upsertTier, type WrittenTier } from '../points/tiers-store.ts';

/**
 * Writes the tier that follows from a customer's moves, and one event for each real change since it was last written
 * (C-15, C-18). Doing it again writes nothing. `moves` are those up to now, this command's included.
 */
export function settleTier(
  scope: SystemScope,
  given: {
    readonly member: Member;
    readonly accountId: string;
    readonly version: StoredVersion;
    readonly moves: readonly TierMove[];
  },
): TierStanding | null {
  const { tiers } = given.version.programme;
  if (tiers === null) return null;
  return settleStanding(scope, {
    ...given,
    standing: foldTier(tiers, given.moves, scope.moment.trustedAtMs, scope.shop.timeZone),
  });
}

/** The same, where the standing as of now is known. */
export function settleStanding(
  scope: SystemScope,
  given: {
    readonly member: Member;
    readonly accountId: string;
    readonly version: StoredVersion;
    readonly standing: TierStanding;
  },
): TierStanding | null {
  const { version, accountId, member, standing } = given;
  const { programId, programme } = version;
  const { tiers } = programme;
  if (tiers === null) return null;
  const written = selectTier(scope.db, accountId, programId);
  const { tierId, keepsUntilMs } = standing;
  if (written === null && standing.changes.length === 0) return standing;
  const sinceMs = standing.sinceMs ?? written?.sinceMs ?? scope.moment.trustedAtMs;
  const isSame =
    written !== null &&
    written.tierId === tierId &&
    written.keepsUntilMs === keepsUntilMs &&
    written.sinceMs === sinceMs;
  if (isSame) return standing;
  upsertTier(scope, { accountId, programId, tierId, sinceMs, keepsUntilMs });
  for (const change of changesSince(tiers, standing, written, scope.moment.trustedAtMs)) {
    tellOfChange(scope, { member, accountId, version, tiers, change, keepsUntilMs });
  }
  return standing;
}

/**
 * The changes that nobody has been told of; where the ladder itself is new or another, the one step from the old tier to
 * the new: of what would have been before it, nobody is told (C-11).
 */
function changesSince(
  tiers: Tiers,
  { changes, tierId }: TierStanding,
  written: WrittenTier | null,
  nowMs: number,
): readonly TierChange[] {
  if (written === null) {
    const base = mustHave(tiers.levels[0], 'the first tier').tierId;
    return changes.length < 2 ? changes : changes.slice(-1).flatMap((last) => stepFrom(base, last));
  }
  const known = changes.findLastIndex(
    (change) => change.toTierId === written.tierId && change.atMs === written.sinceMs,
  );
  if (known >= 0) return changes.slice(known + 1);
  if (written.tierId === tierId) return [];
  const last = changes.at(-1);
  const why =
    last?.toTierId === tierId ? last.why : rank(tiers, tierId) > rank(tiers, written.tierId) ? 'reached' : 'refund';
  return [{ atMs: nowMs, fromTierId: written.tierId, toTierId: tierId, why, saleId: last?.saleId ?? null }];
}

function stepFrom(fromTierId: string, change: TierChange): TierChange[] {
  return change.toTierId === fromTierId ? [] : [{ ...change, fromTierId }];
}

function tellOfChange(
  scope: SystemScope,
  given: {
    readonly member: Member;
    readonly accountId: string;
    readonly version: StoredVersion;
    readonly tiers: Tiers;
    readonly change: TierChange;
    readonly keepsUntilMs: number | null;
  },
): void {
  const { tiers, change, version, accountId, keepsUntilMs } = given;
  const isUp = rank(tiers, change.toTierId) > rank(tiers, change.fromTierId);
  const level = mustHave(tiers.levels[rank(tiers, change.toTierId)], 'the tier that is reached');
  scope.event({
    id: tierEventIdOf({ accountId, programId: version.programId }, change),
    type: isUp ? 'customer.tier.upgraded' : 'customer.tier.downgraded',
    category: 'EFFECT',
    customerId: given.member.customerId,
    data: { programId: version.programId, ...change, tierName: level.name, keepsUntilMs },
  });
  scope.touch('customers');
}

function rank({ levels }: Tiers, tierId: string): number {
  return levels.findIndex((level) => level.tierId === tierId);
}
