import { done, type Outcome } from '#shop/refusal.ts';
import { runSystemCommand, type SystemDefinition } from '../command.ts';
import type { BackendEnv } from '../context.ts';
import { insertAnswer, selectAnswer } from './satisfaction-store.ts';

interface Answered {
  readonly saleId: string;
  readonly score: number;
}

const KEEP_ANSWER: SystemDefinition<Answered, { readonly isKept: boolean }> = {
  action: 'customerScreen.answer',
  handle: (scope, { saleId, score }): Outcome<{ isKept: boolean }> => {
    const { db, shop, moment, operationId } = scope;
    if (selectAnswer(db, saleId) !== null) return done({ isKept: false });
    const row = insertAnswer(db, {
      id: operationId,
      merchantId: shop.merchantId,
      shopId: shop.shopId,
      terminalId: shop.terminalId,
      transactionId: saleId,
      score,
      businessDate: moment.businessDate,
      atMs: moment.atMs,
    });
    scope.fact('satisfaction_answers', { ...row });
    scope.touch('satisfaction');
    return done({ isKept: true });
  },
};

/**
 * Keeps how the customer found it, 1 to 5: once per question that the screen has put, by the question's id. False where no
 * such question is open, or another answer came first: that one stays (S3-87).
 */
export function answerQuestion(env: BackendEnv, answerId: string, score: number): boolean {
  const asked = env.screens.paidAt(env.time.now().trustedMs);
  if (asked === null || asked.answerId !== answerId) return false;
  const input = { saleId: asked.saleId, score: asked.score ?? score };
  const outcome = runSystemCommand(env, KEEP_ANSWER, { operationId: answerId, input });
  env.screens.answered(answerId, input.score, env.time.now().trustedMs);
  return outcome.kind === 'done' && outcome.value.isKept && input.score === score;
}
