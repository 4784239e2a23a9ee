/**
 * Why a voucher is refused: facts carry what explains it, the screens the words.
 * voucher-used: atMs, terminalId · voucher-expired, voucher-ended: endedAtMs · voucher-not-started: startsAtMs ·
 * voucher-paused: atMs, staffId · voucher-revoked: atMs · voucher-limit-reached, voucher-day-limit,
 * voucher-customer-limit, voucher-customer-day-limit: limit · voucher-till-allowance: limit, used, left, of this till alone · voucher-budget-spent: budgetMinor · voucher-wrong-day:
 * weekdays ('0,4', 0 Monday) · voucher-wrong-hours: fromMinute, toMinute · voucher-wrong-window: nextOn ·
 * voucher-minimum-not-met: neededMinor, haveMinor, missingMinor, or in units ·
 * voucher-conditions: missing, the conditions that do not hold, and missingNames, names by id, both as JSON · voucher-not-applied: why (a SkipReason),
 * byOfferId, limit · voucher-own: as ('creator', 'issuer', 'customer') · voucher-not-first-purchase: sales ·
 * voucher-wrong-shop,
 * voucher-wrong-staff, voucher-segment, voucher-tier, voucher-no-eligible-item: names of what it is for ·
 * voucher-held: untilMs · voucher-already-claimed: claimedAtMs · voucher-codes-too-few: needed.
 */
export type VoucherRefusal =
  | 'voucher-unknown'
  | 'voucher-used'
  | 'voucher-expired'
  | 'voucher-not-started'
  | 'voucher-draft'
  | 'voucher-paused'
  | 'voucher-ended'
  | 'voucher-revoked'
  | 'voucher-limit-reached'
  | 'voucher-budget-spent'
  | 'voucher-till-allowance'
  | 'voucher-day-limit'
  | 'voucher-customer-limit'
  | 'voucher-customer-day-limit'
  | 'voucher-wrong-day'
  | 'voucher-wrong-hours'
  | 'voucher-wrong-window'
  | 'voucher-minimum-not-met'
  | 'voucher-conditions'
  | 'voucher-no-eligible-item'
  | 'voucher-not-applied'
  | 'voucher-of-another'
  | 'voucher-needs-customer'
  | 'voucher-wrong-shop'
  | 'voucher-wrong-staff'
  | 'voucher-own'
  | 'voucher-segment'
  | 'voucher-other-arm'
  | 'voucher-tier'
  | 'voucher-not-first-purchase'
  | 'voucher-next-sale'
  | 'voucher-held'
  | 'voucher-already-claimed'
  | 'voucher-needs-sale'
  | 'voucher-not-redeemed'
  | 'voucher-code-taken'
  | 'voucher-codes-too-few'
  | 'batch-running'
  | 'campaign-without-codes'
  | 'campaign-published-meanwhile'
  | 'campaign-running'
  | 'campaign-ended';
