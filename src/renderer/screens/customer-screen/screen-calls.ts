import type { CustomerScanAnswer } from '#shop/customer-screen/screen-state.ts';

/** What the customer may ask for from this screen, and nothing else; each rejects when no answer comes. */
export interface ScreenCalls {
  scan(code: string, source: 'CAMERA' | 'MANUAL'): Promise<CustomerScanAnswer>;
  chooseVoucher(voucherId: string): Promise<{ readonly isAsked: boolean }>;
  answer(answerId: string, score: number): Promise<{ readonly isKept: boolean }>;
}
