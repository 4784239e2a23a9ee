import { expect, test } from 'vitest';
import { CAMPAIGN_TEMPLATES } from '#shop/vouchers/templates.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

const shopOfTest = voucherShopForEach();

function given() {
  const shop = shopOfTest();
  return { shop, vouchers: shop.caller('manager').vouchers };
}

test('a draft changes nothing until it is published, and a version never changes', async () => {
  const { shop, vouchers } = given();
  const { campaignId, versionId } = await shop.publish({ genericCode: 'BREK10' });
  const dearer = shop.campaign({ name: 'Breakfast 20', benefit: { kind: 'percent', rateBasisPoints: 2000 } });
  const saved = await vouchers.saveDraft(shop.op({ campaignId, campaign: dearer, revision: 0 }));
  expect(saved).toEqual({ campaignId, revision: 1, basedOnVersion: 1 });
  const before = await vouchers.detail({ campaignId });
  expect(before.live).toMatchObject({ versionId, version: 1, campaign: { name: 'Breakfast' } });
  expect(before.draft?.campaign.name).toBe('Breakfast 20');
  expect(before.voucher).toMatchObject({ code: 'BREK10', status: 'published' });
  const second = await vouchers.publish(shop.op({ campaignId, revision: 1 }));
  expect(second.version).toBe(2);
  const after = await vouchers.detail({ campaignId });
  expect(after.draft).toBeNull();
  expect(after.live?.campaign.benefit).toEqual({
    kind: 'percent',
    rateBasisPoints: 2000,
    capMinor: null,
    scope: 'order',
  });
  expect(after.versions.map(({ version, staffName }) => [version, staffName])).toEqual([
    [2, 'Marta Benítez'],
    [1, 'Marta Benítez'],
  ]);
  const kept = shop.env.db.read.get<{ definition: string }>(
    'SELECT definition FROM campaign_versions WHERE id = :versionId' as never,
    { versionId },
  );
  expect(JSON.parse(kept?.definition ?? '{}')).toMatchObject({ name: 'Breakfast', genericCode: 'BREK10' });
});

test('two who edit one campaign: the second is told, and a draft of an older version is not published', async () => {
  const { shop, vouchers } = given();
  const { campaignId } = await shop.publish();
  const save = (revision: number, standsOnLatest = false) =>
    vouchers.saveDraft(shop.op({ campaignId, campaign: shop.campaign({ name: 'New' }), revision, standsOnLatest }));
  await save(0);
  expect(await refusalOf(save(0))).toMatchObject({ reason: 'changed-elsewhere' });
  expect(await refusalOf(vouchers.publish(shop.op({ campaignId, revision: 2 })))).toMatchObject({
    reason: 'changed-elsewhere',
  });
  // Published in another window: the draft is gone, the campaign is not.
  const elsewhere = await shop.publish();
  expect(await refusalOf(vouchers.publish(shop.op({ campaignId: elsewhere.campaignId, revision: 1 })))).toMatchObject({
    reason: 'changed-elsewhere',
  });
  shop.env.db.write((tx) => {
    tx.run('UPDATE campaign_drafts SET based_on_version = 0' as never);
  });
  expect(await refusalOf(vouchers.publish(shop.op({ campaignId, revision: 1 })))).toEqual({
    reason: 'campaign-published-meanwhile',
    facts: { version: 1 },
  });
  const { revision } = await save(1, true);
  expect(await vouchers.publish(shop.op({ campaignId, revision }))).toMatchObject({ version: 2 });
});

test('VC8: a code for everybody belongs to one campaign, however it is spelt', async () => {
  const { shop, vouchers } = given();
  await shop.publish({ genericCode: 'BREK10' });
  const campaign = shop.campaign({ name: 'Copy', genericCode: 'brek-1O' });
  const { campaignId } = await vouchers.saveDraft(shop.op({ campaignId: null, campaign, revision: 0 }));
  expect(await refusalOf(vouchers.publish(shop.op({ campaignId, revision: 1 })))).toEqual({
    reason: 'voucher-code-taken',
    facts: { code: 'brek-1O' },
  });
  expect((await vouchers.detail({ campaignId })).voucher).toBeNull();
});

test('VC22: a campaign goes from draft to live, pauses, runs on, ends and is put away', async () => {
  const { shop, vouchers } = given();
  const campaign = shop.campaign();
  const { campaignId } = await vouchers.saveDraft(shop.op({ campaignId: null, campaign, revision: 0 }));
  const to = (status: 'live' | 'paused' | 'ended' | 'archived' | 'restored') =>
    vouchers.setStatus(shop.op({ campaignId, to: status }));
  const standing = async () => (await vouchers.detail({ campaignId })).standing;
  expect(await standing()).toBe('draft');
  expect(await refusalOf(to('live'))).toMatchObject({ reason: 'voucher-draft' });
  await vouchers.publish(shop.op({ campaignId, revision: 1 }));
  expect(await standing()).toBe('live');
  await to('paused');
  expect(await vouchers.detail({ campaignId })).toMatchObject({ standing: 'paused', pausedByName: 'Marta Benítez' });
  expect(await to('paused')).toEqual({ status: 'paused', isArchived: false });
  expect(await to('live')).toEqual({ status: 'live', isArchived: false });
  expect(await refusalOf(to('archived'))).toMatchObject({ reason: 'campaign-running' });
  await to('ended');
  for (const status of ['live', 'paused'] as const) {
    expect(await refusalOf(to(status))).toMatchObject({ reason: 'campaign-ended' });
  }
  const late = { campaignId, campaign, revision: 0 };
  expect(await refusalOf(vouchers.saveDraft(shop.op(late)))).toMatchObject({ reason: 'campaign-ended' });
  await to('archived');
  const counts = async () => (await vouchers.list({ tab: 'all', query: '' })).counts;
  expect(await counts()).toMatchObject({ all: 0, ended: 0, archived: 1 });
  await to('restored');
  expect(await counts()).toMatchObject({ all: 1, ended: 1, archived: 0 });
});

test('VC6 S3-53: how often a code for everybody can be used is what the newest version says, and never less than it was', async () => {
  const shop = shopOfTest();
  const manager = shop.caller('manager').vouchers;
  const { redeem, list } = shop.caller('cashier').vouchers;
  const given = { name: 'Coins', genericCode: 'COINS', benefit: { kind: 'credit', amountMinor: 500 } } as const;
  const { campaignId } = await shop.publish({ ...given, limits: { usesPerCode: 1 } });
  const again = async (usesPerCode: number | null) => {
    const campaign = shop.campaign({ ...given, limits: { usesPerCode } });
    const { revision } = await manager.saveDraft(shop.op({ campaignId, campaign, revision: 0 }));
    await manager.publish(shop.op({ campaignId, revision }));
  };
  const use = () => refusalOf(redeem(shop.op({ code: 'COINS', customerId: shop.addCustomer() })));
  const stands = () =>
    shop.env.db.read.get('SELECT usage_count AS used, usage_limit AS most, status FROM vouchers' as never);
  expect(await use()).toBeNull();
  expect(await use()).toMatchObject({ reason: 'voucher-used' });
  await again(3);
  expect((await list({ tab: 'all', query: '' })).rows).toMatchObject([{ uses: 1, limit: 3, standing: 'live' }]);
  expect([await use(), await use()]).toEqual([null, null]);
  expect(await use()).toMatchObject({ reason: 'voucher-limit-reached', facts: { limit: 3 } });
  expect((await list({ tab: 'ended', query: '' })).rows).toMatchObject([{ uses: 3, limit: 3, standing: 'used-up' }]);
  await again(null);
  expect(await use()).toBeNull();
  await again(2);
  expect(stands()).toEqual({ used: 4, most: 4, status: 'redeemed' });
  expect(await use()).toMatchObject({ reason: 'voucher-limit-reached' });
  expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
});

test('VC22 S0-21: what is in a wallet when its campaign is ended, or its last day is brought forward, is over there at once', async () => {
  const shop = shopOfTest();
  const { vouchers } = shop.caller('manager');
  const customerId = shop.addCustomer();
  const ofWallet = async () => {
    const { now, notYet, expired } = await vouchers.wallet({ customerId });
    return [now, notYet, expired].map((items) => items.map(({ name }) => name));
  };
  const campaigns = [await shop.publish({ name: 'One' }), await shop.publish({ name: 'Two' })];
  for (const { campaignId } of campaigns) await vouchers.give(shop.op({ campaignId, customerId, note: '' }));
  const [one = '', two = ''] = campaigns.map(({ campaignId }) => campaignId);
  await vouchers.setStatus(shop.op({ campaignId: one, to: 'paused' as const }));
  expect(await ofWallet()).toEqual([['Two'], ['One'], []]);
  await vouchers.setStatus(shop.op({ campaignId: one, to: 'ended' as const }));
  expect(await ofWallet()).toEqual([['Two'], [], ['One']]);
  const campaign = shop.campaign({ name: 'Two', validity: { startsOn: '2026-01-01', endsOn: '2026-01-31' } });
  const { revision } = await vouchers.saveDraft(shop.op({ campaignId: two, campaign, revision: 0 }));
  await vouchers.publish(shop.op({ campaignId: two, revision }));
  expect(await ofWallet()).toEqual([[], [], ['One', 'Two']]);
});

test('the list sorts campaigns by how they stand in the zone of the shop, and finds them by name and by code', async () => {
  const { shop, vouchers } = given();
  const businessDate = new Date(shop.clock.wallNowMs()).toISOString().slice(0, 10);
  await shop.publish({ name: 'Breakfast', genericCode: 'BREK10' });
  await shop.publish({ name: 'Next year', validity: { startsOn: '2030-01-01' } });
  const past = await shop.publish({ name: 'Old', validity: { startsOn: '2020-01-01', endsOn: '2020-01-31' } });
  await shop.publish({ name: 'Happy hour', trigger: 'automatic', validity: { startsOn: businessDate } });
  const paused = await shop.publish({ name: 'Sleepy' });
  await vouchers.setStatus(shop.op({ campaignId: paused.campaignId, to: 'paused' }));
  await vouchers.saveDraft(shop.op({ campaignId: null, campaign: shop.campaign({ name: 'Idea' }), revision: 0 }));
  const { rows, counts } = await vouchers.list({ tab: 'all', query: '' });
  const standings = Object.fromEntries(rows.map(({ name, standing }) => [name, standing]));
  expect(standings).toEqual({
    Breakfast: 'live',
    'Next year': 'scheduled',
    Old: 'ended',
    'Happy hour': 'automatic',
    Sleepy: 'paused',
    Idea: 'draft',
  });
  expect(counts).toEqual({ all: 6, live: 2, scheduled: 1, paused: 1, ended: 1, archived: 0 });
  const names = async (tab: 'all' | 'live' | 'archived', query: string) =>
    (await vouchers.list({ tab, query })).rows.map(({ name }) => name);
  expect(await names('all', 'HAPPY')).toEqual(['Happy hour']);
  expect(await names('all', 'brek 1o')).toEqual(['Breakfast']);
  expect(await names('live', '')).toEqual(expect.arrayContaining(['Breakfast', 'Happy hour']));
  const row = rows.find(({ name }) => name === 'Breakfast');
  expect(row).toMatchObject({ code: 'BREK10', codeCount: 1, kind: 'percent', value: 1000, uses: 0, claims: 0 });
  expect(row).toMatchObject({ claimsUsedBasisPoints: null, hasDraft: false });
  expect(row?.voucherId).not.toBeNull();
  // Over by its dates: it may be put away, and is ended by it.
  expect(await vouchers.setStatus(shop.op({ campaignId: past.campaignId, to: 'archived' }))).toEqual({
    status: 'ended',
    isArchived: true,
  });
  expect(await names('archived', '')).toEqual(['Old']);
});

test('a draft that is given up leaves a published campaign as it is, and takes one that never was with it', async () => {
  const { shop, vouchers } = given();
  const { campaignId } = await shop.publish();
  await vouchers.saveDraft(shop.op({ campaignId, campaign: shop.campaign({ name: 'Other' }), revision: 0 }));
  await vouchers.discardDraft(shop.op({ campaignId }));
  expect(await vouchers.detail({ campaignId })).toMatchObject({ draft: null, live: { version: 1 }, isArchived: false });
  const idea = await vouchers.saveDraft(shop.op({ campaignId: null, campaign: shop.campaign(), revision: 0 }));
  await vouchers.discardDraft(shop.op({ campaignId: idea.campaignId }));
  expect((await vouchers.list({ tab: 'all', query: '' })).rows).toHaveLength(1);
});

test('VC23: every template is a campaign that can be published as it stands', async () => {
  const { shop, vouchers } = given();
  for (const template of CAMPAIGN_TEMPLATES) {
    const campaign = await vouchers.template({ template, name: template, amountMinor: 5000 });
    const { campaignId } = await vouchers.saveDraft(shop.op({ campaignId: null, campaign, revision: 0 }));
    await vouchers.publish(shop.op({ campaignId, revision: 1 }));
  }
  expect((await vouchers.list({ tab: 'live', query: '' })).rows).toHaveLength(CAMPAIGN_TEMPLATES.length);
});
