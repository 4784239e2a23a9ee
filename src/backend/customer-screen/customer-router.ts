import { z } from 'zod';
import { LONGEST_CODE } from '#shop/customer-screen/screen-state.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import { router, screenFeed, screenMutation } from '../trpc.ts';
import { answerQuestion } from './answer-question.ts';
import { chooseVoucher } from './choose-voucher.ts';
import { followState } from './follow-state.ts';
import { readCode } from './read-code.ts';

/** All that the customer's screen can ask for. The host serves it this router and no other. */
export const customerRouter = router({
  state: screenFeed(followState),
  scan: screenMutation(
    z.strictObject({ code: soughtText({ max: LONGEST_CODE }), source: z.enum(['CAMERA', 'MANUAL']) }),
    readCode,
  ),
  chooseVoucher: screenMutation(z.strictObject({ voucherId: idSchema }), (env, { voucherId }) => ({
    isAsked: chooseVoucher(env, voucherId),
  })),
  answer: screenMutation(
    z.strictObject({ answerId: idSchema, score: z.int().min(1).max(5) }),
    (env, { answerId, score }) => ({ isKept: answerQuestion(env, answerId, score) }),
  ),
});

export type CustomerRouter = typeof customerRouter;
