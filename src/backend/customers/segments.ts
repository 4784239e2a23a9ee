import { z } from 'zod';
import { readEmail } from '#shop/customers/email.ts';
import { readPhone } from '#shop/customers/phone.ts';
import { type SegmentRule, segmentRuleSchema } from '#shop/customers/segment-rule.ts';
import { readCode } from '#shop/ids/code.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { uuidV5 } from '#shop/ids/uuid.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText, soughtText } from '#shop/text/text-schema.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { runCommand } from '../command.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope, RequestContext } from '../context.ts';
import { refusalError } from '../trpc.ts';
import { selectCampaignsNaming } from '../vouchers/campaign-list-store.ts';
import { selectEmailOwner, selectPhoneOwner } from './customers-store.ts';
import { selectFoundByCode } from './customer-search-store.ts';
import { compileSegment } from './segment-facts.ts';
import { instantOf, moveMember, SEGMENT_BATCH, segmentChanges, settleSegmentBatch } from './segment-members.ts';
import {
  archiveSegment,
  type Segment,
  selectMembers,
  selectSegment,
  selectSegments,
  upsertSegment,
} from './segments-store.ts';

/** As many segments as one list shows; as many members as somebody puts together by hand. */
const MAX_SEGMENTS = 100;
const MAX_STATIC_MEMBERS = 100_000;

export function listSegments({ db, shop }: ReadScope): { segments: Segment[] } {
  return { segments: selectSegments(db, shop.merchantId) };
}

export const countSegmentSchema = z.strictObject({ rule: segmentRuleSchema });

/** How many customers a rule holds for now. */
export async function countSegment(
  { env, shop, moment }: ReadScope,
  { rule }: { rule: SegmentRule },
): Promise<{ count: number }> {
  const { statement, parameters } = compileSegment(rule, instantOf(shop, moment), 'count');
  const [row] = await env.heavy.all<{ count: number }>(statement, parameters);
  return { count: row?.count ?? 0 };
}

export const saveSegmentSchema = z.strictObject({
  segmentId: idSchema,
  /** 0 for a new one. */
  version: z.int().min(0),
  name: lineText({ max: 80 }),
  rule: segmentRuleSchema.nullable(),
});

/** Keeps a segment; without a rule its members are put in by hand. Refuses 'changed-elsewhere', 'segment-full' beyond 100, 'segment-not-static' for a change of kind. */
export function saveSegment(
  scope: CommandScope,
  input: z.output<typeof saveSegmentSchema>,
): Outcome<{ segmentId: string; version: number }> {
  const { db, shop, moment } = scope;
  const { segmentId, name, rule } = input;
  const known = selectSegment(db, shop.merchantId, segmentId);
  if ((known?.version ?? 0) !== input.version) return refuse('changed-elsewhere', { version: known?.version ?? 0 });
  if (known === null && selectSegments(db, shop.merchantId).length >= MAX_SEGMENTS) return refuse('segment-full');
  const kind = rule === null ? 'static' : 'rule';
  if (known !== null && known.kind !== kind) return refuse('segment-not-static', { kind: known.kind });
  upsertSegment(db, { segmentId, merchantId: shop.merchantId, name, kind, rule, atMs: moment.atMs });
  const version = input.version + 1;
  scope.fact('segments', { id: segmentId, merchantId: shop.merchantId, kind, version, atMs: moment.atMs });
  scope.personalFact('segments', { id: segmentId, ...typedOf({ name, rule }) });
  scope.changed({
    table: 'segments',
    recordId: segmentId,
    before: known === null ? null : { kind, version: known.version },
    after: { kind, version },
    ...(known === null ? {} : { personalBefore: typedOf(known) }),
    personalAfter: typedOf({ name, rule }),
  });
  scope.touch('customers');
  return done({ segmentId, version });
}

/** What somebody typed of a segment may name people ("friends of Sara"; a tag in its rule): told in the erasable part alone. */
function typedOf({ name, rule }: Pick<Segment, 'name' | 'rule'>) {
  return { name, rule: rule === null ? null : JSON.stringify(rule) };
}

export const oneSegmentSchema = z.strictObject({ segmentId: idSchema });

/**
 * Takes a segment out of use; who was in it stays in its history. Refuses 'not-found', and 'segment-in-use' {campaigns} where
 * campaigns that are not over ask for it: without it nobody could use them, or everybody.
 */
export function dropSegment(scope: CommandScope, { segmentId }: { segmentId: string }): Outcome<{ segmentId: string }> {
  const known = selectSegment(scope.db, scope.shop.merchantId, segmentId);
  if (known === null) return refuse('not-found', { kind: 'segment' });
  const { db, shop, moment } = scope;
  const of = { merchantId: shop.merchantId, segmentId, today: localDateOf(moment.trustedAtMs, shop.timeZone) };
  const campaigns = selectCampaignsNaming(db, of);
  if (campaigns.length > 0) return refuse('segment-in-use', { campaigns: campaigns.join(', ') });
  archiveSegment(scope.db, segmentId, scope.moment.atMs);
  scope.fact('segments', { id: segmentId, isArchived: true, atMs: scope.moment.atMs });
  scope.changed({
    table: 'segments',
    recordId: segmentId,
    before: { kind: known.kind, version: known.version },
    after: null,
    personalBefore: typedOf(known),
  });
  scope.touch('customers');
  return done({ segmentId });
}

export const segmentMembersSchema = z.strictObject({
  segmentId: idSchema,
  /** The last member of the page before, as `next` had it; null begins. */
  after: z.strictObject({ name: soughtText({ max: 400 }), customerId: idSchema }).nullable(),
  limit: z.int().min(1).max(200),
});

/** Who is in a segment, by name, page by page; `next` is null at the end. Throws the refusal 'not-found'. */
export async function segmentMembers(
  { db, env, shop }: ReadScope,
  { segmentId, after, limit }: z.output<typeof segmentMembersSchema>,
) {
  const segment = selectSegment(db, shop.merchantId, segmentId);
  if (segment === null) throw refusalError(refuse('not-found', { kind: 'segment' }));
  const place = { afterName: after?.name ?? '', afterId: after?.customerId ?? '' };
  const found = await selectMembers(env.heavy, { segmentId, ...place, limit: limit + 1 });
  const members = found.slice(0, limit).map(({ sortName: _, ...member }) => member);
  const last = found[limit - 1];
  const next =
    found.length <= limit || last === undefined ? null : { name: last.sortName, customerId: last.customerId };
  return { segment, members, next };
}

export const addMembersSchema = z.strictObject({
  segmentId: idSchema,
  /** One customer a line: code, phone or e-mail. */
  lines: z
    .array(soughtText({ max: 254 }))
    .min(1)
    .max(500),
});

/**
 * Puts customers into a static segment. `unknown` counts the lines, from 1, that name nobody. Refuses 'not-found',
 * 'segment-not-static', 'segment-full'.
 */
export function addMembers(
  scope: CommandScope,
  { segmentId, lines }: z.output<typeof addMembersSchema>,
): Outcome<{ added: number; unknown: number[] }> {
  const { db, shop } = scope;
  const segment = selectSegment(db, shop.merchantId, segmentId);
  if (segment === null) return refuse('not-found', { kind: 'segment' });
  if (segment.kind !== 'static') return refuse('segment-not-static', { kind: segment.kind });
  if (segment.memberCount + lines.length > MAX_STATIC_MEMBERS) return refuse('segment-full');
  const found = lines.map((line) => (line === '' ? '' : findPerson(scope, line)));
  const customerIds = [...new Set(found.filter((id): id is string => id !== null && id !== ''))];
  const added = customerIds.filter((customerId) => moveMember(scope, { segmentId, customerId, belongs: true }));
  record(scope, segmentId, { added, removed: [] });
  return done({ added: added.length, unknown: found.flatMap((id, index) => (id === null ? [index + 1] : [])) });
}

export const removeMemberSchema = z.strictObject({ segmentId: idSchema, customerId: idSchema });

/** Takes a customer out of a static segment. Refuses 'not-found' and 'segment-not-static'. */
export function removeMember(
  scope: CommandScope,
  { segmentId, customerId }: z.output<typeof removeMemberSchema>,
): Outcome<{ isRemoved: boolean }> {
  const segment = selectSegment(scope.db, scope.shop.merchantId, segmentId);
  if (segment === null) return refuse('not-found', { kind: 'segment' });
  if (segment.kind !== 'static') return refuse('segment-not-static', { kind: segment.kind });
  const isRemoved = moveMember(scope, { segmentId, customerId, belongs: false });
  if (isRemoved) record(scope, segmentId, { added: [], removed: [customerId] });
  return done({ isRemoved });
}

function record(
  scope: CommandScope,
  segmentId: string,
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
): void {
  scope.fact('segment_members', { segmentId, added, removed, atMs: scope.moment.atMs });
  scope.changed({ table: 'segment_members', recordId: segmentId, before: null, after: { added, removed } });
  scope.touch('customers');
}

function findPerson({ db, shop }: CommandScope, line: string): string | null {
  const { merchantId } = shop;
  const reading = readCode(line);
  if (reading.kind === 'code') return selectFoundByCode(db, merchantId, reading.code)?.customerId ?? null;
  const email = readEmail(line);
  if (email !== null) return selectEmailOwner(db, merchantId, email);
  const phone = readPhone(line, shop.country);
  return phone === null ? null : selectPhoneOwner(db, merchantId, phone.e164);
}

/** Asks a segment's rule of everybody, in batches of commands of their own: the till goes on between them. */
export async function recomputeSegment(
  { env, clientId, scope }: RequestContext & { readonly scope: ReadScope },
  { segmentId }: { segmentId: string },
  operationId: string,
): Promise<Outcome<{ entered: number; left: number }>> {
  const ids = await segmentChanges(env, scope.shop, scope.moment, segmentId);
  const counts = { entered: 0, left: 0 };
  const definition = {
    action: 'segments.settle',
    permission: 'customers.segments',
    handle: settleSegmentBatch,
  } as const;
  for (let from = 0; from === 0 || from < ids.length; from += SEGMENT_BATCH) {
    const customerIds = ids.slice(from, from + SEGMENT_BATCH);
    const isLast = from + SEGMENT_BATCH >= ids.length;
    const settled = runCommand(env, definition, {
      clientId,
      operationId: uuidV5(operationId, `${from}`),
      input: { segmentId, customerIds, isLast },
    });
    if (settled.kind === 'refused') return settled;
    counts.entered += settled.value.entered;
    counts.left += settled.value.left;
    await new Promise((resolve) => void setImmediate(resolve));
  }
  return done(counts);
}
