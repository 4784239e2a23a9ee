import { asksHowItWas } from '#shop/customer-screen/question.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import type { CommandScope } from '../command-scope.ts';

interface PaidAnswer {
  readonly totalMinor: number;
  readonly changeMinor: number;
  readonly pointsEarned: number;
  readonly newBalance: number | null;
}

/** Leaves a sale with the customer's screen once it is committed, and the question with it where this sale asks. */
export function showPaid(scope: CommandScope, { saleId, customerId }: SaleDraft, paid: PaidAnswer): void {
  const { env, moment, newId } = scope;
  const isAsked = asksHowItWas(saleId, env.settings().askSatisfactionEvery);
  const answerId = isAsked ? newId() : null;
  scope.afterCommit(() =>
    env.screens.pay(
      {
        saleId,
        customerId,
        totalMinor: paid.totalMinor,
        changeMinor: paid.changeMinor,
        earnedPoints: paid.pointsEarned,
        balancePoints: paid.newBalance,
        answerId,
      },
      moment.trustedAtMs,
    ),
  );
}
