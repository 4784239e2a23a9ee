import { answer, command, query, router } from '../trpc.ts';
import { creditFigures, creditFiguresSchema } from './credit-figures.ts';
import { adjustCredit, adjustCreditSchema } from './adjust-credit.ts';
import {
  creditAccountSchema,
  freezeCredit,
  giveCard,
  giveCardSchema,
  reissueCard,
  unfreezeCredit,
} from './gift-cards.ts';
import { creditEntriesSchema, creditPositionSchema, listCreditEntries, showCredit } from './show-credit.ts';

export const creditRouter = router({
  position: query('credit.position', 'customers.read', creditPositionSchema, (scope, input) =>
    answer(showCredit(scope, input)),
  ),
  entries: query('credit.entries', 'customers.read', creditEntriesSchema, (scope, input) =>
    answer(listCreditEntries(scope, input)),
  ),
  figures: query('credit.figures', 'analytics.all', creditFiguresSchema, (scope, input) =>
    answer(creditFigures(scope, input)),
  ),
  adjust: command('credit.adjust', 'credit.adjust', adjustCreditSchema, adjustCredit),
  giveCard: command('credit.giveCard', 'credit.adjust', giveCardSchema, giveCard),
  freeze: command('credit.freeze', 'credit.adjust', creditAccountSchema, freezeCredit),
  unfreeze: command('credit.unfreeze', 'credit.adjust', creditAccountSchema, unfreezeCredit),
  reissue: command('credit.reissue', 'credit.adjust', creditAccountSchema, reissueCard),
});
