import { answer, command, query, router } from '../trpc.ts';
import {
  campaignIdSchema,
  campaignTemplate,
  discardCampaignDraft,
  saveCampaignDraft,
  saveCampaignSchema,
  templateSchema,
} from './campaign-drafts.ts';
import { alternativesSchema, checkVoucher, checkVoucherSchema, listAlternatives } from './check-voucher.ts';
import { claimVoucher, claimVoucherSchema, revokeVoucher, revokeVoucherSchema } from './claim-voucher.ts';
import { giveVoucher, giveVoucherSchema } from './give-voucher.ts';
import { campaignFiguresSchema, shopFiguresSchema, showCampaignFigures, showShopFigures } from './figures.ts';
import { listCampaigns, listCampaignsSchema, showCampaign } from './list-campaigns.ts';
import { listRedemptions, redemptionsSchema } from './list-redemptions.ts';
import {
  campaignStatusSchema,
  publishCampaignDraft,
  publishCampaignSchema,
  setCampaignStatus,
} from './publish-campaign.ts';
import { redeemVoucher, redeemVoucherSchema } from './redeem-voucher.ts';
import { reissueSchema, reissueVoucher } from './reissue-voucher.ts';
import { showCode, showCodeSchema } from './show-code.ts';
import { rollBackRedemption, rollBackSchema } from './roll-back-grant.ts';
import {
  chooseReminder,
  noteViewed,
  reminderSchema,
  reorderSchema,
  reorderWallet,
  showWallet,
  viewedSchema,
  walletSchema,
} from './wallet.ts';

export const vouchersRouter = router({
  list: query('vouchers.list', 'vouchers.read', listCampaignsSchema, listCampaigns),
  detail: query('vouchers.detail', 'vouchers.read', campaignIdSchema, (scope, input) =>
    answer(showCampaign(scope, input)),
  ),
  figures: query('vouchers.figures', 'analytics.all', campaignFiguresSchema, async (scope, input) =>
    answer(await showCampaignFigures(scope, input)),
  ),
  shopFigures: query('vouchers.shopFigures', 'analytics.all', shopFiguresSchema, showShopFigures),
  redemptions: query('vouchers.redemptions', 'customers.read', redemptionsSchema, listRedemptions),
  code: query('vouchers.code', 'customers.read', showCodeSchema, (scope, input) => answer(showCode(scope, input))),
  template: query('vouchers.template', 'vouchers.edit', templateSchema, campaignTemplate),
  saveDraft: command('vouchers.saveDraft', 'vouchers.edit', saveCampaignSchema, saveCampaignDraft),
  discardDraft: command('vouchers.discardDraft', 'vouchers.edit', campaignIdSchema, discardCampaignDraft),
  publish: command('vouchers.publish', 'vouchers.edit', publishCampaignSchema, publishCampaignDraft),
  setStatus: command('vouchers.setStatus', 'vouchers.edit', campaignStatusSchema, setCampaignStatus),
  check: command('vouchers.check', 'vouchers.redeem', checkVoucherSchema, checkVoucher),
  alternatives: query('vouchers.alternatives', 'vouchers.read', alternativesSchema, (scope, input) =>
    answer(listAlternatives(scope, input)),
  ),
  claim: command('vouchers.claim', 'vouchers.redeem', claimVoucherSchema, claimVoucher),
  redeem: command('vouchers.redeem', 'vouchers.redeem', redeemVoucherSchema, redeemVoucher),
  rollback: command('vouchers.rollback', 'vouchers.rollback', rollBackSchema, rollBackRedemption),
  reissue: command('vouchers.reissue', 'vouchers.give', reissueSchema, reissueVoucher),
  give: command('vouchers.give', 'vouchers.give', giveVoucherSchema, giveVoucher),
  revoke: command('vouchers.revoke', 'vouchers.edit', revokeVoucherSchema, revokeVoucher),
  wallet: query('vouchers.wallet', 'customers.read', walletSchema, (scope, input) => answer(showWallet(scope, input))),
  reorder: command('vouchers.reorder', 'vouchers.redeem', reorderSchema, reorderWallet),
  viewed: command('vouchers.viewed', 'vouchers.redeem', viewedSchema, noteViewed),
  setReminder: command('vouchers.setReminder', 'vouchers.redeem', reminderSchema, chooseReminder),
});
