import { publicMutation, router } from '../trpc.ts';
import { createShop, createShopSchema } from './create-shop.ts';
import { loadDemo, loadDemoSchema } from './load-demo.ts';

export const setupRouter = router({
  createShop: publicMutation('setup.createShop', createShopSchema, createShop),
  loadDemo: publicMutation('setup.loadDemo', loadDemoSchema, loadDemo),
});
