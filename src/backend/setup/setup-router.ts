import { publicMutation, router } from '../trpc.ts';
import { createShop, createShopSchema } from './create-shop.ts';

export const setupRouter = router({
  createShop: publicMutation('setup.createShop', createShopSchema, createShop),
});
