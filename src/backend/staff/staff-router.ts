import { z } from 'zod';
import { permissionsOf } from '#shop/staff/permissions.ts';
import { publicMutation, publicQuery, query, router } from '../trpc.ts';
import { lockScreen, signOut } from './leave.ts';
import { listStaff } from './list-staff.ts';
import { signIn, signInSchema } from './sign-in.ts';

const nothingSchema = z.strictObject({});

export const staffRouter = router({
  list: publicQuery('staff.list', z.void(), listStaff),
  me: query('staff.me', 'signed-in', z.void(), ({ session }) => ({
    ...session,
    permissions: permissionsOf(session.roles),
  })),
  signIn: publicMutation('staff.signIn', signInSchema, signIn),
  signOut: publicMutation('staff.signOut', nothingSchema, signOut),
  lock: publicMutation('staff.lock', nothingSchema, lockScreen),
});
