import { z } from 'zod';
import { command, query, router } from '../trpc.ts';
import { updateSettings, updateSettingsSchema } from './update-settings.ts';

export const settingsRouter = router({
  get: query('settings.get', 'settings.read', z.void(), ({ env, shop }) => {
    const { merchantId: _merchantId, shopId: _shopId, ...identity } = shop;
    return { shop: { ...identity, ...env.settings() }, ...env.settings() };
  }),
  update: command('settings.update', 'signed-in', updateSettingsSchema, updateSettings),
});
