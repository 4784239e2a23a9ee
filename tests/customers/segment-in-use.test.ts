import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop } from '../vouchers/voucher-shop.ts';

const DAY = 86_400_000;

test('C9: a segment that a campaign asks for stays as long as the campaign is not over, in force or as a draft', async () => {
  const shop = await createVoucherShop();
  const { segments, vouchers } = shop.caller('manager');
  const made = async (name: string) => {
    const segmentId = shop.newId();
    await segments.save(shop.op({ segmentId, version: 0, name, rule: null }));
    return segmentId;
  };
  const drop = (segmentId: string) => segments.drop(shop.op({ segmentId }));
  const inUse = (campaigns: string) => ({ reason: 'segment-in-use', facts: { campaigns } });
  const [audience, condition, draft, dated, free] = [
    await made('Audience'),
    await made('Condition'),
    await made('Draft'),
    await made('Dated'),
    await made('Free'),
  ];
  const { campaignId } = await shop.publish({ name: 'Members', audience: { segmentIds: [audience] } });
  await shop.publish({
    name: 'Asking',
    conditions: { kind: 'any', parts: [{ kind: 'segment', segmentId: condition }] },
  });
  const campaign = shop.campaign({ name: 'Not yet', audience: { segmentIds: [draft] } });
  await vouchers.saveDraft(shop.op({ campaignId: null, campaign, revision: 0 }));
  const dates = { validity: { endsOn: '2026-03-03' }, audience: { segmentIds: [dated, audience] } };
  await shop.publish({ name: 'For two days', ...dates });
  expect(await refusalOf(drop(audience))).toEqual(inUse('For two days, Members'));
  expect(await refusalOf(drop(condition))).toEqual(inUse('Asking'));
  expect(await refusalOf(drop(draft))).toEqual(inUse('Not yet'));
  expect(await refusalOf(drop(dated))).toEqual(inUse('For two days'));
  await drop(free);
  shop.clock.advance(2 * DAY);
  await drop(dated);
  await vouchers.setStatus(shop.op({ campaignId, to: 'ended' }));
  await drop(audience);
  shop.close();
});
